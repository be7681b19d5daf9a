"""What the two routes for an adult who cannot protect himself share: their own fields and the words of their steps."""

from dossiers.classes import Classe
from signalements.champs import Genre, Propre
from signalements.voies.modele import Alternative

FONDEMENTS = (
    ("AGE", "Son âge"),
    ("HANDICAP", "Un handicap"),
    ("INCAPACITE_PSYCHIQUE", "Une incapacité psychique"),
    ("INCAPACITE_PHYSIQUE", "Une incapacité physique"),
    ("ETAT_CLINIQUE_AIGU", "Son état clinique du moment"),
)
MALTRAITANCES = (
    ("PHYSIQUE", "Physique"),
    ("PSYCHIQUE", "Psychique"),
    ("SEXUELLE", "Sexuelle"),
    ("FINANCIERE", "Financière"),
    ("NEGLIGENCE_ACTIVE", "Négligence volontaire"),
    ("NEGLIGENCE_PASSIVE", "Négligence par ignorance ou épuisement"),
    ("MEDICAMENTEUSE", "Par les médicaments"),
    ("PRIVATION_DROITS", "Privation de droits"),
    ("ENFERMEMENT", "Enfermement"),
)
ORIGINES = (("INDIVIDUELLE", "Une personne"), ("COLLECTIVE", "Plusieurs"), ("INSTITUTIONNELLE", "Une institution"))
LIEUX = (
    ("DOMICILE", "Domicile"),
    ("EHPAD", "EHPAD"),
    ("ESMS", "Autre établissement médico-social"),
    ("HOPITAL", "Hôpital"),
    ("AUTRE", "Autre"),
)
QUALITES = (
    ("CONJOINT", "Conjoint"),
    ("ENFANT", "Fils ou fille"),
    ("AUTRE_FAMILLE", "Autre membre de la famille"),
    ("AIDANT", "Aidant"),
    ("PROFESSIONNEL_EXTERNE", "Professionnel extérieur"),
    ("PROFESSIONNEL_CHV", "Professionnel de l’établissement"),
    ("INCONNU", "Inconnu"),
)
PROTECTIONS = (
    ("AUCUNE", "Aucune"),
    ("SAUVEGARDE", "Sauvegarde de justice"),
    ("CURATELLE", "Curatelle"),
    ("TUTELLE", "Tutelle"),
    ("HABILITATION", "Habilitation familiale"),
    ("MANDAT", "Mandat de protection future"),
    ("INCONNU", "Inconnue"),
)
MANDATAIRE = (
    ("OUI", "Oui"),
    ("NON_MIS_EN_CAUSE", "Non, il est mis en cause"),
    ("NON_AUTRE", "Non, pour une autre raison"),
    ("SANS_OBJET", "Sans objet"),
)
INFORMEE = (
    ("FAITE", "Oui"),
    ("IMPOSSIBLE", "Non, elle n’est pas en état de la recevoir"),
    ("DIFFEREE", "Pas encore, cela l’exposerait"),
)

PROPRES = (
    Propre(
        "mesure_protection",
        "personne",
        "Mesure de protection",
        Genre.CHOIX,
        PROTECTIONS,
        erreur="Indiquez la mesure de protection, ou «\u00a0inconnue\u00a0».",
        classe=Classe.SOCIAL,
    ),
    Propre(
        "lieu_vie",
        "personne",
        "Où vit la personne",
        Genre.CHOIX,
        LIEUX,
        erreur="Indiquez où vit la personne.",
        classe=Classe.SOCIAL,
    ),
    Propre(
        "type_maltraitance",
        "faits",
        "Maltraitance décrite",
        Genre.PLUSIEURS,
        MALTRAITANCES,
        erreur="Choisissez au moins une forme de maltraitance.",
    ),
    Propre(
        "origine",
        "faits",
        "Elle vient de",
        Genre.CHOIX,
        ORIGINES,
        erreur="Dites d’où elle vient.",
        classe=Classe.SOCIAL,
    ),
    Propre(
        "auteur_qualite",
        "faits",
        "Qualité de l’auteur désigné",
        Genre.CHOIX,
        QUALITES,
        erreur="Indiquez la qualité de l’auteur désigné, ou «\u00a0inconnu\u00a0».",
        classe=Classe.SOCIAL,
    ),
    Propre(
        "incapacite_se_proteger",
        "danger",
        "Son état l’empêche-t-il de se protéger\u00a0?",
        Genre.OUI_NON,
        aide="Une personne âgée et lucide peut se protéger\u00a0: il faut alors son accord.",
        erreur="Répondez\u00a0: son état l’empêche-t-il de se protéger\u00a0?",
        dit="Hors d’état de se protéger",
    ),
    Propre(
        "fondement_vulnerabilite",
        "danger",
        "Ce qui l’en empêche",
        Genre.PLUSIEURS,
        FONDEMENTS,
        erreur="Choisissez au moins un élément.",
    ),
    Propre(
        "motif_incapacite",
        "danger",
        "Les faits qui le montrent",
        Genre.TEXTE,
        requis_si=(
            "incapacite_se_proteger",
            frozenset({"OUI"}),
            "Écrivez au moins un fait\u00a0: l’âge ou le handicap ne suffisent pas.",
        ),
    ),
    Propre(
        "information_personne",
        "accord",
        "La personne est-elle informée\u00a0?",
        Genre.CHOIX,
        INFORMEE,
        erreur="Répondez\u00a0: la personne est-elle informée\u00a0?",
        classe=Classe.SOCIAL,
        dit="Information de la personne",
    ),
    Propre(
        "mandataire_informe",
        "accord",
        "Son tuteur, curateur ou mandataire est-il informé\u00a0?",
        Genre.CHOIX,
        MANDATAIRE,
        aide="Jamais s’il est mis en cause.",
        erreur="Répondez\u00a0: le mandataire est-il informé\u00a0?",
        classe=Classe.SOCIAL,
        dit="Information du tuteur, curateur ou mandataire",
    ),
    Propre(
        "mandataire_mis_en_cause",
        "accord",
        "Le mandataire est-il mis en cause\u00a0?",
        Genre.OUI_NON_NSP,
        classe=Classe.SOCIAL,
        dit="Mandataire mis en cause",
    ),
    Propre(
        "choix_motif",
        "accord",
        "Pourquoi ce destinataire",
        Genre.TEXTE,
        aide="Infraction ou danger\u00a0: le procureur. Traitement administratif\u00a0: la cellule de l’ARS.",
        classe=Classe.SOCIAL,
    ),
)
PAGES = {
    "personne": ("Personne concernée", "Ce qui permet de la protéger, et qui décide avec elle."),
    "danger": (
        "Danger et vulnérabilité",
        "L’âge ou le handicap ne suffisent pas\u00a0: dites ce qui l’empêche de se protéger.",
    ),
    "accord": (
        "Information",
        "Son accord n’est pas nécessaire. Informez-la autant que possible.",
    ),
    "abri": ("Protection", "Ce que vous avez fait pour sa sécurité."),
}
VERS_ACCORD = Alternative(
    "MAJEUR_AVEC_ACCORD",
    "Elle peut se protéger et décider\u00a0? Il faut alors son accord.",
    "Continuer avec son accord (226-14, 2°)",
)
