"""Dates of the demand: the impossible is refused beside its field, the unlikely is said and stops nothing."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from presentation.temps import NBSP
from requisitions.gels import conservation, ecrasement

PASSEES = ("autorisation_le", "instruction_du", "cr_date", "date_faits", "periode_du")
# No custody lasts longer (article 706-88 of the code of criminal procedure).
GARDE_LA_PLUS_LONGUE = timedelta(hours=144)
LOINTAIN = 10
FIN_AVANT_DEBUT = "La fin de la période suit son début."


def pas_encore(valeur: date) -> str:
    """Why a day or an hour that should be past is not; empty when it is."""
    if isinstance(valeur, datetime):
        return "Cette heure n’est pas encore passée." if valeur > timezone.now() else ""
    return "Cette date n’est pas encore passée." if valeur > timezone.localdate() else ""


def exiger_passees(form: forms.Form, donnees: dict[str, Any], champs: Iterable[str]) -> None:
    for champ in champs:
        if donnees.get(champ) and (faute := pas_encore(donnees[champ])):
            form.add_error(champ, faute)


def exiger_proches(form: forms.Form, donnees: dict[str, Any], champs: Iterable[str]) -> None:
    """A term is to come, but within ten years: beyond, the year was mistyped."""
    for champ in champs:
        if donnees.get(champ) and donnees[champ].year > timezone.localdate().year + LOINTAIN:
            form.add_error(champ, f"Vérifiez l’année{NBSP}: cette date est dans plus de {LOINTAIN} ans.")


def exiger_suite(form: forms.Form, donnees: dict[str, Any], debut: str, fin: str, faute: str) -> None:
    du, au = donnees.get(debut), donnees.get(fin)
    if du and au and au < du:
        form.add_error(fin, faute)


def de_la_demande(form: forms.Form, donnees: dict[str, Any]) -> None:
    """What cannot be, in what the requester says of the act and of its grounds."""
    exiger_passees(form, donnees, PASSEES)
    exiger_proches(form, donnees, ("cr_jusqu_au",))


def naissance_impossible(naissance: date, recue_le: datetime) -> str:
    """Nobody is asked about before being born; empty when the day can be."""
    apres = naissance > recue_le.date()
    return pas_encore(naissance) or ("Cette date suit la réception de la demande." if apres else "")


def peu_probables(donnees: dict[str, Any], recue_le: datetime) -> list[str]:
    """What the requester should look at again; the demand goes all the same."""
    return [phrase for phrase in (_images(donnees, recue_le), _periode(donnees), _garde(donnees, recue_le)) if phrase]


def _images(donnees: dict[str, Any], recue_le: datetime) -> str:
    debut, fin = donnees.get("periode_du"), donnees.get("periode_au")
    if donnees.get("type_acte") != "VIDEO" or not debut or not _effacees(debut, recue_le):
        return ""
    toutes = fin and _effacees(fin, recue_le)
    quoi = "Ces images sont sans doute effacées" if toutes else "Le début de ces images est sans doute effacé"
    jours = conservation("VIDEO").days
    return f"{quoi}{NBSP}: elles se gardent {jours}{NBSP}jours. L’hôpital cherche et vous répond."


def _effacees(filmees_le: datetime, recue_le: datetime) -> bool:
    return ecrasement("VIDEO", recue_le=recue_le, periode_du=filmees_le) <= recue_le


def _periode(donnees: dict[str, Any]) -> str:
    fin = donnees.get("periode_au")
    if not fin or fin <= timezone.now():
        return ""
    return f"La période demandée n’est pas finie{NBSP}: l’hôpital répond sur ce qui existe à la réception."


def _garde(donnees: dict[str, Any], recue_le: datetime) -> str:
    fin = donnees.get("fin_mesure")
    if not fin or recue_le < fin <= recue_le + GARDE_LA_PLUS_LONGUE:
        return ""
    quand = "déjà passée" if fin <= recue_le else "dans plus de six jours"
    return f"La fin de la mesure est {quand}. Si elle est fausse, dites-le dans les échanges du dossier."
