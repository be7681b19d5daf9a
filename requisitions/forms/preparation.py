"""What the archives say before a seizure, and whom legal affairs tell."""

from typing import Any

from django import forms

from accounts.models import User
from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.forms.champs import long_texte
from requisitions.models import Preparation


class PreparationForm(Formulaire):
    trouve = forms.ChoiceField(
        label="Le dossier du patient", choices=Preparation.Recherche.choices, widget=ChoixEncadres(),
        error_messages={"required": "Dites si le dossier est trouvé."},
    )  # fmt: skip
    ancien = forms.ChoiceField(
        label="L’ancien dossier papier",
        choices=Preparation.Ancien.choices,
        widget=ChoixEncadres(),
        help_text="Cherchez aussi les séjours anciens, les autres sites et les dossiers externalisés.",
        error_messages={"required": "Dites si l’ancien dossier papier est cherché."},
    )
    copie = forms.BooleanField(label="La copie intégrale est faite", required=False)
    precision = long_texte(
        "Où est la copie, ce qui manque", 2, required=False, help_text="Cote, armoire, nombre de pages. Aucun contenu."
    )


class PrevenirForm(Formulaire):
    medecin = forms.ModelChoiceField(
        label="Médecin responsable du patient",
        queryset=User.objects.none(),
        empty_label="Choisir",
        error_messages={"required": "Choisissez le médecin à prévenir."},
    )

    def __init__(self, *args: Any, medecins: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        possibles = User.objects.filter(pk__in=[medecin.pk for medecin in medecins]).order_by("nom", "pk")
        self.fields["medecin"].queryset = possibles  # type: ignore[attr-defined]
