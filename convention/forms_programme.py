"""What is typed about a programme: a state, a plan, an indicator, a value, a stand."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from convention.models import Institution
from presentation.formulaires import DateNative, Formulaire
from transitions.workflow import Transition

NOMBRE = "Écrivez un nombre, par exemple 12 ou 12,5."
ORIGINE = "Par exemple\u00a0: comité de pilotage du 12 mars. Tous les partenaires le liront."


class Choisie(forms.ModelChoiceField):
    """An institution by its full name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.nom)


class Choisies(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.nom)


class AvancementForm(Formulaire):
    """What the action becomes, and why."""

    geste = forms.ChoiceField(
        label="Ce que devient l’action",
        widget=forms.RadioSelect,
        error_messages={"required": "Choisissez ce que devient l’action."},
    )
    motif = forms.CharField(
        label="Pourquoi",
        max_length=100,
        help_text="En une phrase. Tous les partenaires la liront.",
        error_messages={"required": "Dites pourquoi l’action change d’état."},
    )

    def __init__(self, *args: Any, transitions: list[Transition], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["geste"].choices = [(un.nom, un.libelle) for un in transitions]  # type: ignore[attr-defined]


class PlanForm(Formulaire):
    pilote = Choisie(
        label="Institution pilote",
        queryset=Institution.objects.none(),
        required=False,
        empty_label="Non précisée",
        help_text="Elle fera avancer l’action et saisira ses indicateurs.",
    )
    partenaires = Choisies(
        label="Institutions partenaires",
        queryset=Institution.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    echeance = forms.DateField(label="Échéance", required=False, widget=DateNative)
    origine = forms.CharField(
        label="Qui l’a décidé",
        max_length=200,
        help_text=ORIGINE,
        error_messages={"required": "Dites quelle réunion ou quel document fixe cette planification."},
    )

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for champ in ("pilote", "partenaires"):
            self.fields[champ].queryset = institutions  # type: ignore[attr-defined]


class IndicateurForm(Formulaire):
    intitule = forms.CharField(label="Ce que l’on compte", max_length=200)
    unite = forms.CharField(label="Unité", max_length=40, required=False)
    cible = forms.DecimalField(
        label="Valeur visée",
        required=False,
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput({"inputmode": "decimal"}),
        error_messages={"invalid": NOMBRE},
    )
    origine = forms.CharField(
        label="Qui a choisi cet indicateur",
        max_length=200,
        help_text=ORIGINE,
    )


class ReleveForm(Formulaire):
    valeur = forms.DecimalField(
        label="Valeur",
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput({"inputmode": "decimal"}),
        error_messages={"invalid": NOMBRE},
    )
    jour = forms.DateField(label="Date de la mesure", widget=DateNative)
    source = forms.CharField(
        label="Source",
        max_length=200,
        help_text="D’où vient cette valeur\u00a0: un registre, un comptage, un rapport.",
        error_messages={"required": "Dites d’où vient cette valeur."},
    )

    def clean_jour(self) -> date:
        jour: date = self.cleaned_data["jour"]
        if jour > timezone.localdate():
            raise forms.ValidationError("Cette date est à venir\u00a0: donnez le jour où la valeur a été constatée.")
        return jour


class StandForm(Formulaire):
    intitule = forms.CharField(label="Nom du stand", max_length=160)
    institution = Choisie(
        label="Institution qui le tient",
        queryset=Institution.objects.none(),
        required=False,
        empty_label="Aucune de la liste",
    )
    structure = forms.CharField(
        label="Association ou autre structure",
        max_length=160,
        required=False,
        help_text="Si aucune institution de la liste ne le tient. Pas de nom de personne.",
    )
    metiers = forms.CharField(
        label="Métiers présents",
        max_length=200,
        required=False,
        help_text="Par exemple\u00a0: sages-femmes, diététiciennes. Pas de nom de personne.",
    )
    professionnels = forms.IntegerField(
        label="Professionnels et bénévoles",
        min_value=1,
        max_value=2000,
        error_messages={
            "invalid": "Écrivez un nombre entier, par exemple 6.",
            "min_value": "Un stand est tenu par une personne au moins.",
        },
    )
    source = forms.CharField(
        label="Source",
        max_length=200,
        help_text="D’où vient cette inscription.",
    )

    def __init__(self, *args: Any, institutions: QuerySet[Institution], pour_tous: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]
        if not pour_tous:
            del self.fields["structure"]
            self.fields["institution"].required = True
            self.fields["institution"].error_messages["required"] = "Choisissez votre institution."

    def clean(self) -> dict[str, Any]:
        saisi = super().clean() or self.cleaned_data
        lisibles = "structure" in self.fields and not {"institution", "structure"} & set(self.errors)
        if lisibles and bool(saisi.get("institution")) == bool(saisi.get("structure")):
            phrase = "Dites qui tient le stand\u00a0: une institution de la liste, ou une structure ici."
            self.add_error("structure", phrase)
        return saisi
