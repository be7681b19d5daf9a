"""The refusal of two persons: its ground and its words, the visa, the word that sends it back."""

from typing import Any

from django import forms

from presentation.formulaires import Formulaire
from requisitions.forms.champs import long_texte
from requisitions.lettres import motifs


class RefusForm(Formulaire):
    motif = forms.ChoiceField(
        label="Motif",
        error_messages={"required": "Indiquez le motif. Il sera lu par le requérant."},
    )
    texte = long_texte(
        "Explication",
        help_text="Lue par le requérant et par le parquet. Aucune information sur un patient.",
        error_messages={"required": "Expliquez le refus. Le requérant le lira."},
    )

    def __init__(self, *args: Any, type_acte: str, **options: Any) -> None:
        super().__init__(*args, **options)
        offerts = [(motif.value, motif.label) for motif in motifs.possibles(type_acte)]
        self.fields["motif"].choices = [("", "Choisir"), *offerts]  # type: ignore[attr-defined]


class PropositionForm(Formulaire):
    """Which proposal was read: another one would not be signed in its place."""

    proposition = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": "Relisez la proposition.", "invalid": "Relisez la proposition."},
    )


class RenvoiForm(PropositionForm):
    mot = long_texte(
        "Ce qui est à revoir",
        3,
        help_text="Lu par les affaires juridiques seulement.",
        error_messages={"required": "Dites aux affaires juridiques ce qui est à revoir."},
    )
