"""Until when, and why."""

from typing import Any

from django import forms

from dossiers.models import Echeance
from presentation.formulaires import Formulaire
from presentation.temps import date_fr, heure_fr
from requisitions.forms.champs import moment
from requisitions.report import motifs_possibles


class ReportForm(Formulaire):
    motif = forms.ChoiceField(
        label="Motif",
        widget=forms.RadioSelect,
        help_text="Lu par le requérant.",
        error_messages={"required": "Choisissez le motif du report."},
    )
    jusqu_a = moment(
        "Nouvelle heure",
        required=True,
        error_messages={"required": "Indiquez jusqu’à quand la réponse est reportée."},
    )

    def __init__(self, *args: Any, type_acte: str, attendue: Echeance | None, **options: Any) -> None:
        super().__init__(*args, **options)
        choix = [(code, mots.capitalize()) for code, mots in motifs_possibles(type_acte).items()]
        self.fields["motif"].choices = choix  # type: ignore[attr-defined]
        if attendue:
            quand = f"le {date_fr(attendue.echeance_le)} à {heure_fr(attendue.echeance_le)}"
            self.fields["jusqu_a"].help_text = f"Réponse attendue {quand}. Reportez-la de 30 jours au plus."
