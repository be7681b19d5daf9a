"""The call to the parquet about a presence that is not revealed."""

from typing import Any

from django import forms

from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.forms.champs import ligne_de_texte, long_texte


class AppelParquetForm(Formulaire):
    magistrat = ligne_de_texte(
        "Magistrat appelé", 80, required=True, error_messages={"required": "Indiquez le magistrat."}
    )
    decision = forms.ChoiceField(
        label="Décision",
        choices=[
            ("rien", "Rien n’est révélé, la réponse reste neutre"),
            ("informe", "Le magistrat est informé : une vie est en danger"),
        ],
        widget=ChoixEncadres(),
        error_messages={"required": "Choisissez ce qui a été décidé."},
    )
    base = ligne_de_texte("Texte qui le permet", 120, help_text="Obligatoire si le magistrat est informé.")
    motif = long_texte(
        "Motif", 3, help_text="Lu dans l’hôpital seulement.", error_messages={"required": "Indiquez le motif."}
    )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        if donnees.get("decision") == "informe" and not donnees.get("base"):
            self.add_error("base", "Indiquez le texte qui permet d’informer le magistrat.")
        return donnees
