"""The forms of a declaration: one page of its route, its signature, and the answer of its recipient."""

from typing import Any

from django import forms
from django.utils import timezone

from signalements.champs import Genre
from signalements.controles import CONTROLES, Faits
from signalements.declarations.modele import Route
from signalements.forms.champs import champ_de
from signalements.forms.etape import Etape
from signalements.parcours import Page
from signalements.saisies import ComplementForm, PieceForm, SuiteForm, TransmettreForm


class PageForm(Etape):
    """The fields that the route asks on one page."""

    def __init__(self, *args: Any, page: Page, **options: Any) -> None:
        self.code = page.code
        super().__init__(*args, **options)

    def clean(self) -> dict[str, Any]:
        donnees = super().clean()
        for propre in self.attendus:
            valeur = donnees.get(propre.nom)
            if propre.genre is Genre.MOMENT and valeur and valeur > timezone.now():
                self.add_error(propre.nom, "Ce moment est dans le futur. Corrigez le jour ou l’heure.")
        return donnees


class SignerForm(TransmettreForm):
    """What its signatory attests here is that nothing of what secrecy covers is written."""

    attestation_conscience = forms.BooleanField(
        label="J’ai relu. Rien n’y révèle ce que le secret couvre.",
        error_messages={"required": "Relisez, puis cochez la case pour transmettre."},
    )


class DepotForm(PieceForm):
    """A file of one of the kinds that the route takes."""

    def __init__(self, *args: Any, voie: Route, **options: Any) -> None:
        super().__init__(*args, voie=voie, **options)
        self.fields["intitule"].choices = [("", "Choisir"), *((mot, mot) for mot in voie.pieces_admises)]  # type: ignore[attr-defined]


class ReponseForm(SuiteForm):
    """The outcomes of this route, and what it asks with them."""

    def __init__(self, *args: Any, voie: Route, **options: Any) -> None:
        super().__init__(*args, voie=voie, **options)
        self.fields["information"].label = "Ce que lit l’hôpital"
        self.fields["information"].help_text = ""
        self.attendus = voie.suite
        self.fields.update({propre.nom: champ_de(propre) for propre in voie.suite})

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        for propre in self.attendus:
            if propre.requis_si and not donnees.get(propre.nom) and donnees.get("suite_type") in propre.requis_si[1]:
                self.add_error(propre.nom, propre.requis_si[2])
        return donnees

    @property
    def reponse(self) -> dict[str, Any]:
        """What the verb receives: the common answers, and the route's own as they are kept."""
        siens = {propre.nom: propre.garder(self.cleaned_data.get(propre.nom)) for propre in self.attendus}
        communs = {nom: valeur for nom, valeur in self.cleaned_data.items() if nom not in siens}
        return communs | {"propres": siens}


class AjoutForm(ComplementForm):
    """A complement: there is nobody to inform here, and nothing to choose."""

    def __init__(self, *args: Any, voie: Route, **options: Any) -> None:
        super().__init__(*args, voie=voie, **options)
        self.voie = voie
        del self.fields["objet"]
        self.fields["fichier"].help_text = "Aucun nom de patient, dans le texte comme dans la pièce."

    def clean_texte(self) -> str:
        texte: str = self.cleaned_data["texte"]
        constat = CONTROLES["C16"](Faits(voie=self.voie.code, propres={"texte": texte}))
        if constat:
            raise forms.ValidationError(constat.message)
        return texte
