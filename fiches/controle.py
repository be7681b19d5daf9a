"""The two questions of a sheet: answered by its reader, written by the référente."""

from collections.abc import Sequence
from typing import Any

from django import forms

from fiches.accuses import fausses
from fiches.contenu import Question
from presentation.formulaires import ChoixEncadres, Formulaire


class ControleForm(Formulaire):
    """Valid when every answer is right. An error says what the sheet says, and `passages` where it says it."""

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._questions = questions
        for rang, question in enumerate(questions, 1):
            self.fields[f"question_{rang}"] = forms.TypedChoiceField(
                label=question.question,
                choices=list(enumerate(question.reponses, 1)),
                coerce=int,
                widget=ChoixEncadres(),
                error_messages={"required": "Choisissez une réponse."},
            )

    def clean(self) -> dict[str, Any]:
        saisi = super().clean() or {}
        reponses = {
            rang: saisi[f"question_{rang}"]
            for rang in range(1, len(self._questions) + 1)
            if f"question_{rang}" in saisi
        }
        for rang in fausses(self._questions, reponses):
            if rang in reponses:
                self.add_error(f"question_{rang}", f"Pas tout à fait. {self._questions[rang - 1].explication}")
        return saisi

    @property
    def passages(self) -> list[tuple[int, str]]:
        """The questions answered wrong, and the passage to read again."""
        return [
            (rang, question.passage)
            for rang, question in enumerate(self._questions, 1)
            if self.is_bound and self.errors.get(f"question_{rang}") and self.data.get(f"question_{rang}")
        ]


class QuestionForm(Formulaire):
    """One question, as the référente writes it."""

    question = forms.CharField(label="Question", max_length=240)
    reponses = forms.CharField(
        label="Réponses proposées",
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="De deux à quatre réponses, une par ligne.",
    )
    bonne = forms.IntegerField(label="Numéro de la bonne réponse", min_value=1, max_value=4)
    explication = forms.CharField(
        label="Ce que dit la fiche",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Montré après une réponse fausse.",
    )
    passage = forms.CharField(
        label="Passage à relire",
        max_length=12,
        help_text="essentiel, accord, eviter, delais, pratique, textes, ou etapes-3 pour la troisième étape.",
    )


QuestionJeu = forms.formset_factory(QuestionForm, extra=2, can_delete=True, absolute_max=4, max_num=2)


def initiales(questions: Sequence[Question]) -> list[dict[str, Any]]:
    return [
        {
            "question": question.question,
            "reponses": "\n".join(question.reponses),
            "bonne": question.bonne,
            "explication": question.explication,
            "passage": question.passage,
        }
        for question in questions
    ]


def en_questions(lignes: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was typed, as a content holds it."""
    return [
        {**ligne, "reponses": [mots.strip() for mots in ligne["reponses"].splitlines() if mots.strip()]}
        for ligne in lignes
    ]
