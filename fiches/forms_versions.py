"""The small forms around a revision: two versions to compare, a day of effect, a member of a working group."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from presentation.formulaires import DateNative, Formulaire


class VersionsForm(Formulaire):
    """Two versions to compare, `choix`: (number, words). Read from the address: nothing is written."""

    de = forms.ChoiceField(label="De la version")
    a = forms.ChoiceField(label="À la version")

    def __init__(self, *args: Any, choix: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nom in ("de", "a"):
            self.fields[nom].choices = choix  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        saisi = super().clean() or {}
        if saisi.get("de") and saisi.get("de") == saisi.get("a"):
            self.add_error("a", "Choisissez deux versions différentes.")
        return saisi


class EffetForm(Formulaire):
    """The day an approved version comes into force."""

    jour = forms.DateField(
        label="Entrée en vigueur",
        widget=DateNative,
        error_messages={"required": "Choisissez le jour d’entrée en vigueur."},
    )

    def clean_jour(self) -> date:
        jour: date = self.cleaned_data["jour"]
        if jour <= timezone.localdate():
            raise forms.ValidationError(
                "Choisissez une date à venir. Pour aujourd’hui, utilisez « Mettre en vigueur »."
            )
        return jour


class MembreForm(Formulaire):
    """Named by the address of an account: no list of all the accounts is ever shown."""

    courriel = forms.EmailField(
        label="Adresse électronique de son compte",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": "Écrivez l’adresse du compte de cette personne.",
            "invalid": "Écrivez une adresse complète, par exemple prenom.nom@partenaire.fr.",
        },
    )
