"""A crime or an offence that the direction learns of outside care: article 40, paragraph 2."""

from accounts.roles import Role
from dossiers.classes import Classe
from signalements.champs import Genre
from signalements.declarations.modele import SANS_BLOC, Route, demander
from signalements.parcours import Page
from signalements.voies.modele import Delais, Ecrit

_FAITS = (
    demander(
        "famille_infraction",
        "faits",
        "Nature des faits",
        Genre.CHOIX,
        (
            ("VIOLENCE", "Violence"),
            ("SEXUELLE", "Infraction sexuelle"),
            ("VOL", "Vol"),
            ("DEGRADATION", "Dégradation"),
            ("MENACE", "Menace"),
            ("FAUX", "Faux, escroquerie"),
            ("MALTRAITANCE", "Maltraitance"),
            ("AUTRE", "Autre"),
        ),
        erreur="Choisissez la nature des faits.",
    ),
    demander(
        "connu_par",
        "faits",
        "Comment la direction le sait-elle\u00a0?",
        Genre.CHOIX,
        (
            ("HORS_SECRET", "Hors du soin\u00a0: constat, témoin, vidéo, plainte reçue"),
            ("SECRET", "Par un soignant, ou par le dossier d’un patient"),
        ),
        erreur="Dites comment la direction le sait.",
    ),
    demander("survenus_le", "faits", "Jour et heure des faits", Genre.MOMENT, erreur="Indiquez le jour et l’heure."),
    demander(
        "lieu_faits",
        "faits",
        "Lieu et commune des faits",
        Genre.LIGNE,
        aide="Le procureur compétent est celui du lieu des faits.",
        erreur="Indiquez le lieu et la commune des faits.",
    ),
    demander(
        "decouverte",
        "faits",
        "Conditions de la découverte",
        Genre.TEXTE,
        aide="Qui a vu quoi, quand. Aucune information de santé.",
        erreur="Décrivez les conditions de la découverte.",
        classe=Classe.JUDICIAIRE,
    ),
    demander("etat_lieux", "faits", "État des lieux", Genre.TEXTE, classe=Classe.JUDICIAIRE),
)
_PERSONNES = (
    demander(
        "victime_type",
        "personnes",
        "La victime est",
        Genre.CHOIX,
        (
            ("PATIENT", "Un patient"),
            ("VISITEUR", "Un visiteur"),
            ("AGENT", "Un agent"),
            ("ETABLISSEMENT", "L’établissement"),
        ),
        aide="Sans son nom\u00a0: le procureur le demande s’il en a besoin.",
        erreur="Indiquez qui est la victime.",
    ),
    demander(
        "victime_entendable",
        "personnes",
        "Peut-elle être entendue\u00a0?",
        Genre.CHOIX,
        (("OUI", "Oui"), ("NON_AVIS_MEDICAL", "Non, selon l’avis d’un médecin")),
        requis_si=(
            "victime_type",
            frozenset({"PATIENT", "VISITEUR", "AGENT"}),
            "Dites si la victime peut être entendue.",
        ),
    ),
    demander("refus_plainte_victime", "personnes", "Refuse-t-elle de porter plainte\u00a0?", Genre.OUI_NON_NSP),
    demander(
        "auteur_type",
        "personnes",
        "L’auteur désigné est",
        Genre.CHOIX,
        (("PATIENT", "Un patient"), ("VISITEUR", "Un visiteur"), ("AGENT", "Un agent"), ("INCONNU", "Inconnu")),
        erreur="Indiquez qui est l’auteur désigné.",
    ),
)
_MESURES = (
    demander(
        "preuves_figees",
        "mesures",
        "Preuves mises à l’abri",
        Genre.PLUSIEURS,
        (("VIDEO", "Vidéo"), ("BADGES", "Badges"), ("VETEMENTS", "Vêtements"), ("MESSAGES", "Messages")),
        aide="La vidéo s’efface en un mois au plus\u00a0: demandez son gel dans les 24\u00a0heures.",
    ),
    demander("mesures", "mesures", "Mesures prises", Genre.TEXTE, erreur="Écrivez les mesures prises."),
    demander(
        "enquete_interne",
        "mesures",
        "Une enquête interne a-t-elle commencé\u00a0?",
        Genre.OUI_NON,
        aide="Elle attend l’avis du procureur. La direction n’entend pas la victime.",
        erreur="Dites si une enquête interne a commencé.",
    ),
)

ROUTE = Route(
    code="INFRACTION_ETAB",
    libelle="Avis de la direction au procureur",
    icone="scale",
    resume="article 40",
    fiche_code="secret-professionnel",
    bases=("CPP-40",),
    base_libelle="Code de procédure pénale, article 40, alinéa 2",
    base_resume="La direction avise le procureur des crimes et délits connus hors du secret médical.",
    caractere="OBLIGATION",
    urgence="JOUR",
    destinataires=frozenset({("PARQUET", "permanence")}),
    destinataire_defaut="PARQUET-PERM",
    blocs=SANS_BLOC,
    controles=("C07", "C39", "C08", "C60", "C77", "C78", "C82"),
    ecrit=Ecrit(
        intitule="Avis au procureur de la République",
        objet="Code de procédure pénale, article 40, alinéa 2",
        attention="Madame ou Monsieur le procureur de la République",
        declaration="J’ai connu, dans l’exercice de mes fonctions, les faits suivants et vous en avise.",
        attestation=(
            "Ces faits ont été connus hors du secret médical. Cet avis ne porte aucune information de santé ni aucun "
            "nom de patient. Je vous remercie de m’informer de la suite donnée."
        ),
    ),
    titre_document="Avis au procureur de la République, article 40",
    consequences=("Le procureur accuse réception et dit la suite qu’il donne.",),
    convient=(
        "Vous êtes de la direction, ou administrateur de garde.",
        "Un crime ou un délit a été commis dans l’établissement.",
        "Vous le savez autrement que par le soin.",
    ),
    texte_article=(
        "L’article 40 oblige un fonctionnaire à aviser le procureur sans délai. Il n’ouvre pas le secret\u00a0: "
        "ce qu’un soignant a appris en soignant suit une autre voie."
    ),
    contacts=("PARQUET-PERM", "CHV-DAJ"),
    copies=("CHV-DAJ",),
    propres=(*_FAITS, *_PERSONNES, *_MESURES),
    parcours=(
        Page("faits", "Les faits", "Ce que la direction sait, et comment elle le sait."),
        Page("personnes", "Les personnes", "Par leur qualité, sans nom."),
        Page("mesures", "Les mesures", "Protéger la victime et les preuves, sans enquêter."),
    ),
    delais=Delais(suite_jours=60),
    auteurs=(Role.DIRECTION, Role.GARDE),
    taire=("Ce qu’un soignant a appris en soignant.", "Le diagnostic, le dossier, le nom d’un patient."),
    pieces_admises=("Constat, procès-verbal interne", "Plainte reçue", "Autre document"),
    suites=("ENQUETE", "POURSUITES", "ALTERNATIVE", "CLASSEMENT", "SANS_RETOUR"),
    regle="infraction-etablissement",
    bouton="Préparer l’avis au procureur",
    nom_fichier="avis-article-40",
    precision="famille_infraction",
    rappel_auteur="N’entendez pas la victime et n’ouvrez pas d’enquête interne avant l’avis du procureur.",
    role_signataire="La direction",
    lignes={
        "Comment la direction le sait-elle": "Connue par",
        "Refuse-t-elle de porter plainte": "Refus de porter plainte",
        "Une enquête interne a-t-elle commencé": "Enquête interne commencée",
    },
)
