"""What is typed in rows: another victim, a protection asked and decided, an action with its owner and its day."""

from typing import Any

from django import forms
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier
from presentation.formulaires import ChoixEncadres, DateNative, Formulaire
from signalements.declarations.contenu import Lue
from signalements.declarations.routes.violence_questions import METIERS
from signalements.declarations.tables import Mesure, Victime
from signalements.forms.champs import choix
from signalements.reponses import OuiNon

_OUI_NON = [("", "Non précisé"), *OuiNon.choices]


class VictimeForm(Formulaire):
    nom = forms.CharField(
        label="Professionnel", max_length=160, error_messages={"required": "Indiquez le professionnel."}
    )
    metier = choix("Son métier", list(METIERS), "Indiquez son métier.")
    statut = choix("Il ou elle est", list(Victime.Statut.choices), "Indiquez son statut.")
    lesion = forms.ChoiceField(label="Une lésion a-t-elle été constatée\u00a0?", choices=_OUI_NON, required=False)
    arret_jours = forms.IntegerField(label="Arrêt de travail, en jours", min_value=0, max_value=9999, required=False)
    itt_jours = forms.IntegerField(
        label="ITT, en jours",
        min_value=0,
        max_value=9999,
        required=False,
        help_text="Celle du certificat. L’arrêt de travail n’est pas l’ITT.",
    )
    soutien = forms.ChoiceField(label="Un soutien a-t-il été proposé\u00a0?", choices=_OUI_NON, required=False)


def _pas_dans_le_futur(jour: Any) -> Any:
    if jour > timezone.localdate():
        raise forms.ValidationError("Cette date est dans le futur. Corrigez-la.")
    if jour.year < 2000:
        raise forms.ValidationError("Cette date est trop ancienne. Corrigez l’année.")
    return jour


class ProtectionForm(Formulaire):
    """The request is the agent's own, in writing: whoever records it says so."""

    accompagnent = frozenset({"genre"})
    cle = forms.UUIDField(widget=forms.HiddenInput)
    victime = forms.ChoiceField(label="Pour qui", required=False, help_text="Chaque agent demande pour lui-même.")
    demandee_le = forms.DateField(
        label="Jour de sa demande écrite",
        widget=DateNative,
        error_messages={"required": "Indiquez le jour de la demande."},
    )
    ecrite = forms.BooleanField(
        label="La demande est écrite et signée par l’agent lui-même.",
        error_messages={"required": "Sans demande signée par l’agent, la protection ne s’enregistre pas."},
    )

    def __init__(self, *args: Any, lue: Lue, **options: Any) -> None:
        super().__init__(*args, **options)
        self.victimes = {str(victime.cle): victime for victime in lue.victimes}
        autres = [(cle, victime.nom) for cle, victime in self.victimes.items()]
        self.fields["victime"].choices = [("", lue.reponses.get("agent_nom") or "L’agent déclaré"), *autres]  # type: ignore[attr-defined]

    def clean_demandee_le(self) -> Any:
        return _pas_dans_le_futur(self.cleaned_data["demandee_le"])

    @property
    def valeurs(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        return {"victime": self.victimes.get(donnees["victime"]), "demandee_le": donnees["demandee_le"]}


class DecisionForm(Formulaire):
    decision = forms.ChoiceField(
        label="Décision",
        choices=Mesure.Decision.choices,
        widget=ChoixEncadres,
        error_messages={"required": "Dites si la protection est accordée ou refusée."},
    )
    decidee_le = forms.DateField(
        label="Jour de la décision",
        widget=DateNative,
        error_messages={"required": "Indiquez le jour de la décision."},
    )
    accordees = forms.CharField(
        label="Ce qui est accordé, ou le motif du refus",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=2000,
        help_text="Avocat, soutien, réparation, mutation, sécurité.",
        error_messages={"required": "Écrivez ce qui est accordé, ou pourquoi c’est refusé."},
    )

    def clean_decidee_le(self) -> Any:
        return _pas_dans_le_futur(self.cleaned_data["decidee_le"])


class ActionForm(Formulaire):
    """An action of the plan, or a measure of prevention."""

    accompagnent = frozenset({"genre"})
    cle = forms.UUIDField(widget=forms.HiddenInput)
    intitule = forms.CharField(
        label="La mesure",
        max_length=300,
        help_text="Par exemple\u00a0: réparer la porte du hall B. Aucun nom de patient.",
        error_messages={"required": "Écrivez la mesure."},
    )
    responsable = forms.CharField(
        label="Responsable",
        max_length=120,
        help_text="Une fonction plutôt qu’un nom.",
        error_messages={"required": "Indiquez qui en répond."},
    )
    echeance = forms.DateField(label="Pour le", widget=DateNative, error_messages={"required": "Indiquez pour quand."})

    def clean_echeance(self) -> Any:
        jour = self.cleaned_data["echeance"]
        aujourd_hui = timezone.localdate()
        if jour < aujourd_hui or jour.year > aujourd_hui.year + 5:
            raise forms.ValidationError("Choisissez un jour entre aujourd’hui et dans cinq ans.")
        return jour

    @property
    def valeurs(self) -> dict[str, Any]:
        return {nom: self.cleaned_data[nom] for nom in ("intitule", "responsable", "echeance")}


class IdentificationForm(Formulaire):
    """The day, and the case that sought the same person: never a name."""

    cle = forms.UUIDField(widget=forms.HiddenInput)
    identifie_le = forms.DateField(
        label="Identité établie le",
        widget=DateNative,
        error_messages={"required": "Indiquez le jour où l’identité a été établie."},
    )
    rapproche = forms.CharField(
        label="Dossier de disparition à rapprocher",
        max_length=20,
        required=False,
        help_text="Son numéro, par exemple SIG-2026-0347. Le nom se donne aux admissions, pas ici.",
    )

    def __init__(self, *args: Any, lue: Lue, acteur: Acteur, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lue, self.acteur = lue, acteur

    def clean_identifie_le(self) -> Any:
        return _pas_dans_le_futur(self.cleaned_data["identifie_le"])

    def clean_rapproche(self) -> Dossier | None:
        reference = self.cleaned_data["rapproche"].strip().upper()
        if not reference:
            return None
        connus = Dossier.objects.visibles_par(self.acteur).exclude(pk=self.lue.dossier.pk)
        trouve = connus.filter(reference=reference).first()
        if trouve is None:
            raise forms.ValidationError("Aucun autre dossier à ce numéro parmi les vôtres. Relisez, ou laissez vide.")
        return trouve
