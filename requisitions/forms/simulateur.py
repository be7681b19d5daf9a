"""The three choices of the simulator, a particular case and a day."""

from typing import Any

from django import forms

from convention.models import Rattachement
from presentation.formulaires import Formulaire
from requisitions.forms.champs import jour
from requisitions.models import Cadre
from requisitions.table import ACTES_HORS, CADRES_HORS
from requisitions.types_acte import libelles


class SimulateurForm(Formulaire):
    cadre = forms.ChoiceField(
        label="Cadre juridique",
        choices=[("", "Choisir"), *Cadre.choices, *CADRES_HORS.items()],
        error_messages={"required": "Choisissez le cadre juridique."},
    )
    type_acte = forms.ChoiceField(
        label="Acte demandé",
        choices=lambda: [("", "Choisir"), *libelles().items(), *ACTES_HORS.items()],
        error_messages={"required": "Choisissez l’acte demandé."},
    )
    qualite = forms.ChoiceField(
        label="Qualité de qui demande",
        choices=[("", "Choisir"), *Rattachement.Qualite.choices],
        error_messages={"required": "Choisissez la qualité de la personne qui demande."},
    )
    precision = forms.ChoiceField(label="Cas particulier", required=False)
    le = jour("Jour de l’acte", help_text="Aujourd’hui si vous ne dites rien.")

    def __init__(self, *args: Any, precisions: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["precision"].choices = [("", "Aucun"), *((mot, mot) for mot in precisions)]  # type: ignore[attr-defined]
