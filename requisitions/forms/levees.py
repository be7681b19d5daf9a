"""The grounds: one sentence beside each point lifted, each alert passed over."""

from collections.abc import Sequence
from typing import Any

from django import forms

from presentation.formulaires import Formulaire
from requisitions.levees import Point
from requisitions.workflow.levees import SANS_MOTIF

ALERTES = "alerte"


def ajouter_les_motifs(form: forms.Form, points: Sequence[Point], *, exiges: bool = True) -> None:
    """A field a point, which bears the finding as its label; an alert that is gone meanwhile is not an error."""
    for point in points:
        pourquoi = "Pourquoi passer outre" if exiges else "Pourquoi lever ce point"
        form.fields[point.cle] = forms.CharField(
            label=point.message,
            help_text=f"{point.numero}. {pourquoi}, en une phrase. Le requérant ne le lit pas.",
            max_length=300,
            required=exiges,
            widget=forms.Textarea(attrs={"rows": 2, "class": "textarea", "autocomplete": "off"}),
            error_messages={"required": "Écrivez pourquoi vous passez outre."},
        )


class LeveeForm(Formulaire):
    """Each point that bars the case; those left empty stay."""

    marquer_facultatifs = False
    jeux = ("levee",)

    def __init__(self, *args: Any, points: Sequence[Point], **options: Any) -> None:
        super().__init__(*args, **options)
        ajouter_les_motifs(self, points, exiges=False)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not self.errors and not any(donnees.values()):
            self.add_error(None, SANS_MOTIF)
        return donnees
