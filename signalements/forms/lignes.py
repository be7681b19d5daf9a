"""The rows that a step repeats: children, injuries. An emptied row is a removed row."""

from typing import Any

from django import forms
from django.forms import formset_factory

from presentation.formulaires import Formulaire
from signalements import corps
from signalements import reponses as r
from signalements.forms.champs import choix


class EnfantForm(Formulaire):
    prenom = forms.CharField(label="Prénom", max_length=80, required=False)
    age = forms.IntegerField(label="Âge", min_value=0, max_value=25, required=False)
    present = choix("Présent aux faits", list(r.OuiNonNsp.choices))
    lieu = forms.CharField(label="Où est-il maintenant\u00a0?", max_length=120, required=False)


class LesionForm(Formulaire):
    zone = forms.ChoiceField(label="Partie du corps", choices=[("", "Choisir"), *corps.choix()], required=False)
    nature = choix("Ce que vous voyez", list(r.Lesion.choices))
    dimensions = forms.CharField(
        label="Dimensions", max_length=60, required=False, help_text="Mesurées, par exemple 3\u00a0×\u00a02\u00a0cm."
    )
    couleur = forms.CharField(label="Couleur, forme", max_length=120, required=False)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if any(donnees.values()):
            if not donnees.get("zone") and "zone" not in self.errors:
                self.add_error("zone", "Indiquez la partie du corps, ou videz cette ligne.")
            if not donnees.get("nature") and "nature" not in self.errors:
                self.add_error("nature", "Indiquez ce que vous voyez, ou videz cette ligne.")
        return donnees


EnfantsFormSet = formset_factory(EnfantForm, extra=1, max_num=12, validate_max=True)
LesionsFormSet = formset_factory(LesionForm, extra=1, max_num=40, validate_max=True)
