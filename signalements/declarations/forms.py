"""The forms of a declaration: one page of its route, its signature, and the answer of its recipient."""

from typing import Any

from django import forms
from django.utils import timezone

from convention.models import Service
from presentation.formulaires import Formulaire, MomentNatif
from signalements.champs import Genre
from signalements.controles import CONTROLES, Faits
from signalements.declarations.modele import Route
from signalements.forms.champs import champ_de
from signalements.forms.etape import Etape
from signalements.parcours import Page
from signalements.saisies import ComplementForm, PieceForm, SuiteForm


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


class SignerForm(Formulaire):
    """The recipient, the call and the signature. The alerts that remain are acknowledged with it."""

    destinataire = forms.ModelChoiceField(
        label="Destinataire",
        queryset=Service.objects.none(),
        error_messages={"required": "Choisissez le destinataire."},
    )
    telephone_rappel = forms.CharField(
        label="Où le destinataire peut vous rappeler",
        max_length=20,
        error_messages={"required": "Indiquez un numéro où vous rappeler."},
    )
    date_appel = forms.DateTimeField(label="Appel, quand\u00a0?", widget=MomentNatif, required=False)
    interlocuteur = forms.CharField(label="À qui avez-vous parlé\u00a0?", max_length=120, required=False)
    alertes_lues = forms.BooleanField(
        label="J’ai lu les points signalés ci-dessus.",
        error_messages={"required": "Lisez les points signalés, puis cochez la case."},
    )
    attestation_conscience = forms.BooleanField(
        label="J’ai relu. Rien n’y révèle ce que le secret couvre.",
        error_messages={"required": "Relisez, puis cochez la case pour transmettre."},
    )

    def __init__(self, *args: Any, voie: Route, alertes: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        admis = Service.objects.none()
        for institution, domaine in voie.destinataires:
            admis |= Service.objects.filter(institution__code=institution, domaine=domaine)
        self.fields["destinataire"].queryset = admis.order_by("nom_externe")  # type: ignore[attr-defined]
        self.fields["destinataire"].label_from_instance = lambda service: service.nom_externe  # type: ignore[attr-defined]
        if not alertes:
            del self.fields["alertes_lues"]


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
    def propres(self) -> dict[str, Any]:
        """The answers to the route's own questions, as they are kept."""
        return {propre.nom: propre.garder(self.cleaned_data.get(propre.nom)) for propre in self.attendus}

    @property
    def communs(self) -> dict[str, Any]:
        siens = {propre.nom for propre in self.attendus}
        return {nom: valeur for nom, valeur in self.cleaned_data.items() if nom not in siens}


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
