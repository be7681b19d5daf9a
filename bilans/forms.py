from django import forms

from presentation.formulaires import Formulaire


class CommentaireForm(Formulaire):
    """What one institution says of the year."""

    texte = forms.CharField(
        label="Votre commentaire",
        help_text="Lu par tous les signataires et repris dans le PDF. Aucun nom, aucun cas reconnaissable.",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Écrivez votre commentaire.",
            "max_length": "Le commentaire dépasse 3 000 signes. Raccourcissez-le.",
        },
    )
