"""One typed message."""

from django import forms

from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.echanges import Genre
from requisitions.forms.champs import long_texte


class MessageForm(Formulaire):
    cle = forms.UUIDField(widget=forms.HiddenInput)
    genre = forms.ChoiceField(
        label="Ce que vous envoyez",
        choices=Genre.choices,
        widget=ChoixEncadres(),
        error_messages={"required": "Choisissez ce que vous envoyez."},
    )
    texte = long_texte(
        "Message",
        help_text="Lu par l’autre partie, et par elle seule. Aucune information sur la santé d’une personne.",
        error_messages={"required": "Écrivez votre message."},
    )
