"""The summons of the Ordre, its own answer, its report."""

from typing import Any

from django import forms

from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.forms.champs import ligne_de_texte, long_texte, moment
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
    marquer_facultatifs = False

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


class CompteRenduForm(Formulaire):
    compte_rendu = long_texte(
        "Ce que vous avez constaté",
        help_text="Présents, déroulement, tri, scellés. Ni nom de patient, ni information médicale.",
        error_messages={"required": "Écrivez le compte rendu de l’opération."},
    )
    reserves = long_texte(
        "Réserves",
        3,
        required=False,
        help_text="Celles que vous avez faites, et si elles sont portées au procès-verbal.",
    )
