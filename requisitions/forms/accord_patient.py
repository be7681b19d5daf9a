"""What the person says of the copy of their record."""

from typing import Any

from django import forms
from django.utils import timezone

from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.accord_patient import Valeur, faute_de_date
from requisitions.forms.champs import jour


class AccordPatientForm(Formulaire):
    valeur = forms.ChoiceField(
        label="La personne, ou la victime",
        choices=Valeur.choices,
        widget=ChoixEncadres(),
        help_text="Utile, jamais suffisant\u00a0: le médecin répond seul. Le requérant ne le lit pas.",
        error_messages={"required": "Dites si la personne a été interrogée, et ce qu’elle a dit."},
    )
    recueilli_le = jour("Dit le", help_text="Laissez vide si rien n’a été recueilli.")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if not self.errors and (
            faute := faute_de_date(donnees["valeur"], donnees.get("recueilli_le"), timezone.localdate())
        ):
            self.add_error("recueilli_le", faute)
        return donnees
