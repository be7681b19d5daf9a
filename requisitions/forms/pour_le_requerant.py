"""What a requester without an account says or brings: whose word it is and how it came, then the requester's page."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from convention.acteur import Acteur
from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.forms.champs import ligne_de_texte
from requisitions.forms.instruction import MotifForm
from requisitions.forms.regularisation import ReponseComplementForm
from requisitions.models import Requisition, TitreJudiciaire
from requisitions.pour_le_requerant import MOYENS, Canal, Parole
from requisitions.titres import toujours_vise
from requisitions.workflow import Reponse

# What the page says to the requester is said here to whoever writes for them.
DITS_AUTREMENT = {
    "texte": "Ce que répond le requérant",
    "instruction_couvre": "Elle couvre l’acte, l’infraction et la qualité du requérant",
    "mission": "Ce qui est demandé",
}


class ParoleForm(Formulaire):
    field_order = ("moyen", "par_qui")

    moyen = forms.ChoiceField(
        label="Comment est-ce arrivé ?",
        choices=[(moyen, Canal(moyen).label) for moyen in MOYENS],
        widget=ChoixEncadres(attrs={"class": "boxes--2"}),
        error_messages={"required": "Dites comment c’est arrivé."},
    )
    par_qui = ligne_de_texte(
        "Qui l’a dit ou apporté",
        required=True,
        help_text="Nom et qualité, tels que dits. Lu par toutes les parties du dossier.",
        error_messages={"required": "Indiquez qui l’a dit ou apporté."},
    )

    def parole(self) -> Parole:
        return Parole(self.cleaned_data["par_qui"], self.cleaned_data["moyen"])


class ReponseRecueForm(ParoleForm, ReponseComplementForm):
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for nom, mots in DITS_AUTREMENT.items():
            if nom in self.fields:
                self.fields[nom].label = mots
        self.fields["texte"].error_messages["required"] = "Écrivez ce que répond le requérant."

    def titres(self, acteur: Acteur, lettre: Requisition) -> QuerySet[TitreJudiciaire]:
        return toujours_vise(lettre)

    def reponse(self) -> Reponse:
        donnees = self.cleaned_data
        return Reponse(
            donnees["texte"], self.corrections(), self.personne(), donnees["fichier"], donnees.get("acte_signe", False)
        )


class RetraitDitForm(ParoleForm, MotifForm):
    """The withdrawal as it was said."""
