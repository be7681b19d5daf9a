"""The types and the size of one kind of piece."""

from typing import Any

from django import forms

from documents.reception import MO
from presentation.formulaires import Formulaire
from requisitions.pieces import GENRES, accueil


class ReglePieceForm(Formulaire):
    extensions = forms.MultipleChoiceField(
        label="Types acceptés",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Gardez au moins un type."},
    )
    taille_mo = forms.IntegerField(
        label="Taille la plus grande, en Mo",
        min_value=1,
        error_messages={"required": "Indiquez la taille.", "invalid": "Écrivez un nombre entier de mégaoctets."},
    )

    def __init__(self, *args: Any, genre: str, **options: Any) -> None:
        courant = accueil(genre)
        initial = {"extensions": list(courant.types.values()), "taille_mo": courant.taille // MO}
        super().__init__(*args, initial=initial, **options)
        champ: Any = self.fields["extensions"]
        champ.choices = [(ext, ext.upper()) for ext in GENRES[genre].plafond.types.values()]
