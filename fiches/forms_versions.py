"""The small forms around a revision: two versions to compare, a day of effect, a member of a working group."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from fiches.policies import echeance_d_avis
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


class EcheanceForm(Formulaire):
    """The day by which each partner gives its opinion."""

    avis_avant = forms.DateField(
        label="Avis attendus au plus tard le",
        widget=DateNative,
        help_text="Ce jour passé, un partenaire qui n’a rien dit n’a pas approuvé.",
        error_messages={
            "required": "Choisissez le jour où les avis sont attendus.",
            "invalid": "Écrivez une date complète, par exemple 15/01/2027.",
        },
    )

    def clean_avis_avant(self) -> date:
        jour: date = self.cleaned_data["avis_avant"]
        if not (verdict := echeance_d_avis(jour, timezone.localdate())):
            raise forms.ValidationError(verdict.raison)
        return jour


class ReponseForm(Formulaire):
    """One answer in the thread of a remark."""

    texte = forms.CharField(
        label="Votre réponse",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez votre réponse."},
    )


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
