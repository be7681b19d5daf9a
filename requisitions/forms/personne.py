"""What the page must know of whoever the act is about, and what their situation cannot be."""

from datetime import datetime
from typing import Any

from django import forms

from presentation.temps import NBSP
from requisitions.forms.dates import exiger_passees, exiger_suite, naissance_impossible
from requisitions.models import Requisition

Statut = Requisition.Statut
# What the act contradicts; in doubt the page takes what is said.
IMPOSSIBLES: dict[str, tuple[frozenset[str], str]] = {
    "EX_GAV": (
        frozenset({Statut.VICTIME, Statut.TEMOIN, Statut.DEFUNTE}),
        f"Cet examen est celui d’une personne retenue{NBSP}: en garde à vue ou en retenue.",
    ),
    "EX_VICT": (
        frozenset({Statut.DEFUNTE}),
        f"Une victime décédée n’est pas examinée ainsi{NBSP}: demandez un examen de corps.",
    ),
    "CORPS": (
        frozenset(Statut) - {Statut.DEFUNTE},
        f"Un examen de corps vise une personne défunte{NBSP}: corrigez la situation, ou la nature de la demande.",
    ),
}
DEBUT_APRES_FIN = "La fin de la mesure suit son début."


def exiger_la_personne(form: forms.Form, donnees: dict[str, Any], acte: str, recue_le: datetime) -> None:
    """Name, birth date or that nobody knows it, and the situation: nothing is guessed."""
    if not donnees.get("nom") and "nom" not in form.errors:
        form.add_error("nom", "Indiquez le nom de la personne.")
    if not donnees.get("naissance") and not donnees.get("naissance_inconnue") and "naissance" not in form.errors:
        form.add_error("naissance", f"Indiquez la date de naissance, ou cochez «{NBSP}Date inconnue{NBSP}».")
    if donnees.get("naissance") and (faute := naissance_impossible(donnees["naissance"], recue_le)):
        form.add_error("naissance", faute)
    if faute := situation_impossible(acte, donnees.get("statut_personne", "")):
        form.add_error("statut_personne", faute)
    elif not donnees.get("statut_personne") and "statut_personne" not in form.errors:
        form.add_error("statut_personne", f"Choisissez la situation de la personne, ou «{NBSP}Non précisé{NBSP}».")


def situation_impossible(acte: str, statut: str) -> str:
    """Why this act is not for somebody in this situation; empty when it may be."""
    exclus, faute = IMPOSSIBLES.get(acte, (frozenset(), ""))
    return faute if statut in exclus else ""


def exiger_la_mesure(form: forms.Form, donnees: dict[str, Any], recue_le: datetime) -> None:
    """The hours of a custody: begun, asked for before the hospital received it, ended after it began."""
    exiger_passees(form, donnees, ("debut_mesure", "heure_demande"))
    exiger_suite(form, donnees, "debut_mesure", "fin_mesure", DEBUT_APRES_FIN)
    demande = donnees.get("heure_demande")
    if demande and demande > recue_le and "heure_demande" not in form.errors:
        form.add_error("heure_demande", "L’examen a été demandé avant que l’hôpital reçoive la réquisition.")
