"""The requester's own search: a procedure number, one of the reader's units."""

from typing import Any

from django import forms

from convention.acteur import Acteur
from presentation.formulaires import Formulaire
from requisitions.forms.champs import ligne_de_texte
from requisitions.policies import DEPOSANTS


class ChercherForm(Formulaire):
    """Sent by POST: a procedure number stays out of addresses and their logs."""

    procedure = ligne_de_texte("Numéro de procédure, ou référence", 60)
    unite = forms.TypedChoiceField(label="Unité", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, acteur: Acteur, **options: Any) -> None:
        super().__init__(*args, **options)
        unites = {place.service_id: place.service_nom for place in acteur.places if place.role in DEPOSANTS}
        self.fields["unite"].choices = [("", "Toutes mes unités"), *unites.items()]  # type: ignore[attr-defined]
        if len(unites) < 2:
            del self.fields["unite"]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not donnees.get("procedure") and not donnees.get("unite"):
            self.add_error("procedure", "Écrivez un numéro, même incomplet.")
        return donnees
