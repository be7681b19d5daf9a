"""What the two routes for a child share: their own fields, and the words of their steps."""

from dossiers.classes import Classe
from signalements.champs import Genre, Propre
from signalements.voies.modele import Alternative

DANGERS = (
    ("PHYSIQUE", "Violences physiques"),
    ("SEXUEL", "Violences sexuelles"),
    ("PSYCHOLOGIQUE", "Violences psychologiques"),
    ("NEGLIGENCE", "Négligences ou privations"),
    ("EXPOSITION_VC", "Exposition aux violences d’un parent sur l’autre"),
    ("MUNCHAUSEN", "Maladie provoquée ou inventée par un proche"),
    ("EXPLOITATION", "Exploitation"),
    ("MSF", "Mutilation sexuelle"),
    ("MARIAGE_FORCE", "Mariage forcé"),
    ("RADICALISATION", "Radicalisation"),
    ("FUGUE", "Fugue"),
    ("AUTRE", "Autre"),
)
GRAVITES = (
    ("RISQUE", "Un risque"),
    ("DANGER", "Un danger"),
    ("DANGER_GRAVE_IMMEDIAT", "Un danger grave et immédiat"),
)
LIENS = (
    ("ASCENDANT", "Père, mère ou autre ascendant"),
    ("BEAU_PARENT", "Beau-parent"),
    ("FRATRIE", "Frère ou sœur"),
    ("TIERS", "Autre personne"),
    ("INSTITUTION", "Personne d’une institution"),
    ("INCONNU", "Auteur inconnu"),
    ("NSP", "Ne sait pas"),
)
INFORMATIONS = (
    ("FAITE", "Oui, ils sont informés"),
    ("DIFFEREE", "Pas encore"),
    ("NON_FAITE_INTERET_ENFANT", "Non, l’intérêt de l’enfant s’y oppose"),
    ("NON_FAITE_ENQUETE", "Non, cela gênerait l’enquête ou l’exposerait"),
)
SANS_INFORMATION = frozenset(code for code, _ in INFORMATIONS if code != "FAITE")
PLACEMENTS = (
    ("NON_DEMANDEE", "Non demandée"),
    ("DEMANDEE", "Demandée au procureur"),
    ("ORDONNEE", "Ordonnée"),
    ("REFUSEE", "Refusée"),
)
SUIVIS = (
    ("AUCUN", "Aucun suivi connu"),
    ("AED", "Aide éducative à domicile"),
    ("AEMO", "Action éducative en milieu ouvert"),
    ("PLACEMENT", "Placement"),
    ("NSP", "Ne sait pas"),
)

PROPRES = (
    Propre(
        "titulaires",
        "personne",
        "Qui exerce l’autorité parentale",
        Genre.TEXTE,
        aide="Lien, adresse, téléphone. Dites qui est présent à l’hôpital.",
        erreur="Indiquez qui exerce l’autorité parentale, ou écrivez «\u00a0inconnu\u00a0».",
        classe=Classe.IDENTITE,
    ),
    Propre("ecole", "personne", "Établissement scolaire", Genre.LIGNE, classe=Classe.IDENTITE),
    Propre("suivi_ase", "personne", "Suivi par l’aide sociale à l’enfance", Genre.CHOIX, SUIVIS, classe=Classe.SOCIAL),
    Propre(
        "auteur_lien",
        "faits",
        "Lien entre l’enfant et l’auteur désigné",
        Genre.CHOIX,
        LIENS,
        erreur="Indiquez le lien avec l’auteur désigné, ou «\u00a0ne sait pas\u00a0».",
        classe=Classe.SOCIAL,
    ),
    Propre(
        "type_danger",
        "danger",
        "Ce que vous craignez ou constatez",
        Genre.PLUSIEURS,
        DANGERS,
        erreur="Choisissez au moins un danger.",
        dit="Danger craint ou constaté",
    ),
    Propre(
        "infraction_suspectee",
        "danger",
        "Suspectez-vous une infraction\u00a0?",
        Genre.OUI_NON,
        aide="Violence, agression sexuelle, mutilation, privation grave, bébé secoué.",
        erreur="Répondez\u00a0: suspectez-vous une infraction\u00a0?",
        dit="Infraction suspectée",
    ),
    Propre(
        "gravite", "danger", "Pour l’enfant, c’est", Genre.CHOIX, GRAVITES, erreur="Choisissez la gravité, selon vous."
    ),
    Propre(
        "motif_gravite",
        "danger",
        "Ce qui fonde votre appréciation",
        Genre.TEXTE,
        aide="Des faits\u00a0: ce que vous avez vu, ce que l’enfant a dit.",
        erreur="Écrivez au moins un fait qui fonde votre appréciation.",
    ),
    Propre(
        "information_parents",
        "accord",
        "Les parents sont-ils informés\u00a0?",
        Genre.CHOIX,
        INFORMATIONS,
        erreur="Répondez\u00a0: les parents sont-ils informés\u00a0?",
        classe=Classe.SOCIAL,
        dit="Information des parents",
    ),
    Propre(
        "motif_information",
        "accord",
        "Pourquoi",
        Genre.TEXTE,
        requis_si=("information_parents", SANS_INFORMATION, "Écrivez pourquoi les parents ne sont pas informés."),
        classe=Classe.SOCIAL,
    ),
    Propre("hospitalise", "abri", "L’enfant est hospitalisé", Genre.OUI_NON_NSP),
    Propre("opposition_parents", "abri", "Les parents s’opposent aux soins ou à l’hospitalisation", Genre.OUI_NON_NSP),
    Propre("risque_sortie", "abri", "Quelqu’un peut partir avec l’enfant", Genre.OUI_NON_NSP),
    Propre("opp", "abri", "Ordonnance de placement provisoire", Genre.CHOIX, PLACEMENTS, classe=Classe.SOCIAL),
)
PAGES = {
    "personne": ("L’enfant", "Qui il est, qui en répond, comment joindre un adulte sûr."),
    "danger": ("Danger", "Votre appréciation décide entre signalement et information préoccupante."),
    "accord": (
        "Information des parents",
        "Ni l’accord de l’enfant ni celui des parents n’est nécessaire. Leur information est une autre question.",
    ),
    "abri": ("Protection immédiate", "Ce qui empêche une sortie dangereuse."),
}
LIBELLES = {
    "contact_sur": "Comment joindre un adulte sûr, sans danger pour l’enfant",
    "date_constat": "Jour et heure de votre constat",
    "propos_rapportes": "Ce que l’enfant, ou un tiers, déclare",
}
VERS_IP = Alternative(
    "MINEUR_IP",
    "Une inquiétude, sans infraction ni urgence\u00a0? Elle va à la CRIP. Ce que vous avez écrit est conservé.",
    "Continuer par une information préoccupante",
)
VERS_SIGNALEMENT = Alternative(
    "MINEUR_SIGNALEMENT",
    "Une infraction ou un danger grave\u00a0? Écrivez au procureur. Ce que vous avez écrit est conservé.",
    "Continuer par un signalement au procureur",
)
