"""The forms of a trace: what was asked and by whom, an advice, the decision. No field takes an identity."""

from typing import Any

from django import forms

from fiches.models import ConsultationSecret
from presentation.formulaires import ChoixEncadres, Formulaire

SANS_IDENTITE = "Sans nom, sans date de naissance, sans numéro de dossier."


class TraceForm(Formulaire):
    v = forms.CharField(widget=forms.HiddenInput, max_length=10)
    r = forms.CharField(widget=forms.HiddenInput, max_length=30)
    p = forms.CharField(widget=forms.HiddenInput, max_length=30, required=False)
    demandeur_type = forms.ChoiceField(
        label="Qui demande",
        choices=[("", "Choisir"), *ConsultationSecret.Demandeur.choices],
        error_messages={"required": "Choisissez qui demande."},
    )
    question_type = forms.ChoiceField(
        label="Sur quoi",
        choices=[("", "Choisir"), *ConsultationSecret.Question.choices],
        error_messages={"required": "Choisissez sur quoi porte la question."},
    )


class DemandeAvisForm(Formulaire):
    aupres = forms.ChoiceField(
        label="À qui demandez-vous un avis",
        choices=[choix for choix in ConsultationSecret.Avis.choices if choix[0] != ConsultationSecret.Avis.AUCUN],
        widget=ChoixEncadres,
        error_messages={"required": "Choisissez à qui vous demandez un avis."},
    )


class DecisionForm(Formulaire):
    decision = forms.ChoiceField(
        label="Votre décision",
        choices=ConsultationSecret.Decision.choices,
        widget=ChoixEncadres,
        error_messages={"required": "Choisissez votre décision."},
    )
    motif = forms.CharField(
        label="Motif",
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=SANS_IDENTITE,
        error_messages={"required": "Écrivez le motif de votre décision."},
    )
    avis_recu = forms.BooleanField(label="J’ai reçu l’avis que j’avais demandé", required=False)

    def __init__(self, *args: Any, avec_avis: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not avec_avis:
            del self.fields["avis_recu"]
