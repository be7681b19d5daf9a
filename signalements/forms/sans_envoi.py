"""The forms by which a writing waits, or ends without being sent: a reason, and a day to look again."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from presentation.formulaires import DateNative, Formulaire

UN_AN = timedelta(days=366)
REEVALUATION = timedelta(days=7)


class Reevaluation(Formulaire):
    """A situation is not left longer than a week without being looked at again."""

    field_order = ("motif", "date_reevaluation")
    date_reevaluation = forms.DateField(
        label="Quand réévaluer la situation\u00a0?",
        widget=DateNative,
        help_text="Dans 7\u00a0jours au plus. Un rappel vous parvient ce jour-là.",
        error_messages={"required": "Indiquez quand réévaluer la situation."},
    )

    def clean_date_reevaluation(self) -> date:
        jour: date = self.cleaned_data["date_reevaluation"]
        aujourd_hui = timezone.localdate()
        if not aujourd_hui <= jour <= aujourd_hui + REEVALUATION:
            raise forms.ValidationError("Choisissez un jour entre aujourd’hui et dans 7\u00a0jours.")
        return jour


class DecisionForm(Reevaluation):
    motif = forms.CharField(
        label="Pourquoi vous ne signalez pas",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Par exemple\u00a0: danger sans emprise, elle refuse, rendez-vous proposé.",
        error_messages={"required": "Écrivez le motif de votre décision."},
    )
    second_avis = forms.BooleanField(
        label="Un second avis est demandé, ou j’écris dans le motif pourquoi il ne l’est pas.",
        error_messages={"required": "Demandez un second avis, ou écrivez pourquoi non, puis cochez la case."},
    )

    def __init__(self, *args: Any, avis: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        if avis:
            self.fields["second_avis"].help_text = avis
        else:
            del self.fields["second_avis"]


class OrientationForm(Formulaire):
    motif = forms.CharField(
        label="Ce qui lui a été proposé, et sa réponse",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Par exemple : association proposée seul à seul, elle réfléchit, rendez-vous de soins mardi.",
        error_messages={"required": "Écrivez ce qui lui a été proposé, et sa réponse."},
    )


class PreventionForm(Formulaire):
    motif = forms.CharField(
        label="Ce qui a été dit et fait",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Par exemple : parents informés de la loi et des risques, attestation remise, examen normal.",
        error_messages={"required": "Écrivez ce qui a été dit et fait."},
    )
    date_reevaluation = forms.DateField(
        label="Quand la revoir ?",
        widget=DateNative,
        help_text="Après le retour du voyage, dans un an au plus. Un rappel vous parvient ce jour-là.",
        error_messages={"required": "Indiquez quand la revoir."},
    )

    def clean_date_reevaluation(self) -> date:
        jour: date = self.cleaned_data["date_reevaluation"]
        aujourd_hui = timezone.localdate()
        if not aujourd_hui < jour <= aujourd_hui + UN_AN:
            raise forms.ValidationError("Choisissez un jour entre demain et dans un an.")
        return jour


class RetourForm(Formulaire):
    commentaire = forms.CharField(
        label="Ce que le contrôle a montré",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Écrivez ce que le contrôle a montré."},
    )


class AttenteForm(Reevaluation):
    motif = forms.CharField(
        label="Ce qui est attendu",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Par exemple\u00a0: elle réfléchit, et revient avec son accord écrit au rendez-vous.",
        error_messages={"required": "Écrivez ce qui est attendu."},
    )


class RetraitForm(Formulaire):
    motif = forms.CharField(
        label="Ce que la personne vous a dit, ou les circonstances",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Ses mots entre guillemets. Personne d’autre que vous ne les lit.",
        error_messages={"required": "Écrivez dans quelles circonstances l’accord est retiré."},
    )
