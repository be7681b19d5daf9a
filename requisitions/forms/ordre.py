"""The summons of the Ordre, and its own answer."""

from typing import Any

from django import forms

from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.forms.champs import ligne_de_texte, moment
from requisitions.models import Convocation


class ConvoquerForm(Formulaire):
    lieu = forms.ChoiceField(
        label="Point de rendez-vous",
        choices=Convocation.Lieu.choices,
        initial=Convocation.Lieu.ACCUEIL,
        help_text="Jamais un service de soins : le conseiller y est attendu, puis accompagné.",
        error_messages={"required": "Choisissez le point de rendez-vous."},
    )
    prevue_pour = moment(
        "Heure prévue", help_text="Laissez vide si elle n’est pas fixée : le conseiller vous appellera."
    )


class RepondreForm(Formulaire):
    reponse = forms.ChoiceField(
        label="Votre réponse",
        choices=Convocation.Reponse.choices,
        widget=ChoixEncadres(),
        error_messages={"required": "Dites si un conseiller vient."},
    )
    conseiller = ligne_de_texte("Conseiller qui vient", 160, help_text="Titre, prénom et nom. L’hôpital l’attend.")
    motif = ligne_de_texte("S’il ne vient pas : motif", 200, help_text="Lu par l’hôpital, et porté au dossier.")

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        vient = donnees.get("reponse") == Convocation.Reponse.VIENT
        if vient and not donnees.get("conseiller"):
            self.add_error("conseiller", "Nommez le conseiller qui vient.")
        if donnees.get("reponse") == Convocation.Reponse.EMPECHE and not donnees.get("motif"):
            self.add_error("motif", "Dites pourquoi aucun conseiller ne peut venir.")
        return donnees
