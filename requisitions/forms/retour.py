"""The hour that the requester hopes for and the way back (M13): optional, and the delay that is due stays due."""

from datetime import datetime
from typing import Any

from django import forms

from requisitions.forms.champs import moment
from requisitions.forms.dates import exiger_proches
from requisitions.models import Requisition


def champ_souhait() -> forms.DateTimeField:
    return moment("Réponse souhaitée le (facultatif)", help_text="Ce souhait ne change pas le délai.")


def champ_canal() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Canal de retour (facultatif)",
        choices=[("", "Sans préférence"), *Requisition.RETOURS],
        required=False,
        help_text="Jamais par courriel.",
    )


def verifier_le_souhait(form: forms.Form, donnees: dict[str, Any], recue_le: datetime) -> None:
    le = donnees.get("reponse_souhaitee_le")
    if le and le <= recue_le:
        form.add_error("reponse_souhaitee_le", "Choisissez une heure qui suit la réception de la demande.")
    exiger_proches(form, donnees, ("reponse_souhaitee_le",))
