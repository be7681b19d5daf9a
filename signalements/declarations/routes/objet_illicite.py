"""A drug or a forbidden object found: handed over without any name, instruction DGOS/DSR 2011-139."""

from accounts.roles import Role
from signalements.champs import Genre
from signalements.declarations.modele import FORCES, SANS_BLOC, Feuille, Route, demander
from signalements.parcours import Page
from signalements.voies.modele import Delais, Ecrit

CATEGORIES = (
    ("STUPEFIANT", "Stupéfiant"),
    ("MEDICAMENT_SANS_ORDONNANCE", "Médicament sans ordonnance"),
    ("ARME_BLANCHE", "Arme blanche"),
    ("ARME_FEU", "Arme à feu"),
    ("MUNITION", "Munition"),
    ("EXPLOSIF", "Explosif"),
    ("OBJET_DANGEREUX", "Autre objet dangereux"),
)
_DECOUVERTE = (
    demander(
        "categorie",
        "decouverte",
        "Nature apparente de l’objet",
        Genre.CHOIX,
        CATEGORIES,
        erreur="Choisissez la nature apparente de l’objet.",
    ),
    demander(
        "description",
        "decouverte",
        "Ce que vous voyez",
        Genre.TEXTE,
        aide="Aspect, couleur, emballage. Aucun nom, aucune chambre, aucun numéro de patient.",
        erreur="Décrivez l’objet en quelques mots.",
    ),
    demander(
        "quantite",
        "decouverte",
        "Quantité ou poids",
        Genre.LIGNE,
        aide="Par exemple\u00a0: 12\u00a0sachets, 18\u00a0g. Ne manipulez pas pour peser.",
    ),
    demander("conditionnement", "decouverte", "Emballage d’origine", Genre.LIGNE),
    demander(
        "decouvert_le",
        "decouverte",
        "Jour et heure de la découverte",
        Genre.MOMENT,
        erreur="Indiquez le jour et l’heure de la découverte.",
    ),
    demander(
        "circonstance",
        "decouverte",
        "Dans quelle circonstance\u00a0?",
        Genre.CHOIX,
        (
            ("INVENTAIRE", "Inventaire des effets"),
            ("REMISE_SPONTANEE", "Remise spontanée"),
            ("CHUTE", "Objet tombé à la vue"),
            ("SOIN", "Au cours d’un soin"),
            ("LINGE", "Dans le linge"),
            ("HORS_PATIENT", "Dans un lieu commun"),
        ),
        aide="La fouille est interdite sans accord\u00a0: seul un officier de police judiciaire peut fouiller.",
        erreur="Indiquez la circonstance de la découverte.",
    ),
)
_RETRAIT = (
    demander(
        "accord_retrait",
        "retrait",
        "L’objet a-t-il été remis de plein gré\u00a0?",
        Genre.CHOIX,
        (
            ("OUI", "Oui, renoncement ou objet sans détenteur"),
            ("REFUS", "Non, retrait décidé par la direction"),
            ("HORS_ETAT", "Personne hors d’état de répondre, inventaire à deux"),
        ),
        erreur="Indiquez comment l’objet a été retiré.",
    ),
    demander(
        "decideur",
        "retrait",
        "Fonction de la personne de direction qui a décidé",
        Genre.LIGNE,
        requis_si=(
            "accord_retrait",
            frozenset({"REFUS"}),
            "En cas de refus, la direction ou l’administrateur de garde décide\u00a0: indiquez sa fonction.",
        ),
    ),
    demander(
        "decouvert_par_1",
        "retrait",
        "Premier agent présent",
        Genre.LIGNE,
        aide="Reste dans l’hôpital, pour le procès-verbal interne.",
        erreur="La découverte se constate à deux\u00a0: indiquez le premier agent.",
    ),
    demander(
        "decouvert_par_2",
        "retrait",
        "Second agent présent",
        Genre.LIGNE,
        aide="Reste dans l’hôpital, pour le procès-verbal interne.",
        erreur="La découverte se constate à deux\u00a0: indiquez le second agent.",
    ),
    demander(
        "scelle_no",
        "retrait",
        "Numéro du scellé",
        Genre.LIGNE,
        aide="Scellé opaque. N’écrivez rien d’autre dessus.",
        erreur="Indiquez le numéro du scellé.",
    ),
    demander(
        "coffre_no",
        "retrait",
        "Coffre",
        Genre.LIGNE,
        aide="Le coffre du poste de sécurité, jamais la pharmacie.",
        erreur="Indiquez le coffre où attend le scellé.",
    ),
)

ROUTE = Route(
    code="OBJET_ILLICITE",
    libelle="Objet illicite trouvé",
    icone="lock",
    resume="sans identité",
    fiche_code="securite-etablissement",
    bases=("INSTR-2011-139",),
    base_libelle="Instruction DGOS/DSR 2011-139",
    base_resume="Remise sans aucun nom\u00a0: le secret couvre la personne qui détenait l’objet.",
    caractere="OBLIGATION",
    urgence="ORDINAIRE",
    destinataires=FORCES | {("DOUANES", "surveillance")},
    destinataire_defaut="POLICE-CSP",
    blocs=SANS_BLOC,
    controles=("C07", "C39", "C16", "C60", "C70", "C71"),
    ecrit=Ecrit(
        intitule="Bordereau de remise d’un objet",
        objet="Remise sans identité",
        attention="Monsieur ou Madame le chef de service",
        declaration="L’établissement vous remet l’objet décrit ci-dessous. Il ne peut ni le conserver, ni le rendre.",
        attestation=(
            "Ce bordereau ne porte aucun nom de patient. Aucune dérogation au secret professionnel n’est prévue pour "
            "la seule détention d’un produit ou d’un objet."
        ),
    ),
    titre_document="Bordereau de remise d’un objet, sans identité",
    consequences=("La police ou la gendarmerie vient chercher le scellé.", "Personne n’est nommé."),
    convient=(
        "Un produit ou un objet interdit a été trouvé ou remis.",
        "Deux agents l’ont constaté.",
        "Il est sous scellé, ou va l’être.",
    ),
    texte_article=(
        "L’établissement n’a pas le droit de garder le produit, et le secret lui interdit de dire à qui il était. "
        "Il le retire, le met sous scellé et le remet contre récépissé."
    ),
    contacts=("CHV-SECU", "CHV-GARDE", "POLICE-CSP"),
    copies=("CHV-SECU", "CHV-GARDE"),
    propres=(*_DECOUVERTE, *_RETRAIT),
    delais=Delais(accuse_jours_ouvres=1, suite_jours=2),
    parcours=(
        Page("decouverte", "La découverte", "Décrivez l’objet et le moment. Jamais la personne."),
        Page("retrait", "Le retrait et le scellé", "Qui a constaté, comment l’objet attend sa remise."),
    ),
    auteurs=(
        Role.SOIGNANT,
        Role.SOCIAL,
        Role.MEDECIN_RESPONSABLE,
        Role.CADRE,
        Role.SECURITE,
        Role.GARDE,
        Role.DIRECTION,
        Role.USMP,
    ),
    taire=("Le nom, le numéro de dossier, la chambre, le lit.", "Le service où l’objet a été trouvé."),
    suites=("REMIS", "ENQUETE", "SANS_RETOUR"),
    suite=(
        demander(
            "recepisse",
            "suite",
            "Numéro du récépissé",
            Genre.LIGNE,
            requis_si=("suite_type", frozenset({"REMIS"}), "Indiquez le numéro du récépissé."),
        ),
        demander(
            "matricule",
            "suite",
            "Matricule de l’agent qui reçoit le scellé",
            Genre.LIGNE,
            requis_si=("suite_type", frozenset({"REMIS"}), "Indiquez le matricule de l’agent qui reçoit le scellé."),
        ),
    ),
    regle="objet-illicite",
    bouton="Préparer la remise",
    nom_fichier="bordereau",
    internes=frozenset({"decouvert_par_1", "decouvert_par_2", "decideur", "coffre_no"}),
    precision="categorie",
    urgentes=frozenset({"ARME_FEU", "MUNITION", "EXPLOSIF"}),
    role_signataire="L’établissement qui remet",
    lignes={
        "Ce que vous voyez": "Description",
        "L’objet a-t-il été remis de plein gré": "Remise de plein gré",
        "Dans quelle circonstance": "Circonstance",
    },
    role_receveur="Le service qui reçoit",
    feuilles=(Feuille("proces-verbal", "Procès-verbal interne de découverte", "pdf/proces_verbal_decouverte.html"),),
    rappel_auteur="N’écrivez aucun nom sur le sac. Gardez le scellé au coffre jusqu’à la remise.",
)
