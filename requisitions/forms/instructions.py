"""Declaring a general instruction of the prosecutor."""

from datetime import timedelta
from typing import Any

from django import forms

from convention.models import Rattachement
from presentation.formulaires import Formulaire
from requisitions.forms.champs import jour, ligne_de_texte
from requisitions.forms.dates import exiger_proches
from requisitions.models.instruction import SIX_MOIS
from requisitions.types_acte import libelles

Qualite = Rattachement.Qualite
ENQUETE = (Qualite.OPJ, Qualite.APJ, Qualite.ASSIST, Qualite.ODJ)


class InstructionForm(Formulaire):
    reference = ligne_de_texte("Référence", 80, required=True, help_text="Par exemple : IG-2026-04.")
    objet = ligne_de_texte("Objet", 300, required=True)
    infractions = ligne_de_texte("Infractions couvertes", 300, required=True)
    types_acte = forms.MultipleChoiceField(
        label="Actes couverts",
        choices=lambda: list(libelles().items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins un acte."},
    )
    qualites = forms.MultipleChoiceField(
        label="Qui peut s’en servir",
        choices=[(qualite.value, qualite.label) for qualite in ENQUETE],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Cochez au moins une qualité."},
    )
    debut = jour("À compter du", required=True)
    fin = jour("Jusqu’au", required=True, help_text="Six mois au plus. Une autre instruction la renouvelle.")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        exiger_proches(self, donnees, ("debut",))
        debut, fin = donnees.get("debut"), donnees.get("fin")
        if debut and fin and not timedelta(0) <= fin - debut <= SIX_MOIS:
            self.add_error("fin", "La fin suit le début, de six mois au plus.")
        return donnees
