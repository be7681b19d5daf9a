"""The numbered controls of the domain, R-30 to R-35: pure functions over frozen facts. None ever blocks care."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from transitions.verdict import Constat, Niveau

DELAI_CHAMBRE = timedelta(hours=48)
DELAI_REGULARISATION = timedelta(hours=2)
CHAMBRES_SECURISEES = frozenset({"SECURISEE_1", "SECURISEE_2"})


@dataclass(frozen=True, slots=True)
class Faits:
    """What the controls need to know of an extraction."""

    urgente: bool = False
    ordre_joint: bool = False
    examen_gyneco_ou_accouchement: bool = False
    contrainte_pendant_examen: bool = False
    presence: str = ""
    niveau_surveillance: str = ""
    surveillance_motif: str = ""
    surveillance_reexamen: bool = False
    identite_dans_agenda: bool = False
    rappel_par_message: bool = False
    hospitalisee_le: datetime | None = None
    maintenant: datetime | None = None
    expertise_demandee: bool = False


def r30(faits: Faits) -> Constat | None:
    """No arrival without the written order; in an emergency it is put right afterwards."""
    if faits.ordre_joint:
        return None
    if faits.urgente:
        return Constat(
            "R-30", Niveau.ALERTE, "L’ordre écrit manque. L’urgence prime : joignez-le dans les 2\u00a0heures.",
            "ordre", "Code pénitentiaire, D215-4",
        )  # fmt: skip
    return Constat(
        "R-30", Niveau.BLOQUANT, "L’ordre écrit manque. L’établissement le joint avant l’arrivée.",
        "ordre", "Code pénitentiaire, D215-4",
    )  # fmt: skip


def r31(faits: Faits) -> Constat | None:
    """Childbirth and gynaecology: neither restraint nor prison staff. Only carers read the reference."""
    interdit = faits.contrainte_pendant_examen or faits.presence in {"HORS_ECOUTE", "PRESENCE"}
    surveille = faits.niveau_surveillance in {"II", "III"}
    if not faits.examen_gyneco_ou_accouchement or not (interdit or surveille):
        return None
    champ = "niveau_surveillance" if surveille else "presence"
    return Constat(
        "R-31", Niveau.BLOQUANT,
        "Cet examen se fait sans contrainte et hors de la présence de l’escorte. Choisissez le niveau I.",
        champ, "Code pénitentiaire, L226-2 et L322-10",
    )  # fmt: skip


def r32(faits: Faits) -> Constat | None:
    """The hospital's diary carries the anonymous reference, and no reminder ever leaves."""
    if not (faits.identite_dans_agenda or faits.rappel_par_message):
        return None
    return Constat(
        "R-32", Niveau.BLOQUANT,
        "Le rendez-vous se prend sous la référence du dossier : ni nom, ni numéro d’écrou, ni rappel par message.",
        "consignes", "Code pénitentiaire, D215-7",
    )  # fmt: skip


def r33(faits: Faits) -> Constat | None:
    """A secure room is for 48 hours: beyond, the interregional unit is asked."""
    if faits.hospitalisee_le is None or faits.maintenant is None:
        return None
    reste = faits.hospitalisee_le + DELAI_CHAMBRE - faits.maintenant
    if reste > timedelta(hours=12):
        return None
    message = (
        "Le délai de 48\u00a0heures est dépassé. Demandez le transfert vers l’UHSI et notez le motif."
        if reste <= timedelta(0)
        else "Les 48\u00a0heures approchent. Demandez le transfert vers l’UHSI si le séjour continue."
    )
    return Constat("R-33", Niveau.ALERTE, message, "chambre", "Circulaire du 13\u00a0mars 2006")


def r34(faits: Faits) -> Constat | None:
    """Level II or III is a decision with its ground and a date of review."""
    if faits.niveau_surveillance not in {"II", "III"}:
        return None
    if faits.surveillance_motif and faits.surveillance_reexamen:
        return None
    manque = "sa date de réexamen" if faits.surveillance_motif else "son motif"
    return Constat(
        "R-34", Niveau.ALERTE, f"Un niveau II ou III est une décision motivée\u00a0: indiquez {manque}.",
        "surveillance_motif", "Circulaire du 18\u00a0novembre 2004",
    )  # fmt: skip


def r35(faits: Faits) -> Constat | None:
    """The prison health unit cares; it is never asked for an expert opinion."""
    if not faits.expertise_demandee:
        return None
    return Constat(
        "R-35", Niveau.BLOQUANT,
        "Une expertise ne se demande pas à l’unité sanitaire. Proposez un refus et orientez vers un médecin requis.",
        "consignes", "Code pénitentiaire, L322-2",
    )  # fmt: skip


CONTROLES = (r30, r31, r32, r33, r34, r35)


def constats(faits: Faits) -> list[Constat]:
    """Every finding, in the order of the numbers."""
    return [constat for controle in CONTROLES if (constat := controle(faits)) is not None]


_MOTS_INTERDITS = ("sms", "texto", "rappel par message", "écrou n", "ecrou n", "numéro d’écrou", "numero d'ecrou")


def trahit_identite(texte: str) -> bool:
    """Whether free words for the ward ask a reminder or carry a prison number (R-32)."""
    bas = texte.lower()
    return any(mot in bas for mot in _MOTS_INTERDITS)


def demande_expertise(texte: str) -> bool:
    """Whether free words ask the prison health unit for an expert opinion (R-35)."""
    return "expertise" in texte.lower()
