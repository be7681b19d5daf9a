from typing import Any

from django import forms
from django.utils import timezone

from dossiers.bris_de_glace import MOTIF_MINIMUM, TROP_COURT
from dossiers.models import BrisDeGlace, Exclusion
from dossiers.papier import lire_numero
from dossiers.reprise import est_le_bon, est_possible
from presentation.formulaires import Formulaire, MomentNatif


class BrisForm(Formulaire):
    reference = forms.CharField(
        label="Référence du dossier",
        max_length=20,
        help_text="Par exemple SIG-2026-0347. L’accès ne se cherche pas par un nom.",
        widget=forms.TextInput(attrs={"class": "input input--m", "autocomplete": "off"}),
    )
    raison = forms.ChoiceField(
        label="Raison", choices=[("", "Choisir une raison"), *BrisDeGlace.Raison.choices], widget=forms.Select
    )
    motif = forms.CharField(
        label="Motif",
        max_length=500,
        help_text=f"{MOTIF_MINIMUM} caractères au moins. Écrivez ce qui vous oblige à lire maintenant, sans nom.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean_motif(self) -> str:
        motif = " ".join(str(self.cleaned_data["motif"]).split())
        if len(motif) < MOTIF_MINIMUM:
            raise forms.ValidationError(TROP_COURT)
        return motif


class ExamenForm(Formulaire):
    constat = forms.ChoiceField(label="Constat", choices=BrisDeGlace.Constat.choices, widget=forms.RadioSelect)
    avis = forms.CharField(
        label="Votre avis",
        max_length=500,
        required=False,
        help_text="Conservé avec l’accès, lu par la protection des données.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ChercherCollegueForm(Formulaire):
    qui = forms.CharField(
        label="Nom ou adresse électronique",
        min_length=2,
        max_length=80,
        help_text="Dans votre établissement seulement.",
        widget=forms.TextInput(attrs={"class": "input input--m", "autocomplete": "off"}),
    )


class ExclureForm(Formulaire):
    """`personnes` are the colleagues found: (key, name and service)."""

    qui = forms.CharField(widget=forms.HiddenInput, max_length=80)
    personne = forms.ChoiceField(label="Personne", widget=forms.RadioSelect)
    motif = forms.ChoiceField(label="Motif", choices=Exclusion.Motif.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, personnes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        champ: forms.ChoiceField = self.fields["personne"]  # type: ignore[assignment]
        champ.choices = personnes


class PapierForm(Formulaire):
    """What a paper form says of itself; the rule of `dossiers.reprise` answers beside the fields."""

    numero = forms.CharField(
        label="Numéro imprimé en haut du papier",
        max_length=50,
        help_text="Par exemple P-SIG-261126-CHV-03-42. Les deux derniers chiffres en font partie.",
        widget=forms.TextInput(attrs={"class": "input input--m", "autocomplete": "off"}),
    )
    rempli_le = forms.DateTimeField(
        label="Jour et heure écrits sur le papier",
        widget=MomentNatif,
        help_text="Les délais courent depuis cette heure. L’heure de votre saisie est notée à part.",
    )

    def __init__(self, *args: Any, formulaire: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._formulaire = formulaire

    def clean(self) -> dict[str, Any]:
        valeurs = super().clean() or {}
        numero = lire_numero(valeurs.get("numero", ""))
        if "numero" in valeurs and not (verdict := est_le_bon(numero, self._formulaire)):
            self.add_error("numero", verdict.raison)
        elif numero and "rempli_le" in valeurs:
            verdict = est_possible(numero, valeurs["rempli_le"], timezone.now())
            if not verdict:
                self.add_error("rempli_le", verdict.raison)
        return valeurs
