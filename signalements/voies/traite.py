"""Trafficking or exploitation, spotted by a bundle of clues: a minor, or an adult who cannot protect herself."""

from dossiers.classes import Classe
from signalements.champs import Genre, Propre
from signalements.voies.feuilles import ORIENTATION, RESSOURCES
from signalements.voies.modele import PARQUET_MINEURS, SOCLE, Alternative, CopieSi, Ecrit, Voie
from signalements.voies.vulnerable import VERS_ACCORD

FORMES = (
    ("SEXUELLE", "Exploitation sexuelle ou prostitution"),
    ("TRAVAIL", "Travail forcé"),
    ("DOMESTIQUE", "Service domestique"),
    ("MENDICITE", "Mendicité forcée"),
    ("DELITS_FORCES", "Délits forcés"),
    ("ORGANES", "Prélèvement d’organes"),
    ("AUTRE", "Autre"),
)
INDICES = (
    ("ACCOMPAGNANT_CONTROLANT", "Un accompagnant contrôle tout"),
    ("PAPIERS_CONFISQUES", "Papiers gardés par un autre"),
    ("DETTE", "Une dette à rembourser"),
    ("LIEU_IMPOSE", "Un lieu de vie imposé"),
    ("BLESSURES_REPETEES", "Blessures répétées"),
    ("IST_REPETEES", "Infections sexuelles répétées"),
    ("PEUR", "Peur"),
    ("RECIT_APPRIS", "Récit appris"),
    ("TELEPHONE_SURVEILLE", "Téléphone surveillé"),
)
ORIENTATIONS = (("OUI", "Acceptée"), ("NON", "Refusée"), ("PLUS_TARD", "Plus tard"))
PROPRES = (
    Propre(
        "titulaires",
        "personne",
        "Qui exerce l’autorité parentale, si elle est mineure",
        Genre.TEXTE,
        classe=Classe.IDENTITE,
    ),
    Propre("mna", "personne", "Mineur sans famille en France", Genre.OUI_NON_NSP, classe=Classe.SOCIAL),
    Propre(
        "interprete_neutre",
        "faits",
        "L’entretien s’est fait seul à seul, sans traducteur de l’entourage\u00a0?",
        Genre.OUI_NON,
        aide="Un traducteur du réseau parle à sa place.",
        erreur="Répondez\u00a0: l’entretien s’est-il fait seul à seul\u00a0?",
        classe=Classe.SOCIAL,
        dit="Entretien seul à seul, sans traducteur de l’entourage",
    ),
    Propre(
        "forme",
        "danger",
        "Ce que vous craignez",
        Genre.PLUSIEURS,
        FORMES,
        erreur="Choisissez au moins une forme.",
        dit="Exploitation crainte",
    ),
    Propre(
        "indices",
        "danger",
        "Ce qui vous alerte",
        Genre.PLUSIEURS,
        INDICES,
        aide="Deux au moins\u00a0: aucun ne suffit seul.",
        erreur="Choisissez au moins deux indices\u00a0: aucun ne suffit seul.",
        minimum=2,
        dit="Indices relevés",
    ),
    Propre(
        "danger_depart",
        "danger",
        "Est-elle en danger si elle repart\u00a0?",
        Genre.OUI_NON,
        erreur="Répondez\u00a0: est-elle en danger si elle repart\u00a0?",
        dit="En danger si elle repart",
    ),
    Propre(
        "incapacite_se_proteger",
        "danger",
        "Majeure\u00a0: son état l’empêche-t-il de se protéger\u00a0?",
        Genre.OUI_NON_NSP,
        aide="Sinon, il faut son accord. Pour une personne mineure, ne répondez pas.",
        dit="Majeure hors d’état de se protéger",
    ),
    Propre(
        "motif_incapacite",
        "danger",
        "Les faits qui le montrent",
        Genre.TEXTE,
        requis_si=("incapacite_se_proteger", frozenset({"OUI"}), "Écrivez au moins un fait qui le montre."),
    ),
    Propre(
        "orientation_acceptee",
        "accord",
        "Une association spécialisée lui est proposée\u00a0: sa réponse",
        Genre.CHOIX,
        ORIENTATIONS,
        aide="Jamais devant l’accompagnant.",
        classe=Classe.SOCIAL,
    ),
    Propre(
        "information_donnee",
        "accord",
        "Ce qui lui a été expliqué",
        Genre.TEXTE,
        aide="La plainte n’est pas nécessaire. Une personne mineure ne consent pas à son exploitation.",
        classe=Classe.SOCIAL,
    ),
)
VOIE = Voie(
    code="TRAITE",
    libelle="Traite ou exploitation",
    icone="key",
    resume="repérage",
    fiche_code="enfant-en-danger",
    bases=("CP-226-14-1", "CP-226-14-2", "CP-225-4-1", "CP-225-12-1", "CASF-L226-4"),
    base_libelle="Code pénal, article 226-14, 1°",
    base_resume="Personne mineure, ou hors d’état de se protéger\u00a0: sans accord. Une majeure décide à son rythme.",
    caractere="DEVOIR_DEONTOLOGIQUE",
    urgence="JOUR",
    destinataires=PARQUET_MINEURS,
    destinataire_defaut="PARQUET-PERM",
    copies_si=(CopieSi("CRIP-59", range(18)),),
    blocs=frozenset({"certificat"}),
    propres=PROPRES,
    pages={
        "personne": ("La personne", "Ce qui permet de la joindre sans que l’accompagnant le sache."),
        "faits": ("Constats et paroles", "N’interrogez pas sur le réseau. Seuls les enquêteurs identifient."),
        "danger": ("Indices et danger", "Un faisceau d’indices, jamais un seul."),
        "accord": (
            "Ce qu’elle sait et accepte",
            "Une majeure qui peut décider décide\u00a0: changez alors de situation.",
        ),
    },
    libelles={
        "contact_sur": "Comment la joindre sans que l’entourage le sache",
        "propos_rapportes": "Ce qu’elle dit d’elle-même",
    },
    professions=None,
    alternatives=(
        VERS_ACCORD,
        Alternative(
            "PERIL_TIERS",
            "Un péril imminent si elle sort\u00a0? Appelez le 17, puis rendez compte.",
            "Continuer par un compte rendu de péril",
        ),
    ),
    controles=(*SOCLE, "C11", "C13", "C31", "C32", "C35", "C36", "C41", "C62"),
    ecrit=Ecrit(
        intitule="Signalement au procureur de la République",
        objet="Indices de traite ou d’exploitation",
        attention="Madame ou Monsieur le procureur de la République",
        declaration="Je porte à votre connaissance les éléments suivants, recueillis dans l’exercice de ma profession.",
        attestation=(
            "Je transmets ce signalement en conscience. L’hôpital repère, il n’identifie pas\u00a0: j’écris les "
            "indices relevés et les paroles recueillies, sans affirmer d’auteur."
        ),
    ),
    feuilles=(RESSOURCES, ORIENTATION),
    sorties=frozenset({"orienter"}),
    titre_document="Signalement au procureur de la République – indices de traite ou d’exploitation",
    consequences=(
        "Informer le procureur. Une personne mineure\u00a0: la copie à la CRIP part en même temps.",
        "Les enquêteurs identifient la victime, pas l’hôpital.",
        "Une majeure qui refuse n’est pas signalée\u00a0: orientez-la et notez votre décision.",
    ),
    convient=(
        "La personne est mineure, ou majeure et hors d’état de se protéger.",
        "Au moins deux indices vous alertent.",
        "Une majeure qui accepte\u00a0: choisissez «\u00a0Majeur victime, avec accord\u00a0».",
    ),
    texte_article=(
        "Le texte permet d’informer le procureur des sévices infligés à un mineur ou à une personne hors d’état de se "
        "protéger. Le code pénal définit et punit la traite, et le recours à la prostitution d’un mineur."
    ),
    contacts=("PARQUET-PERM", "CHV-UAPED", "CHV-SOCIAL", "CHV-GARDE"),
    apres=(
        "Ne donnez aucune adresse d’association devant l’accompagnant.",
        "Accompagnant menaçant\u00a0: poste de sécurité, sans motif médical.",
        "Ne laissez aucune trace visible sur le portail du patient.",
    ),
)
