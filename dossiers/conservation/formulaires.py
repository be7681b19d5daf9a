"""What is typed to hold, extend or destroy, and to change a duration."""

from django import forms

from convention.models.habilitation import MOTIF_MINIMUM
from dossiers.models import MiseEnAttente
from presentation.formulaires import DateNative, Formulaire

AIDE = f"{MOTIF_MINIMUM} caractères au moins, lus par la seconde personne. Aucun nom."


class Motive(Formulaire):
    """A reason, for the second person and for the register."""

    motif = forms.CharField(
        label="Motif",
        min_length=MOTIF_MINIMUM,
        max_length=500,
        help_text=AIDE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": f"Écrivez le motif en {MOTIF_MINIMUM} caractères au moins."},
    )


class Geler(Motive):
    raison = forms.ChoiceField(label="Raison", choices=MiseEnAttente.Motif.choices)
    field_order = ("raison", "motif")


class Prolonger(Motive):
    jusqu_au = forms.DateField(label="Conserver jusqu’au", widget=DateNative())
    field_order = ("jusqu_au", "motif")


def _duree(libelle: str, maximum: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=libelle,
        min_value=0,
        max_value=maximum,
        error_messages={"min_value": "Donnez zéro ou plus.", "max_value": f"Donnez {maximum} au plus."},
    )


class Durees(Motive):
    """The durations of the next version of a rule."""

    actif_mois = _duree("Actif, mois", 360)
    actif_jours = _duree("Actif, jours en plus", 366)
    archive_mois = _duree("Archive restreinte, mois", 600)
    field_order = ("actif_mois", "actif_jours", "archive_mois", "motif")
