"""The initial medical certificate: written here, handed to the person, sent to nobody. CSP, article R. 4127-76."""

from signalements.champs import Genre, Propre
from signalements.voies.certificat import CADRE, COMMUN, NUMERO, OUI, PERSONNE, RETIRES
from signalements.voies.modele import Ecrit, Voie

JOURS, A_REEVALUER = "JOURS", "A_REEVALUER"
_DOLEANCES = (
    Propre(
        "doleances_physiques",
        "faits",
        "Doléances physiques",
        Genre.TEXTE,
        erreur="Notez ses plaintes, ou écrivez «\u00a0aucune\u00a0».",
    ),
    Propre(
        "doleances_psychiques",
        "faits",
        "Doléances psychiques",
        Genre.TEXTE,
        erreur="Notez ses plaintes, ou écrivez «\u00a0aucune\u00a0».",
    ),
)
# `interne`: said in one sentence by the conclusion, not line by line.
_ITT = (
    Propre(
        "retentissement_fonctionnel",
        "danger",
        "Gêne dans les actes de la vie courante",
        Genre.TEXTE,
        aide="Manger, dormir, se laver, s’habiller, se déplacer, travailler, sortir.",
        erreur="Décrivez la gêne, ou écrivez «\u00a0aucune\u00a0».",
    ),
    Propre(
        "retentissement_psychique",
        "danger",
        "Retentissement psychique constaté",
        Genre.TEXTE,
        erreur="Décrivez ce que vous constatez, ou écrivez «\u00a0aucun\u00a0».",
    ),
    Propre("examens_complementaires", "danger", "Examens complémentaires et leur résultat", Genre.TEXTE),
    Propre("etat_anterieur", "danger", "État antérieur utile à la lecture des lésions", Genre.TEXTE),
    Propre(
        "itt",
        "danger",
        "Incapacité totale de travail (ITT)",
        Genre.CHOIX,
        ((JOURS, "Fixée en jours"), (A_REEVALUER, "À réévaluer, non déterminable aujourd’hui")),
        aide="Durée de la gêne notable dans les actes courants. Ce n’est pas l’arrêt de travail.",
        erreur="Fixez l’ITT, ou dites qu’elle est à réévaluer.",
        interne=True,
    ),
    Propre(
        "itt_jours",
        "danger",
        "Nombre de jours d’ITT",
        Genre.NOMBRE,
        aide="Zéro est une réponse\u00a0: aucune gêne notable.",
        interne=True,
    ),
    Propre(
        "itt_reserves",
        "danger",
        "Réserves",
        Genre.TEXTE,
        aide="Par exemple\u00a0: «\u00a0sous réserve de complications\u00a0».",
        interne=True,
    ),
    Propre(
        "reevaluation_le",
        "danger",
        "Nouvel examen le",
        Genre.JOUR,
        requis_si=("itt", frozenset({A_REEVALUER}), "Indiquez le jour du nouvel examen."),
    ),
)
_PHOTOS = (
    Propre(
        "photos_accord",
        "accord",
        "Photographies",
        Genre.CHOIX,
        (
            (OUI, "Acceptées par la personne"),
            ("NON", "Refusées par la personne"),
            ("SANS_OBJET", "Aucune photographie"),
        ),
        erreur="Dites si elle accepte les photographies.",
    ),
    Propre(
        "photos_le",
        "accord",
        "Prises le",
        Genre.MOMENT,
        requis_si=("photos_accord", frozenset({OUI}), "Indiquez le jour et l’heure des photographies."),
    ),
    Propre(
        "photos_echelle",
        "accord",
        "Échelle visible sur chaque photographie",
        Genre.LIGNE,
        aide="Par exemple\u00a0: réglette de 10\u00a0cm dans le plan de la lésion.",
        requis_si=("photos_accord", frozenset({OUI}), "Dites quelle échelle figure sur les photographies."),
    ),
)
VOIE = Voie(
    **COMMUN,
    code="CMI",
    libelle="Certificat médical initial",
    fiche_code="majeur-avec-accord",
    base_resume="Il se remet à la personne, en main propre. L’application ne l’envoie à personne.",
    blocs=frozenset({"certificat"}),
    propres=(*PERSONNE, *CADRE, *_DOLEANCES, *NUMERO, *_ITT, *_PHOTOS),
    pages={
        "personne": ("La personne examinée", "Son identité, telle que vous l’avez vérifiée."),
        "faits": ("Examen et constats", "Ses mots entre guillemets, vos constats au présent. Aucun auteur."),
        "danger": ("Conséquences et ITT", "Ce que les lésions l’empêchent de faire, et pour combien de temps."),
        "accord": ("Photographies", "Avec son accord, datées, avec une échelle."),
        "pieces": ("Joindre les photographies", "Seulement si elle les accepte."),
        "verifier": ("Relire et remettre", ""),
    },
    sans=frozenset({"abri"}),
    retires=RETIRES,
    libelles={"propos_rapportes": "Ce qu’elle déclare des faits", "faits_observes": "Ce que vous constatez"},
    aides={
        "propos_rapportes": "Ses mots exacts, entre guillemets. Écrivez «\u00a0elle déclare…\u00a0».",
        "faits_observes": "État général et ce qui ne se place pas sur le schéma. Sans lésion, écrivez-le.",
    },
    lignes={"Paroles rapportées": "La personne déclare", "Date des faits": "Faits déclarés du"},
    pieces=frozenset({"Photographie"}),
    controles=("C06", "C31", "C32", "C33", "C35", "C37", "C38", "C55", "C60"),
    ecrit=Ecrit(
        intitule="Certificat médical initial",
        objet="Constatation de lésions et de leur retentissement",
        attention="",
        declaration="",
        attestation=(
            "Certificat établi après examen, à la demande de la personne ou de l’autorité qui l’a requis, et remis en "
            "main propre pour faire valoir ce que de droit."
        ),
        avant_faits="Les paroles de la personne sont rapportées entre guillemets. Les constatations sont les miennes.",
        reserve="L’ITT est la durée de la gêne notable dans les actes courants. Elle n’est pas un arrêt de travail.",
    ),
    titre_document="Certificat médical initial",
    consequences=(
        "Vous seul, médecin qui avez examiné la personne, l’écrivez et le signez.",
        "Vous le lui remettez en main propre, et gardez le double au dossier médical.",
        "Il n’est ni un signalement, ni une plainte.",
    ),
    convient=(
        "Vous êtes médecin et vous avez vous-même examiné la personne.",
        "Elle le demande, ou une réquisition écrite vous le demande.",
        "Ne nommez pas d’auteur. Ne dites pas si les faits sont volontaires.",
        "Pour signaler des faits, c’est une autre situation, avec son propre dossier.",
    ),
    contacts=("CHV-UMJ", "CHV-DAJ", "CHV-GARDE"),
)
