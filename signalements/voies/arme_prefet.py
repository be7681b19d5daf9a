"""A dangerous patient who has a weapon, or wants one: to the préfet, through the sous-préfet. Article 226-14, 4°."""

from dossiers.classes import Classe
from signalements.champs import Genre, Propre
from signalements.controles import SOIGNANTS
from signalements.voies.modele import SOCLE, Alternative, Delais, Ecrit, Mots, Voie

ARMES = (
    ("FEU_DECLAREE", "Arme à feu déclarée"),
    ("FEU_NON_DECLAREE", "Arme à feu non déclarée"),
    ("BLANCHE", "Arme blanche"),
    ("DESTINATION", "Objet utilisé comme une arme"),
    ("FACTICE", "Arme factice"),
    ("ANIMAL", "Animal"),
    ("NSP", "Ne sait pas"),
)
PROJETS = (("DETIENT", "La détient"), ("VEUT_ACQUERIR", "Veut en acquérir une"))
LIEUX = (
    ("SUR_PLACE", "Sur place"),
    ("DOMICILE", "Au domicile"),
    ("VEHICULE", "Dans un véhicule"),
    ("NSP", "Ne sait pas"),
)
SOURCES = (
    ("DIT_PATIENT", "Cette personne me l’a dit"),
    ("VUE", "Je l’ai vue"),
    ("TIERS_CORROBORE", "Un tiers, et un autre élément le confirme"),
    ("TIERS_SEUL", "Un tiers seul"),
)
CIBLES = (("SOI", "Pour elle-même"), ("AUTRUI", "Pour autrui"), ("LES_DEUX", "Les deux"))
INFORMEE = (("OUI", "Oui"), ("NON_RISQUE", "Non, cela créerait un risque"), ("DIFFERE", "Pas encore"))
PROPRES = (
    Propre(
        "est_patient",
        "personne",
        "Cette personne vous consulte-t-elle\u00a0?",
        Genre.OUI_NON,
        aide="Le texte vise la personne qui vous consulte, jamais un tiers dont elle parle.",
        erreur="Répondez\u00a0: cette personne vous consulte-t-elle\u00a0?",
        classe=Classe.SOCIAL,
        interne=True,
    ),
    Propre("domicile", "personne", "Son adresse", Genre.LIGNE, classe=Classe.IDENTITE),
    Propre(
        "arme_type", "danger", "L’arme", Genre.CHOIX, ARMES, erreur="Indiquez l’arme, ou «\u00a0ne sait pas\u00a0»."
    ),
    Propre(
        "detention_ou_projet",
        "danger",
        "La personne",
        Genre.CHOIX,
        PROJETS,
        erreur="Dites si elle détient l’arme, ou veut l’acquérir.",
    ),
    Propre(
        "localisation_arme",
        "danger",
        "Où est l’arme",
        Genre.CHOIX,
        LIEUX,
        erreur="Dites où est l’arme, si vous le savez.",
    ),
    Propre(
        "source_connaissance",
        "danger",
        "Comment vous le savez",
        Genre.CHOIX,
        SOURCES,
        aide="Le texte demande de savoir. Une rumeur ne suffit pas.",
        erreur="Dites comment vous le savez.",
    ),
    Propre(
        "dangerosite_pour", "danger", "Le danger est", Genre.CHOIX, CIBLES, erreur="Dites pour qui elle est dangereuse."
    ),
    Propre(
        "elements_dangerosite",
        "danger",
        "Les faits qui montrent le danger",
        Genre.TEXTE,
        aide="Intention, cible, antécédents connus. Ni diagnostic, ni traitement.",
        erreur="Écrivez au moins un fait qui montre le danger.",
    ),
    Propre(
        "cible_identifiee",
        "danger",
        "Quelqu’un est-il visé\u00a0?",
        Genre.OUI_NON,
        erreur="Répondez\u00a0: quelqu’un est-il visé\u00a0?",
    ),
    Propre(
        "peril_imminent",
        "danger",
        "Un passage à l’acte est-il imminent\u00a0?",
        Genre.OUI_NON,
        aide="Oui\u00a0: appelez le 17 maintenant. Cet écrit vient après.",
        erreur="Répondez\u00a0: un passage à l’acte est-il imminent\u00a0?",
    ),
    Propre(
        "patient_informe",
        "accord",
        "Est-elle informée de cet envoi\u00a0?",
        Genre.CHOIX,
        INFORMEE,
        aide="Le texte ne l’exige pas. Informez-la si c’est sans risque.",
        erreur="Répondez\u00a0: est-elle informée de cet envoi\u00a0?",
        classe=Classe.SOCIAL,
    ),
)
VOIE = Voie(
    code="ARME_PREFET",
    libelle="Patient dangereux et armé",
    icone="flag",
    resume="au préfet",
    fiche_code="menaces-armes",
    bases=("CP-226-14-4", "CSI-L312-7", "CP-132-75"),
    base_libelle="Code pénal, article 226-14, 4°",
    base_resume="Informer le préfet, sans accord, d’un patient dangereux qui a une arme ou en veut une.",
    caractere="PERMISSION",
    urgence="JOUR",
    destinataires=frozenset({("SPREF", "securite")}),
    destinataire_defaut="SPREF-SEC",
    au_destinataire="au préfet, par la sous-préfecture",
    blocs=frozenset(),
    propres=PROPRES,
    pages={
        "personne": ("La personne", "Celle qui vous consulte, et elle seule."),
        "faits": ("Circonstances", "Où et quand vous l’avez appris, avec ses mots."),
        "danger": ("L’arme et le danger", "Les faits et le danger. Ni diagnostic, ni traitement, ni lieu de soins."),
        "accord": ("Son information", "Son accord n’est pas nécessaire."),
    },
    sans=frozenset({"abri", "pieces"}),
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
        "date_constat": "Appris le",
        "faits_observes": "Dans quelles circonstances",
        "propos_rapportes": "Ce qu’elle dit de l’arme ou de son intention",
        "commune_faits": "Commune où se trouve l’arme",
    },
    aides={
        "faits_observes": "Sans diagnostic, sans traitement, sans nommer le service.",
        "commune_faits": "Si vous la connaissez.",
    },
    lignes={
        "Examen": "Appris le",
        "Constatations": "Circonstances",
        "Lieu des faits": "Commune",
        "La personne": "Détention",
        "Comment vous le savez": "Source",
        "Le danger est": "Danger",
        "Quelqu’un est-il visé": "Personne visée",
        "Un passage à l’acte est-il imminent": "Passage à l’acte imminent",
        "Est-elle informée de cet envoi": "Personne informée",
    },
    discret=True,
    suites=("DESSAISISSEMENT", "REMISE_VOLONTAIRE", "SANS_SUITE", "SANS_RETOUR"),
    professions=SOIGNANTS | {"ASSISTANT_SOCIAL"},
    alternatives=(
        Alternative(
            "PERIL_TIERS",
            "Il va passer à l’acte\u00a0? Appelez le 17, puis rendez compte. Ce que vous avez écrit est conservé.",
            "Continuer par un compte rendu de péril",
        ),
    ),
    controles=(*SOCLE, "C17", "C18", "C31", "C32", "C57", "C63"),
    ecrit=Ecrit(
        intitule="Information du préfet",
        objet="Personne dangereuse détenant une arme ou voulant en acquérir une",
        attention="Madame ou Monsieur le préfet du Nord, sous couvert du sous-préfet de Valenciennes",
        declaration=(
            "En application de l’article 226-14, 4°, du code pénal, je porte à votre connaissance le caractère "
            "dangereux de la personne désignée ci-dessous."
        ),
        attestation=(
            "J’estime en conscience que cette personne est dangereuse, et je sais qu’elle détient une arme ou veut en "
            "acquérir une. Je n’écris que les faits et le danger. Aucune pièce médicale n’est jointe."
        ),
        avant_faits="Les paroles sont rapportées entre guillemets.",
        reserve="",
    ),
    mots=Mots("Information du préfet", feminin=True),
    titre_document="Information du préfet – personne dangereuse et arme",
    consequences=(
        "Le préfet peut faire remettre l’arme.",
        "C’est une permission\u00a0: vous décidez.",
        "Péril imminent\u00a0: le 17 d’abord, toujours.",
    ),
    convient=(
        "La personne dangereuse est celle qui vous consulte.",
        "Vous savez qu’elle a une arme ou veut en acquérir une\u00a0: ce n’est pas une rumeur.",
        "Le passage à l’acte n’est pas imminent. S’il l’est, appelez le 17.",
    ),
    texte_article=(
        "Le texte permet aux professionnels de santé ou d’action sociale d’informer le préfet du caractère dangereux, "
        "pour elles-mêmes ou pour autrui, des personnes qui les consultent et dont ils savent qu’elles détiennent une "
        "arme ou veulent en acquérir une."
    ),
    contacts=("SPREF-SEC", "CHV-SECU", "CHV-PSY", "CDOM-PERM"),
    delais=Delais(accuse_jours_ouvres=1, suite_jours=7),
    apres=(
        "Sans accusé de réception demain, rappelez la sous-préfecture.",
        "N’envoyez ni certificat ni compte rendu de soins.",
        "Si le danger devient imminent, appelez le 17.",
    ),
)
