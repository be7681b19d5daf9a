"""A factual certificate of what keeps an adult from protecting himself: handed over, sent to nobody."""

from signalements.champs import Genre, Propre
from signalements.voies.certificat import CADRE, COMMUN, NUMERO, PERSONNE, RETIRES
from signalements.voies.modele import ADULTE, Ecrit, Voie
from signalements.voies.vulnerable import FONDEMENTS

CONCLUSIONS = (
    ("HORS_D_ETAT", "À ce jour, son état l’empêche de se protéger."),
    ("EN_ETAT", "À ce jour, son état ne l’empêche pas de se protéger."),
    ("NON_EVALUABLE", "À ce jour, l’examen ne permet pas de conclure. Un nouvel examen est proposé."),
)
_CONCLUSION = (
    Propre(
        "elements",
        "danger",
        "Ce qui peut l’empêcher de se protéger",
        Genre.PLUSIEURS,
        FONDEMENTS,
        aide="L’âge ou le handicap ne suffisent pas.",
    ),
    Propre(
        "elements_constates",
        "danger",
        "Les faits qui le montrent",
        Genre.TEXTE,
        aide="Orientation, mémoire, parole, gestes de la vie courante, ce que la personne peut faire seule.",
        erreur="Écrivez les faits que vous avez constatés.",
    ),
    Propre(
        "peut_etre_entendue",
        "danger",
        "Peut-elle être entendue, à votre avis\u00a0?",
        Genre.OUI_NON_NSP,
        dit="Peut être entendue, selon le médecin",
    ),
    Propre(
        "conclusion",
        "danger",
        "Votre conclusion",
        Genre.CHOIX,
        CONCLUSIONS,
        erreur="Choisissez votre conclusion.",
        interne=True,
    ),
)
VOIE = Voie(
    **COMMUN,
    code="VULNERABILITE",
    libelle="Certificat de vulnérabilité",
    fiche_code="personne-vulnerable",
    base_resume="Il se remet à la personne, ou à qui la représente. L’application ne l’envoie à personne.",
    blocs=frozenset(),
    propres=(*PERSONNE, *CADRE, *NUMERO, *_CONCLUSION),
    pages={
        "personne": ("La personne examinée", "Son identité, telle que vous l’avez vérifiée."),
        "faits": ("Examen et constats", "Vos constats au présent, ses mots entre guillemets. Aucun auteur."),
        "danger": ("Ce qui peut l’empêcher de se protéger", "Ce que vous constatez aujourd’hui, et votre conclusion."),
        "verifier": ("Relire et remettre", ""),
    },
    sans=frozenset({"accord", "abri", "pieces"}),
    retires=RETIRES | {"date_faits", "lieu_faits"},
    libelles={"faits_observes": "Ce que vous constatez", "propos_rapportes": "Ce qu’elle déclare"},
    aides={"faits_observes": "État général, orientation, autonomie. Aucun nom de maladie qui ne soit nécessaire."},
    ages=ADULTE,
    controles=("C06", "C31", "C33", "C38", "C55", "C60"),
    ecrit=Ecrit(
        intitule="Certificat de vulnérabilité",
        objet="Constatation de ce qui empêche une personne de se protéger",
        attention="",
        declaration="",
        attestation=(
            "Certificat établi après examen, à la demande de la personne, de qui la représente ou de l’autorité qui "
            "l’a requis, et remis en main propre pour faire valoir ce que de droit."
        ),
        avant_faits="Les paroles de la personne sont rapportées entre guillemets. Les constatations sont les miennes.",
        reserve="Il décrit l’état du jour. Il ne remplace pas celui du médecin inscrit sur la liste du procureur.",
    ),
    titre_document="Certificat de vulnérabilité",
    consequences=(
        "Vous seul, médecin qui avez examiné la personne, l’écrivez et le signez.",
        "Vous le remettez en main propre, et gardez le double au dossier médical.",
        "Il n’est ni un signalement, ni une mesure de protection.",
    ),
    convient=(
        "Vous êtes médecin et vous avez vous-même examiné la personne, qui est majeure.",
        "L’âge ou le handicap ne suffisent pas\u00a0: écrivez ce qui l’empêche de se protéger.",
        "Ne le remettez jamais au proche ou au mandataire mis en cause.",
        "Pour signaler des faits, c’est une autre situation, avec son propre dossier.",
    ),
    contacts=("CHV-GER", "CHV-SOCIAL", "CHV-GARDE"),
)
