"""A patient or a body that nobody can name: told to the police or the gendarmerie, note DGOS/DIRECTION/2022/10."""

from accounts.roles import Role
from dossiers.classes import Classe
from signalements.champs import Genre
from signalements.declarations.modele import FORCES, SANS_BLOC, Route, demander
from signalements.parcours import Page
from signalements.voies.modele import Delais, Ecrit

SITUATIONS = (("HOSPITALISE", "Personne hospitalisée"), ("DECEDE", "Personne décédée"))
_VERIFIER = (
    demander(
        "situation",
        "verifier_avant",
        "La personne est",
        Genre.CHOIX,
        SITUATIONS,
        erreur="Indiquez si la personne est hospitalisée ou décédée.",
    ),
    demander(
        "choix_anonymat",
        "verifier_avant",
        "A-t-elle choisi l’anonymat\u00a0?",
        Genre.OUI_NON,
        aide="Accouchement sous le secret, dépistage anonyme, soins à un usager de drogue\u00a0: ce choix s’impose.",
        erreur="Dites si la personne a choisi l’anonymat.",
    ),
    demander(
        "recherche_interne",
        "verifier_avant",
        "L’identité a-t-elle été cherchée à l’hôpital\u00a0?",
        Genre.OUI_NON,
        aide="Admissions, effets, entourage, SAMU ou pompiers.",
        erreur="Dites si l’identité a été cherchée à l’hôpital.",
    ),
    demander(
        "disparition",
        "verifier_avant",
        "Une disparition déclarée peut-elle correspondre\u00a0?",
        Genre.OUI_NON_NSP,
        erreur="Répondez\u00a0: une disparition déclarée peut-elle correspondre\u00a0?",
    ),
)
_DESCRIPTION = (
    demander(
        "sexe",
        "description",
        "Sexe apparent",
        Genre.CHOIX,
        (("F", "Femme"), ("H", "Homme"), ("NSP", "Ne sait pas")),
        erreur="Indiquez le sexe apparent.",
        classe=Classe.SOCIAL,
    ),
    demander(
        "age_estime",
        "description",
        "Âge estimé",
        Genre.LIGNE,
        aide="Par exemple\u00a0: entre 40 et 50\u00a0ans.",
        erreur="Indiquez un âge estimé.",
        classe=Classe.SOCIAL,
    ),
    demander(
        "description",
        "description",
        "Description",
        Genre.TEXTE,
        aide="Taille, corpulence, cheveux, yeux, langue parlée. Aucun diagnostic.",
        erreur="Décrivez la personne.",
        classe=Classe.SOCIAL,
    ),
    demander(
        "signes_particuliers",
        "description",
        "Signes particuliers",
        Genre.TEXTE,
        aide="Tatouage, cicatrice ancienne, bijou.",
        classe=Classe.SOCIAL,
    ),
    demander(
        "vetements_effets",
        "description",
        "Vêtements et effets",
        Genre.TEXTE,
        erreur="Décrivez les vêtements et les effets.",
        classe=Classe.SOCIAL,
    ),
)
_DECOUVERTE = (
    demander(
        "lieu_decouverte", "decouverte", "Lieu de découverte", Genre.LIGNE, erreur="Indiquez le lieu de découverte."
    ),
    demander(
        "decouverte_le",
        "decouverte",
        "Jour et heure de la prise en charge",
        Genre.MOMENT,
        erreur="Indiquez le jour et l’heure de la prise en charge.",
    ),
    demander(
        "amene_par",
        "decouverte",
        "Amenée par",
        Genre.CHOIX,
        (
            ("SAMU", "Le SAMU"),
            ("SDIS", "Les pompiers"),
            ("POLICE", "La police ou la gendarmerie"),
            ("TIERS", "Un tiers"),
            ("SEUL", "Personne\u00a0: venue seule"),
        ),
        erreur="Indiquez qui l’a amenée.",
    ),
)

ROUTE = Route(
    code="SANS_IDENTITE",
    libelle="Personne sans identité",
    icone="user",
    resume="identité inconnue",
    fiche_code="disparitions",
    bases=("NOTE-DGOS-2022-10",),
    base_libelle="Note DGOS/DIRECTION/2022/10",
    base_resume="Toute personne hospitalisée sans identité, ou décédée dans l’anonymat, se signale au plus tôt.",
    caractere="OBLIGATION",
    urgence="JOUR",
    destinataires=FORCES,
    destinataire_defaut="POLICE-CSP",
    blocs=SANS_BLOC,
    controles=("C07", "C39", "C28", "C60", "C75", "C76", "C83"),
    ecrit=Ecrit(
        intitule="Fiche de renseignements, personne sans identité",
        objet="Personne hospitalisée ou décédée dont l’identité n’est pas connue",
        attention="Monsieur ou Madame le chef de service",
        declaration=(
            "L’établissement vous demande d’aider à établir l’identité de la personne décrite ci-dessous. "
            "Il a cherché par ses propres moyens."
        ),
        attestation=(
            "Cette fiche ne porte aucune information de santé. Un prélèvement demande une réquisition. La personne n’a "
            "pas choisi l’anonymat."
        ),
    ),
    titre_document="Fiche de renseignements, personne sans identité",
    consequences=(
        "La police ou la gendarmerie accuse réception et compare avec les disparitions.",
        "Dès que l’identité est connue, prévenez-la\u00a0: la personne retrouve ses droits.",
    ),
    convient=(
        "Personne ne sait qui est ce patient, ou ce défunt.",
        "Les admissions ont cherché.",
        "La personne n’a pas choisi l’anonymat.",
    ),
    texte_article=(
        "Le chef de service, ou la personne qu’il délègue, remplit la fiche de renseignements. Qui veut l’anonymat "
        "— accouchement secret, dépistage, soins à un usager de drogue — n’est jamais signalé."
    ),
    contacts=("CHV-BE", "CHV-GARDE", "POLICE-CSP"),
    copies=("CHV-GARDE",),
    propres=(*_VERIFIER, *_DESCRIPTION, *_DECOUVERTE),
    delais=Delais(suite_jours=7),
    parcours=(
        Page("verifier_avant", "Avant de signaler", "Qui a choisi l’anonymat n’est jamais signalé."),
        Page("description", "La description", "Ce que tout le monde verrait. Aucun diagnostic, aucun soin."),
        Page("decouverte", "La découverte", "Où, quand, et qui l’a amenée."),
    ),
    auteurs=(
        Role.MEDECIN_RESPONSABLE,
        Role.CADRE,
        Role.SOIGNANT,
        Role.ENTREES,
        Role.MORTUAIRE,
        Role.GARDE,
        Role.DIRECTION,
    ),
    taire=(
        "Le diagnostic, l’état de santé, le service de soins.",
        "Une photographie ne se diffuse pas\u00a0: elle se remet.",
    ),
    pieces_admises=("Photographie pour identification", "Autre document"),
    suites=("IDENTIFIE", "NON_IDENTIFIE", "ENQUETE", "SANS_RETOUR"),
    suite=(
        demander("procedure_no", "suite", "Numéro de procédure", Genre.LIGNE),
        demander(
            "identifie_le",
            "suite",
            "Identifiée le",
            Genre.JOUR,
            aide="L’identité elle-même se donne par téléphone aux admissions, pas ici.",
            requis_si=("suite_type", frozenset({"IDENTIFIE"}), "Indiquez le jour de l’identification."),
        ),
    ),
    regle="sans-identite",
    recherche=True,
    bouton="Remplir la fiche de renseignements",
    nom_fichier="fiche-de-renseignements",
    internes=frozenset({"choix_anonymat", "recherche_interne"}),
    precision="situation",
    rappel_auteur="Continuez de chercher. Dès que l’identité est connue, dites-le ici, sans nom.",
    role_signataire="Le chef de service ou son délégué",
    lignes={
        "A-t-elle choisi l’anonymat": "Anonymat choisi",
        "L’identité a-t-elle été cherchée à l’hôpital": "Identité cherchée à l’hôpital",
        "Une disparition déclarée peut-elle correspondre": "Disparition qui peut correspondre",
    },
)
