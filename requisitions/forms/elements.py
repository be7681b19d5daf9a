"""The answer to each item of a demand, on one page."""

from typing import Any

from django import forms

from presentation.formulaires import Formulaire
from requisitions.elements import PARTIEL, REFUSE, Reponse
from requisitions.forms.champs import ligne_de_texte
from requisitions.models import Element, Requisition


class ElementsForm(Formulaire):
    """Three fields an item, named by its rank; an item left empty waits for its answer."""

    marquer_facultatifs = False  # an answer may wait, none is optional

    ajout = ligne_de_texte(
        "Un autre élément demandé", 300, help_text="S’il est caché dans le texte d’un autre. Il attendra sa réponse."
    )

    def __init__(self, *args: Any, elements: list[Element], proposees: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.elements = elements
        for element, proposee in zip(elements, proposees, strict=True):
            rang = element.rang
            self.fields[f"decision_{rang}"] = forms.ChoiceField(
                label="Réponse",
                choices=[("", "À décider"), *Element.Decision.choices],
                required=False,
                initial=proposee,
            )
            self.fields[f"motif_{rang}"] = forms.ChoiceField(
                label="Motif, si refusé",
                choices=[("", "Choisir"), *Requisition.Refus.choices],
                required=False,
                initial=element.motif,
            )
            self.fields[f"precision_{rang}"] = ligne_de_texte(
                "Ce qui manque, ou pourquoi", 500, initial=element.precision
            )

    def lignes(self) -> list[tuple[Element, list[forms.BoundField]]]:
        return [
            (element, [self[f"{nom}_{element.rang}"] for nom in ("decision", "motif", "precision")])
            for element in self.elements
        ]

    def reponses(self) -> dict[int, Reponse]:
        lues = self.cleaned_data
        return {
            e.rang: Reponse(lues[f"decision_{e.rang}"], lues[f"motif_{e.rang}"], lues[f"precision_{e.rang}"])
            for e in self.elements
        }

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        for element in self.elements:
            decision = donnees.get(f"decision_{element.rang}")
            if decision == REFUSE and not donnees.get(f"motif_{element.rang}"):
                self.add_error(f"motif_{element.rang}", "Indiquez le motif du refus. Le requérant le lira.")
            if decision != REFUSE:
                donnees[f"motif_{element.rang}"] = ""
            if decision == PARTIEL and not donnees.get(f"precision_{element.rang}"):
                self.add_error(f"precision_{element.rang}", "Dites ce qui manque. Le requérant le lira.")
        return donnees
