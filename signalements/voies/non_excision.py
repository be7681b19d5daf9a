"""A certificate that an examination shows no genital mutilation, before or after a journey: sent to nobody."""

from signalements.champs import Genre, Propre
from signalements.voies.certificat import CADRE, COMMUN, NUMERO, PERSONNE, RETIRES
from signalements.voies.modele import Ecrit, Voie

CONCLUSIONS = (
    ("AUCUNE", "À ce jour, l’examen ne montre aucune mutilation sexuelle."),
    ("NON_CONCLUANT", "À ce jour, l’examen ne permet pas de conclure. Un nouvel examen est proposé."),
)
_VOYAGE = (
    Propre(
        "moment",
        "faits",
        "Cet examen a lieu",
        Genre.CHOIX,
        (("AVANT", "Avant un voyage"), ("RETOUR", "Au retour d’un voyage"), ("AUTRE", "Hors de tout voyage")),
        erreur="Dites si l’examen a lieu avant ou après un voyage.",
        dit="Moment de l’examen",
    ),
    Propre(
        "examen_accepte_par",
        "faits",
        "Qui accepte l’examen avec elle",
        Genre.LIGNE,
        aide="Son accord à elle d’abord. Si elle est majeure, écrivez «\u00a0elle-même\u00a0».",
        erreur="Dites qui accepte l’examen avec elle.",
        dit="Examen accepté par",
    ),
)
_CONCLUSION = (
    Propre(
        "conclusion",
        "danger",
        "Ce que l’examen montre",
        Genre.CHOIX,
        CONCLUSIONS,
        aide="Une mutilation constatée ne se certifie pas ici\u00a0: elle se signale au procureur.",
        erreur="Choisissez ce que l’examen montre.",
        interne=True,
    ),
)
VOIE = Voie(
    **COMMUN,
    code="NON_EXCISION",
    libelle="Certificat de non-excision",
    fiche_code="enfant-en-danger",
    base_resume="Il se remet à elle, ou à qui en répond. L’application ne l’envoie à personne.",
    blocs=frozenset(),
    propres=(*PERSONNE, *CADRE, *_VOYAGE, *NUMERO, *_CONCLUSION),
    pages={
        "personne": ("La personne examinée", "Son identité, telle que vous l’avez vérifiée."),
        "faits": ("Examen", "Ce que vous voyez, au présent. Rien d’autre."),
        "danger": ("Conclusion", "Ce que l’examen montre, à ce jour."),
        "verifier": ("Relire et remettre", ""),
    },
    sans=frozenset({"accord", "abri", "pieces"}),
    retires=RETIRES | {"date_faits", "lieu_faits", "propos_rapportes"},
    libelles={"faits_observes": "Ce que l’examen montre"},
    aides={"faits_observes": "Les organes génitaux externes, sans interprétation. Aucune lésion\u00a0: écrivez-le."},
    controles=("C06", "C31", "C33", "C38", "C55", "C60"),
    ecrit=Ecrit(
        intitule="Certificat de non-excision",
        objet="Examen des organes génitaux externes",
        attention="",
        declaration="",
        attestation=(
            "Certificat établi après examen, à la demande de la personne, de qui en répond ou de l’autorité qui l’a "
            "requis, et remis en main propre pour faire valoir ce que de droit."
        ),
        avant_faits="Les constatations sont les miennes.",
        reserve="Il vaut pour le jour de l’examen. Un examen au retour du voyage le complète.",
    ),
    titre_document="Certificat de non-excision",
    consequences=(
        "Vous seul, médecin qui avez examiné la personne, l’écrivez et le signez.",
        "Vous le remettez en main propre, et gardez le double au dossier médical.",
        "Il sert de point de comparaison au retour d’un voyage.",
    ),
    convient=(
        "Vous êtes médecin, vous avez examiné l’enfant ou la femme, et vous ne constatez aucune mutilation.",
        "Vous constatez une mutilation, ou un départ est proche\u00a0? Signalez au procureur sans attendre.",
        "Un examen ne se fait jamais sans son accord à elle.",
    ),
    contacts=("CHV-UAPED", "CHV-GYN", "CHV-GARDE"),
)
