"""Another doctor is named; a doctor says that they cannot answer."""

from django import forms

from presentation.formulaires import Formulaire
from requisitions.forms.instruction import AffectationForm
from requisitions.models import Recusation


class RemplacementForm(AffectationForm):
    """The form of the first naming, for the version of the case that was read."""

    version = forms.CharField(required=False, widget=forms.HiddenInput)


class DeclinForm(Formulaire):
    motif = forms.ChoiceField(
        label="Pourquoi",
        choices=Recusation.Motif.choices,
        widget=forms.RadioSelect(),
        help_text="Lu par les affaires juridiques, jamais par le requérant. N’écrivez rien sur la personne ailleurs.",
        error_messages={"required": "Indiquez pourquoi vous ne pouvez pas répondre."},
    )
