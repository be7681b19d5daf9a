"""The forms by which a writing waits, or ends without being sent: a reason, and a day to look again."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from presentation.formulaires import DateNative, Formulaire

UN_AN = timedelta(days=366)
REEVALUATION = timedelta(days=7)


def _recit(label: str, erreur: str, *, aide: str = "", lignes: int = 3) -> forms.CharField:
    """What the author must write in his words, and the sentence said when it is missing."""
    zone = forms.Textarea(attrs={"rows": lignes})
    return forms.CharField(label=label, widget=zone, help_text=aide, error_messages={"required": erreur})


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
    motif = _recit(
        "Pourquoi vous ne signalez pas",
        "Écrivez le motif de votre décision.",
        aide="Par exemple\u00a0: danger sans emprise, elle refuse, rendez-vous proposé.",
        lignes=4,
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
    motif = _recit(
        "Ce qui lui a été proposé, et sa réponse",
        "Écrivez ce qui lui a été proposé, et sa réponse.",
        aide="Par exemple : association proposée seul à seul, elle réfléchit, rendez-vous de soins mardi.",
        lignes=4,
    )


class PreventionForm(Formulaire):
    motif = _recit(
        "Ce qui a été dit et fait",
        "Écrivez ce qui a été dit et fait.",
        aide="Par exemple : parents informés de la loi et des risques, attestation remise, examen normal.",
        lignes=4,
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
    commentaire = _recit("Ce que le contrôle a montré", "Écrivez ce que le contrôle a montré.")


class AttenteForm(Reevaluation):
    motif = _recit(
        "Ce qui est attendu",
        "Écrivez ce qui est attendu.",
        aide="Par exemple\u00a0: elle réfléchit, et revient avec son accord écrit au rendez-vous.",
    )


class RetraitForm(Formulaire):
    motif = _recit(
        "Ce que la personne vous a dit, ou les circonstances",
        "Écrivez dans quelles circonstances l’accord est retiré.",
        aide="Ses mots entre guillemets. Personne d’autre que vous ne les lit.",
    )
