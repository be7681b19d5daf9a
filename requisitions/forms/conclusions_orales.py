"""Conclusions given by word of mouth: to whom, when, at which number. No field for what was said."""

from typing import Any

from django.db.models import QuerySet

from convention.annuaire import valables
from convention.models import Contact
from dossiers.models import Dossier
from presentation.formulaires import Formulaire
from requisitions.forms.champs import ligne_de_texte, moment
from requisitions.forms.dates import exiger_passees
from requisitions.forms.instruction import ChampContact


class ConclusionOraleForm(Formulaire):
    contact = ChampContact(
        label="Numéro de l’annuaire composé",
        queryset=Contact.objects.none(),
        empty_label="Choisir",
        help_text="Rappelez vous-même ce numéro, jamais celui de la demande ni celui qui s’affiche.",
        error_messages={"required": "Choisissez le numéro que vous avez composé."},
    )
    officier = ligne_de_texte(
        "Nom et qualité de qui les a reçues",
        required=True,
        error_messages={"required": "Écrivez le nom et la qualité de qui les a reçues."},
    )
    donnee_le = moment("Données le", required=True, error_messages={"required": "Indiquez l’heure de l’appel."})

    def __init__(self, *args: Any, dossier: Dossier, **options: Any) -> None:
        super().__init__(*args, **options)
        contacts: QuerySet = Contact.objects.filter(valables(), service=dossier.service_emetteur_id)
        self.fields["contact"].queryset = contacts.exclude(telephone="")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        exiger_passees(self, donnees, ("donnee_le",))
        return donnees
