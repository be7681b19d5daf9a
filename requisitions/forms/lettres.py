"""The words of a standard letter."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from presentation.formulaires import Formulaire
from requisitions.lettres.modeles import verifier
from transitions.workflow import TransitionRefusee


class LettreForm(Formulaire):
    texte = forms.CharField(
        label="Texte de la lettre",
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=4000,
        help_text="Une ligne vide sépare deux paragraphes, **deux étoiles** mettent en gras. Aucun nom de patient.",
        error_messages={"required": "Écrivez le texte de la lettre."},
    )

    def __init__(self, *args: Any, genre: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.genre = genre

    def clean_texte(self) -> str:
        texte: str = self.cleaned_data["texte"]
        try:
            verifier(self.genre, texte)
        except TransitionRefusee as refus:
            raise ValidationError(str(refus)) from refus
        return texte
