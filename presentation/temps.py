"""Dates, durations and deadlines in French words. Pure functions, always in Europe/Paris."""

from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
NBSP = "\u00a0"
JOURS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
UNE_HEURE = timedelta(hours=1)
QUATRE_HEURES = timedelta(hours=4)
NUL = timedelta(0)


class Delai(NamedTuple):
    ton: str
    icone: str
    texte: str


def a_paris(moment: datetime) -> datetime:
    """A naive moment is taken as already in Paris."""
    return moment.astimezone(PARIS) if moment.tzinfo else moment.replace(tzinfo=PARIS)


def date_fr(jour: date, avec_annee: bool = True) -> str:
    """« lundi 24 novembre 2025 »."""
    if isinstance(jour, datetime):
        jour = a_paris(jour).date()
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    texte = f"{JOURS[jour.weekday()]} {quantieme} {MOIS[jour.month - 1]}"
    return f"{texte} {jour.year}" if avec_annee else texte


def heure_fr(moment: datetime) -> str:
    """« 14 h 05 », « 14 h »."""
    local = a_paris(moment)
    return f"{local.hour}{NBSP}h" + (f"{NBSP}{local.minute:02d}" if local.minute else "")


def age_au(naissance: date, le: date) -> int:
    """Whole years that day; whoever was born on 29 February turns on 1 March of an ordinary year."""
    return le.year - naissance.year - ((le.month, le.day) < (naissance.month, naissance.day))


def moment_fr(moment: datetime, maintenant: datetime) -> str:
    """« aujourd’hui, 14 h 05 », « hier, 23 h », otherwise the whole date and the time."""
    jour = _jour_proche(moment, maintenant) or date_fr(moment)
    return f"{jour}, {heure_fr(moment)}"


def duree_fr(duree: timedelta) -> str:
    """« 2 j 4 h », « 3 h 20 », « 31 min »: truncated, the two largest units only."""
    minutes = int(abs(duree).total_seconds()) // 60
    jours, reste = divmod(minutes, 24 * 60)
    heures, minutes = divmod(reste, 60)
    if jours:
        return f"{jours}{NBSP}j" + (f"{NBSP}{heures}{NBSP}h" if heures else "")
    if heures:
        return f"{heures}{NBSP}h" + (f"{NBSP}{minutes:02d}" if minutes else "")
    return f"{minutes}{NBSP}min" if minutes else "moins d’une minute"


def texte_delai(
    maintenant: datetime,
    debut: datetime | None,
    echeance: datetime,
    suspendu: bool = False,
    tenu_le: datetime | None = None,
    *,
    fait: str = "Répondu",
    attente: str = "complément attendu",
) -> Delai:
    """Tone, icon and sentence of a deadline (design § 7). Without `debut`, only the fixed thresholds count."""
    if tenu_le is not None:
        return _tenu(debut, echeance, tenu_le, fait)
    if suspendu:
        return Delai("mute", "pause", f"Délai suspendu, {attente}")
    reste = echeance - maintenant
    if reste <= NUL:
        return Delai("danger", "cross", f"Dépassé de {duree_fr(reste)}")
    texte = f"reste {duree_fr(reste)}"
    if reste < UNE_HEURE:
        return Delai("danger", "alert", texte)
    if reste < QUATRE_HEURES or (debut is not None and reste < (echeance - debut) / 2):
        return Delai("warn", "clock", texte)
    return Delai("info", "clock", texte)


def borne_fr(maintenant: datetime, echeance: datetime) -> str:
    """The line under a running deadline: « avant aujourd’hui, 14 h », « avant 8 h 41 », « attendu hier à 8 h »."""
    meme_jour = a_paris(echeance).date() == a_paris(maintenant).date()
    reste = echeance - maintenant
    if meme_jour and reste < UNE_HEURE:
        return f"attendu à {heure_fr(echeance)}" if reste <= NUL else f"avant {heure_fr(echeance)}"
    jour = _jour_proche(echeance, maintenant) or _date_breve(echeance, maintenant)
    return f"attendu {jour} à {heure_fr(echeance)}" if reste <= NUL else f"avant {jour}, {heure_fr(echeance)}"


def echeance_fr(maintenant: datetime, echeance: datetime) -> str:
    """« le lundi 24 novembre 14 h »: what follows « Répondre avant »."""
    return f"le {_date_breve(echeance, maintenant)} {heure_fr(echeance)}"


def _tenu(debut: datetime | None, echeance: datetime, tenu_le: datetime, fait: str) -> Delai:
    if tenu_le > echeance:
        return Delai("mute", "check", f"{fait} avec {duree_fr(tenu_le - echeance)} de retard")
    en = f", en {duree_fr(tenu_le - debut)}" if debut is not None else ""
    return Delai("ok", "check", f"{fait} dans le délai{en}")


def _jour_proche(moment: datetime, maintenant: datetime) -> str:
    ecart = (a_paris(moment).date() - a_paris(maintenant).date()).days
    return {-1: "hier", 0: "aujourd’hui", 1: "demain"}.get(ecart, "")


def _date_breve(moment: datetime, maintenant: datetime) -> str:
    return date_fr(moment, avec_annee=a_paris(moment).year != a_paris(maintenant).year)
