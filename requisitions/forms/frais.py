"""Frais de justice: what legal affairs hand over, and each step of the accounts office."""

from decimal import Decimal
from typing import Any

from django import forms

from presentation.formulaires import Formulaire
from requisitions.forms.champs import ligne_de_texte, moment
from requisitions.forms.dates import pas_encore
from requisitions.frais import SUITES, Situation
from requisitions.models import Memoire


class OuvrirMemoireForm(Formulaire):
    acte = forms.ChoiceField(
        label="Acte",
        choices=[("", "Choisir"), *Memoire.Acte.choices],
        error_messages={"required": "Choisissez l’acte à facturer."},
    )
    acte_du = moment(
        "Acte fait le",
        required=True,
        help_text="L’heure décide de la majoration de nuit.",
        error_messages={"required": "Indiquez la date et l’heure de l’acte."},
    )
    num_procedure = ligne_de_texte(
        "Numéro de procédure", 60, help_text="Porté sur le mémoire. Jamais le nom du patient."
    )

    def clean_acte_du(self) -> Any:
        if faute := pas_encore(self.cleaned_data["acte_du"]):
            raise forms.ValidationError(faute)
        return self.cleaned_data["acte_du"]


class SuivreMemoireForm(Formulaire):
    situation = forms.ChoiceField(label="Étape", error_messages={"required": "Choisissez l’étape."})
    numero = ligne_de_texte(
        "Numéro du mémoire",
        40,
        help_text="Celui du portail des frais de justice.",
        error_messages={"required": "Indiquez le numéro du mémoire."},
    )
    montant = forms.DecimalField(
        label="Montant, en euros",
        required=False,
        min_value=Decimal("0.01"),
        max_digits=8,
        decimal_places=2,
        error_messages={
            "required": "Indiquez le montant.",
            "invalid": "Écrivez un montant, par exemple 62,50.",
            "min_value": "Le montant est positif.",
        },
        localize=True,
    )
    motif = ligne_de_texte("Motif du rejet", 200, help_text="Si le tribunal l’a rejeté.")

    def __init__(self, *args: Any, memoire: Memoire, **options: Any) -> None:
        super().__init__(*args, **options)
        offertes = [(suite.value, suite.label) for suite in SUITES[memoire.situation]]
        self.fields["situation"].choices = [("", "Choisir"), *offertes]  # type: ignore[attr-defined]
        attendus = {"motif"} if Situation.REJETE in SUITES[memoire.situation] else {"numero", "montant"}
        for nom in {"numero", "montant", "motif"} - attendus:
            del self.fields[nom]
        if "numero" in attendus:
            self.fields["numero"].required = self.fields["montant"].required = True
            self.initial["situation"] = Situation.DEPOSE

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("situation") == Situation.REJETE and not donnees.get("motif"):
            self.add_error("motif", "Indiquez le motif du rejet.")
        return donnees
