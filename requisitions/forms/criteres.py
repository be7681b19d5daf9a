"""Whom a search without a name looks for: what tells one person from a crowd."""

from typing import Any

from django import forms

from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.forms.champs import ligne_de_texte
from requisitions.models import Requisition

AGE_MAX = 120
CRITERES = ("critere_signe", "critere_sexe", "critere_age_min", "critere_age_max")


def _age(label: str) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=AGE_MAX)


class CriteresForm(Formulaire):
    critere_signe = ligne_de_texte(
        "Blessure ou signe recherché", help_text="Par exemple\u00a0: plaie par arme blanche à la main."
    )
    critere_sexe = forms.ChoiceField(
        label="Sexe", choices=Requisition.Sexe.choices, required=False, widget=ChoixEncadres()
    )
    critere_age_min = _age("Âge, au moins (facultatif)")
    critere_age_max = _age("Âge, au plus (facultatif)")


def exiger_criteres(form: forms.Form, donnees: dict[str, Any], *, tous: bool) -> None:
    """Without an hour and a sign, the demand would name everybody who came. An unknown sex or age is an answer.

    Not `tous`: what a paper does not say, the requester is asked afterwards.
    """
    exiger_ages(form, donnees)
    if not tous:
        return
    if not donnees.get("periode_du") or not donnees.get("periode_au"):
        form.add_error("periode_du", "Indiquez le début et la fin de la tranche horaire.")
    if not donnees.get("critere_signe"):
        form.add_error("critere_signe", "Décrivez la blessure ou le signe recherché.")
    if not donnees.get("critere_sexe"):
        form.add_error("critere_sexe", "Choisissez le sexe, ou «\u00a0Inconnu\u00a0».")


def exiger_ages(form: forms.Form, donnees: dict[str, Any]) -> None:
    debut, fin = donnees.get("critere_age_min"), donnees.get("critere_age_max")
    if debut is not None and fin is not None and fin < debut:
        form.add_error("critere_age_max", "L’âge maximal est au moins l’âge minimal.")
