"""A grave, imminent and constant peril: the account of what was said to the rescuers, after the call. Article 223-6."""

from dossiers.classes import Classe
from signalements.champs import Genre, Propre
from signalements.voies.modele import FORCES, PARQUET, SOCLE, Ecrit, Mots, Voie

CIBLES = (
    ("SOI", "Elle-même"),
    ("TIERS_IDENTIFIE", "Une personne désignée"),
    ("TIERS_INDETERMINE", "Quelqu’un, sans qu’on sache qui"),
    ("ETABLISSEMENT", "L’hôpital"),
)
SECOURS = (("15", "SAMU, 15"), ("17", "Police-secours, 17"), ("112", "112"), ("SECURITE", "Poste de sécurité"))
PROPRES = (
    Propre(
        "secours_appeles",
        "danger",
        "Secours appelés",
        Genre.PLUSIEURS,
        SECOURS,
        erreur="Appelez d’abord les secours, puis indiquez lesquels.",
        classe=Classe.ADMINISTRATIF,
    ),
    Propre(
        "heure_appel",
        "danger",
        "Heure de l’appel",
        Genre.MOMENT,
        erreur="Appelez d’abord les secours, puis indiquez l’heure de l’appel.",
        classe=Classe.ADMINISTRATIF,
    ),
    Propre("secours_interlocuteur", "danger", "À qui avez-vous parlé", Genre.LIGNE, classe=Classe.ADMINISTRATIF),
    Propre(
        "peril_grave",
        "danger",
        "Le danger est-il grave\u00a0?",
        Genre.OUI_NON,
        aide="La vie ou l’intégrité de quelqu’un.",
        erreur="Répondez\u00a0: le danger est-il grave\u00a0?",
    ),
    Propre(
        "peril_proche",
        "danger",
        "Est-il imminent\u00a0?",
        Genre.OUI_NON,
        aide="Sur le point d’arriver.",
        erreur="Répondez\u00a0: le danger est-il imminent\u00a0?",
    ),
    Propre(
        "peril_constant",
        "danger",
        "Est-il constant\u00a0?",
        Genre.OUI_NON,
        aide="Réel, constaté, et non supposé.",
        erreur="Répondez\u00a0: le danger est-il constant\u00a0?",
    ),
    Propre(
        "motif_peril",
        "danger",
        "Les faits qui le montrent",
        Genre.TEXTE,
        aide="Une cible, un moyen, un moment. Ni diagnostic, ni traitement.",
        erreur="Écrivez les faits qui montrent ce péril.",
    ),
    Propre("cible", "danger", "Qui est menacé", Genre.CHOIX, CIBLES, erreur="Dites qui est menacé."),
    Propre("cible_nom", "danger", "La personne menacée, si elle est connue", Genre.LIGNE, classe=Classe.IDENTITE),
)
VOIE = Voie(
    code="PERIL_TIERS",
    libelle="Péril imminent",
    icone="alert",
    resume="après l’appel",
    fiche_code="menaces-armes",
    bases=("CP-223-6", "CP-122-7"),
    base_libelle="Code pénal, article 223-6",
    base_resume="Secourir est une obligation. Vous dites seulement ce qui permet de protéger.",
    caractere="OBLIGATION",
    urgence="IMMEDIATE",
    destinataires=PARQUET | FORCES,
    destinataire_defaut="PARQUET-PERM",
    blocs=frozenset(),
    propres=PROPRES,
    pages={
        "personne": ("Qui est en cause", "La personne dont vient le danger, ou qui est en danger."),
        "faits": ("Ce qui a été révélé", "La liste exacte de ce que vous avez révélé, et rien de plus."),
        "danger": (
            "L’appel et le péril",
            "Téléphonez d’abord. Les trois conditions ensemble, sinon pas de levée du secret.",
        ),
    },
    sans=frozenset({"accord", "abri", "pieces"}),
    retires=frozenset(
        {
            "contact_sur",
            "contact_interdit",
            "a_examine",
            "date_faits",
            "lieu_faits",
            "auteur_nom",
            "auteur_prenoms",
            "auteur_designe",
        }
    ),
    libelles={
        "date_constat": "Jour et heure de la menace",
        "faits_observes": "Ce que vous avez révélé, exactement",
        "propos_rapportes": "Les mots de la menace",
        "commune_faits": "Commune où le danger existe",
    },
    aides={
        "faits_observes": "Qui, où, quoi. Rien d’autre\u00a0: ni diagnostic, ni traitement, ni service.",
        "propos_rapportes": "Entre guillemets.",
        "commune_faits": "Elle désigne le procureur compétent.",
    },
    lignes={
        "Examen": "Menace",
        "Constatations": "Ce qui a été révélé",
        "Lieu des faits": "Commune",
        "À qui avez-vous parlé": "Interlocuteur",
        "Le danger est-il grave": "Danger grave",
        "Est-il imminent": "Danger imminent",
        "Est-il constant": "Danger constant",
    },
    discret=True,
    professions=None,
    controles=(*SOCLE, "C18", "C21", "C31", "C32", "C41", "C62"),
    ecrit=Ecrit(
        intitule="Compte rendu de levée du secret pour péril",
        objet="Péril grave, imminent et constant",
        attention="Madame ou Monsieur le procureur de la République, ou l’unité qui intervient",
        declaration="J’ai appelé les secours. Je rends compte de ce que j’ai révélé, et pourquoi.",
        attestation=(
            "J’estime que le péril était grave, imminent et constant. J’ai dit ce qui permettait de protéger, et rien "
            "de plus. Aucune information de santé n’est transmise."
        ),
        avant_faits="Les paroles sont rapportées entre guillemets.",
        reserve="",
    ),
    mots=Mots("Compte rendu"),
    titre_document="Compte rendu de levée du secret pour péril",
    consequences=(
        "L’appel est l’acte qui protège. Cet écrit en garde la trace.",
        "Les trois conditions sont réunies\u00a0: grave, imminent, constant.",
        "Une arme et un patient qui vous consulte\u00a0: le préfet peut aussi être informé, séparément.",
    ),
    convient=(
        "Vous avez déjà appelé le 15, le 17 ou le 112.",
        "Le danger est grave, sur le point d’arriver, et réel.",
        "Sans ces trois conditions, le secret demeure\u00a0: demandez un avis.",
    ),
    texte_article=(
        "Celui qui peut, sans risque, empêcher un crime ou secourir une personne en péril doit agir ou provoquer un "
        "secours. Le péril est grave, imminent et constant."
    ),
    contacts=("PARQUET-PERM", "CHV-SECU", "CHV-GARDE"),
    apres=(
        "Prévenez un senior et l’administrateur de garde.",
        "Adaptez les soins\u00a0: hospitalisation, avis.",
        "Ne donnez rien de plus sans réquisition.",
    ),
)
