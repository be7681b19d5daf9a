"""The forms of a meeting: call it, cancel it, say who came, decide, follow up."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone

from bilans.decisions import echeance_de_decision
from bilans.models import Decision, Invitation, Reunion
from convention.models import Institution
from fiches.forms import Lignes
from fiches.models import Fiche
from presentation.formulaires import ChoixEncadres, DateNative, Formulaire, MomentNatif

HORIZON = 3


class PlanifierForm(Formulaire):
    """A meeting to call, among the institutions of one convention."""

    cle = forms.UUIDField(widget=forms.HiddenInput)
    genre = forms.ChoiceField(label="Réunion", choices=Reunion.Genre.choices)
    debut = forms.DateTimeField(
        label="Date et heure",
        widget=MomentNatif,
        error_messages={
            "required": "Choisissez le jour et l’heure.",
            "invalid": "Écrivez une date et une heure, par exemple 15/01/2027 14:30.",
        },
    )
    lieu = forms.CharField(
        label="Lieu", max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    a_distance = forms.BooleanField(label="Elle se tient aussi, ou seulement, à distance", required=False)
    institutions = forms.MultipleChoiceField(
        label="Institutions invitées",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Invitez au moins une institution."},
    )
    points = Lignes(
        label="Autres points à l’ordre du jour",
        required=False,
        lignes=4,
        maximum=20,
        help_text="Une ligne par point. Ce qui est encore ouvert s’ajoute seul.",
    )

    def __init__(self, *args: Any, institutions: Iterable[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institutions"].choices = [  # type: ignore[attr-defined]
            (str(institution.pk), institution.nom) for institution in institutions
        ]

    def clean_debut(self) -> datetime:
        debut: datetime = self.cleaned_data["debut"]
        if debut <= timezone.now():
            raise forms.ValidationError("Choisissez une date à venir.")
        if debut.year > timezone.localdate().year + HORIZON:
            raise forms.ValidationError("Choisissez une date dans les trois ans.")
        return debut

    def clean_points(self) -> list[str]:
        points: list[str] = self.cleaned_data["points"]
        if any(len(point) > 300 for point in points):
            raise forms.ValidationError("Un point dépasse 300 signes. Raccourcissez-le.")
        return points

    def clean(self) -> dict[str, Any]:
        saisi = super().clean() or {}
        if "lieu" in saisi and not saisi["lieu"].strip() and not saisi.get("a_distance"):
            self.add_error("lieu", "Dites où elle se tient, ou cochez « à distance ».")
        return saisi


class AnnulerForm(Formulaire):
    motif = forms.CharField(
        label="Pourquoi elle n’a pas lieu",
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Dites pourquoi la réunion n’a pas lieu."},
    )


class SeanceForm(Formulaire):
    """Who came, in which function, and what was said."""

    compte_rendu = forms.CharField(
        label="Compte rendu",
        max_length=12000,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Ce qui a été dit, point par point. Aucun nom de patient, aucun cas reconnaissable.",
        error_messages={
            "required": "Écrivez le compte rendu.",
            "max_length": "Le compte rendu dépasse 12 000 signes. Raccourcissez-le.",
        },
    )

    def __init__(self, *args: Any, invitations: Iterable[Invitation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitations = list(invitations)
        for invitation in self.invitations:
            nom = invitation.institution.nom_court
            self.fields[f"present-{invitation.pk}"] = forms.BooleanField(
                label=f"Présence\u00a0: {nom}", required=False, initial=bool(invitation.present)
            )
            self.fields[f"fonction-{invitation.pk}"] = forms.CharField(
                label=f"Fonction de qui représentait\u00a0: {nom}",
                required=False,
                max_length=120,
                initial=invitation.fonction,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    @property
    def lignes(self) -> list[tuple[Any, Any]]:
        """The two fields of each institution, in the order of the invitations."""
        return [(self[f"present-{ligne.pk}"], self[f"fonction-{ligne.pk}"]) for ligne in self.invitations]

    def clean(self) -> dict[str, Any]:
        saisi = super().clean() or {}
        if not any(saisi.get(f"present-{ligne.pk}") for ligne in self.invitations):
            self.add_error(None, "Cochez au moins une institution présente.")
        return saisi

    @property
    def presences(self) -> Mapping[int, tuple[bool, str]]:
        saisi = self.cleaned_data
        return {ligne.pk: (saisi[f"present-{ligne.pk}"], saisi[f"fonction-{ligne.pk}"]) for ligne in self.invitations}


class DecisionForm(Formulaire):
    texte = forms.CharField(
        label="Décision",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Écrivez ce qui est décidé.",
            "max_length": "La décision dépasse 600 signes. Raccourcissez-la.",
        },
    )
    institution = forms.ChoiceField(
        label="Portée par", error_messages={"required": "Choisissez l’institution qui porte la décision."}
    )
    echeance = forms.DateField(
        label="Pour le",
        widget=DateNative,
        error_messages={
            "required": "Choisissez la date pour laquelle elle sera faite.",
            "invalid": "Écrivez une date complète, par exemple 15/01/2027.",
        },
    )
    fiche = forms.ChoiceField(label="Fiche concernée", required=False)

    def __init__(self, *args: Any, invitations: Iterable[Invitation], fiches: Iterable[Fiche], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._institutions = {str(ligne.institution_id): ligne.institution for ligne in invitations}
        self._fiches = {str(fiche.pk): fiche for fiche in fiches}
        institutions = [(cle, ligne.nom) for cle, ligne in self._institutions.items()]
        numeros = [(cle, str(ligne)) for cle, ligne in self._fiches.items()]
        self.fields["institution"].choices = [("", "Choisir"), *institutions]  # type: ignore[attr-defined]
        self.fields["fiche"].choices = [("", "Aucune"), *numeros]  # type: ignore[attr-defined]

    def clean_echeance(self) -> date:
        jour: date = self.cleaned_data["echeance"]
        if not (verdict := echeance_de_decision(jour, timezone.localdate())):
            raise forms.ValidationError(verdict.raison)
        return jour

    def clean_institution(self) -> Institution:
        return self._institutions[self.cleaned_data["institution"]]

    def clean_fiche(self) -> Fiche | None:
        return self._fiches.get(self.cleaned_data["fiche"])


class SuiteForm(Formulaire):
    """What became of a decision."""

    issue = forms.ChoiceField(
        label="Cette décision est",
        choices=Decision.Issue.choices,
        widget=ChoixEncadres(),
        error_messages={"required": "Dites si elle est faite ou abandonnée."},
    )
    suite = forms.CharField(
        label="Ce qui a été fait, ou pourquoi elle est abandonnée",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Dites ce qui a été fait, ou pourquoi la décision est abandonnée.",
            "max_length": "Le texte dépasse 600 signes. Raccourcissez-le.",
        },
    )
