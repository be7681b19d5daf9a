"""A victim who wants to lodge a complaint from the hospital: her own step, prepared with the police or gendarmerie."""

from dossiers.classes import Classe
from signalements.champs import Genre, Propre
from signalements.voies.feuilles import RESSOURCES
from signalements.voies.modele import ADULTE, FORCES, SOCLE, Alternative, Delais, Ecrit, Mots, Voie

LIEUX = (
    ("HOPITAL", "À l’hôpital, dans une pièce au calme"),
    ("UNITE", "Au commissariat ou à la brigade"),
    ("AUTRE", "Dans un autre lieu sûr"),
)
PROPRES = (
    Propre(
        "creneau_audition",
        "accord",
        "Quand peut-elle être entendue\u00a0?",
        Genre.LIGNE,
        aide="Jour et heures sûrs. Par exemple\u00a0: «\u00a0demain, de 10\u00a0h à 12\u00a0h\u00a0».",
        erreur="Indiquez un moment sûr pour l’entendre.",
        classe=Classe.SOCIAL,
    ),
    Propre(
        "lieu_audition",
        "accord",
        "Où\u00a0?",
        Genre.CHOIX,
        LIEUX,
        erreur="Indiquez un lieu sûr pour l’entendre.",
        classe=Classe.SOCIAL,
    ),
    Propre("precision_lieu", "accord", "Précision sur le lieu", Genre.LIGNE, classe=Classe.SOCIAL),
    Propre(
        "interprete",
        "accord",
        "Langue, si un interprète est utile",
        Genre.LIGNE,
        aide="Jamais quelqu’un de son entourage.",
        classe=Classe.SOCIAL,
    ),
    Propre("accompagnement", "accord", "Qui peut l’accompagner", Genre.LIGNE, classe=Classe.SOCIAL),
    Propre(
        "auteur_sur_place",
        "accord",
        "La personne qu’elle craint est-elle à l’hôpital\u00a0?",
        Genre.OUI_NON,
        aide="Oui\u00a0: prévenez le poste de sécurité, sans motif médical. Danger\u00a0: le 17.",
        erreur="Répondez\u00a0: la personne qu’elle craint est-elle à l’hôpital\u00a0?",
        classe=Classe.SOCIAL,
    ),
)
VOIE = Voie(
    code="PLAINTE_SIMPLIFIEE",
    libelle="Plainte à l’hôpital",
    icone="pencil",
    resume="à sa demande",
    fiche_code="violences-couple",
    bases=("CSP-L1110-4", "CP-226-13"),
    base_libelle="Démarche de la personne",
    base_resume="Elle veut porter plainte. Vous transmettez ce qu’elle demande, et rien de médical.",
    caractere="SANS_BASE",
    urgence="JOUR",
    destinataires=FORCES,
    destinataire_defaut="POLICE-CSP",
    au_destinataire="à la police ou à la gendarmerie",
    blocs=frozenset({"accord", "accord_ecrit"}),
    propres=PROPRES,
    pages={
        "personne": ("La personne", "Ce qui permet de la joindre sans danger."),
        "accord": ("Son accord et le rendez-vous", "Elle décide. Elle peut renoncer jusqu’à l’envoi."),
        "pieces": ("Son accord écrit", "Lui seul peut être joint. Le certificat se remet à elle."),
    },
    sans=frozenset({"faits", "danger", "abri"}),
    retires=frozenset({"accord_portee"}),
    libelles={"accord": "Veut-elle porter plainte, et que vous préveniez la police ou la gendarmerie\u00a0?"},
    lignes={
        "Réponse": "Sa décision",
        "Quand peut-elle être entendue": "Moment sûr",
        "Où": "Lieu sûr",
        "Langue, si un interprète est utile": "Interprète",
        "Qui peut l’accompagner": "Accompagnement",
        "La personne qu’elle craint est-elle à l’hôpital": "Personne crainte sur place",
    },
    discret=True,
    suites=("PLAINTE_RECUE", "INTERVENTION", "ENQUETE", "SANS_SUITE", "SANS_RETOUR"),
    pieces=frozenset({"Accord écrit de la personne"}),
    ages=ADULTE,
    si_mineur="MINEUR_SIGNALEMENT",
    professions=None,
    alternatives=(
        Alternative(
            "MAJEUR_AVEC_ACCORD",
            "Elle préfère que vous préveniez le procureur\u00a0? Ce que vous avez écrit est conservé.",
            "Continuer par un signalement avec son accord",
        ),
        Alternative(
            "VC_SANS_ACCORD",
            "Elle renonce, au sein du couple, en danger immédiat et sous emprise\u00a0? Une autre base existe.",
            "Continuer sans son accord (226-14, 3°)",
        ),
    ),
    controles=(*SOCLE, "C05", "C18"),
    ecrit=Ecrit(
        intitule="Fiche de liaison pour une plainte",
        objet="Personne majeure qui veut porter plainte",
        attention="la police ou la gendarmerie",
        declaration="À la demande de la personne, je vous prie de bien vouloir la recevoir ou venir l’entendre.",
        attestation=(
            "La personne m’a demandé de vous prévenir et m’a donné un accord écrit. Cette fiche ne comporte aucune "
            "information de santé\u00a0; le certificat lui est remis à elle seule. Les faits seront dits par elle."
        ),
        avant_faits="",
        reserve="",
    ),
    mots=Mots("Fiche de liaison", feminin=True),
    feuilles=(RESSOURCES,),
    titre_document="Fiche de liaison pour une plainte simplifiée",
    consequences=(
        "La police ou la gendarmerie la rappelle par le moyen sûr.",
        "C’est sa démarche\u00a0: elle dit les faits elle-même.",
        "La plainte n’empêche pas un signalement au procureur.",
    ),
    convient=(
        "La personne est majeure et veut porter plainte elle-même.",
        "Elle vous demande de prévenir la police ou la gendarmerie, et le signe.",
        "Vous n’avez rien de médical à transmettre.",
    ),
    texte_article=(
        "Le secret couvre tout ce que vous savez d’elle, même sa présence. Vous transmettez seulement ce qu’elle "
        "vous demande de dire\u00a0: qui elle est, où et quand l’entendre, comment la joindre."
    ),
    contacts=("POLICE-CSP", "GEND-COB1", "CHV-SOCIAL"),
    delais=Delais(suite_heures=24),
    apres=(
        "Proposez le certificat médical, et remettez-le à elle seule.",
        "Ne laissez aucune trace visible sur le portail du patient.",
        "Ne confirmez pas sa présence au standard.",
        "Pensez aux enfants\u00a0: fiche «\u00a0Enfant en danger\u00a0».",
    ),
)
