"""Fields several forms share."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from documents.flux import Source
from documents.models import Fichier
from documents.morceaux import terminer
from documents.reception import PDF_SEUL as PDF_SEUL
from documents.reception import PIECES, Accueil, FichierRefuse, recevoir
from presentation.formulaires import DateNative, MomentNatif
from requisitions.pieces import accueil as accueil_du
from requisitions.pieces import aide

VIE = 120


class ChampFichier(forms.FileField):
    """An upload checked, cleaned and sealed at once: the cleaned value is a Fichier."""

    widget = forms.FileInput

    def __init__(self, *, accueil: Accueil = PIECES, **options: Any) -> None:
        super().__init__(**options)
        self.accueil = accueil

    def clean(self, data: Any, initial: Any = None) -> Fichier | None:
        envoye = super().clean(data, initial)
        if not envoye:
            return None
        try:
            return self.recevoir(envoye.name, envoye)
        except FichierRefuse as erreur:
            raise ValidationError(str(erreur)) from erreur

    def recevoir(self, nom: str, contenu: Source) -> Fichier:
        return recevoir(nom, contenu, self.accueil)


def suivre(form: forms.Form, champ: str, genre: str, suite: str = "") -> None:
    """A file field accepts what the row of its kind says, and says it under the field."""
    fichier: Any = form.fields[champ]
    fichier.accueil = accueil_du(genre)
    fichier.help_text = f"{aide(fichier.accueil)} {suite}".strip()


@dataclass(frozen=True, slots=True)
class EnvoiAttendu:
    """Whose large upload may come with a form, for what, and what is accepted."""

    titulaire: int
    contexte: str
    accueil: Accueil


def champ_envoi() -> forms.UUIDField:
    return forms.UUIDField(required=False, widget=forms.HiddenInput(attrs={"data-morceaux-cle": ""}))


def fichier_envoye(donnees: dict[str, Any], attendu: EnvoiAttendu | None) -> Fichier | None:
    """The file that came by chunks, checked and sealed; raises ValidationError with its sentence."""
    cle = donnees.pop("envoi", None)
    if cle is None or attendu is None:
        return None
    try:
        return terminer(cle=cle, titulaire=attendu.titulaire, contexte=attendu.contexte, accueil=attendu.accueil)
    except FichierRefuse as erreur:
        raise ValidationError(str(erreur)) from erreur


def ligne_de_texte(label: str, longueur: int = 160, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longueur, required=options.pop("required", False), **options)


def long_texte(label: str, lignes: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": lignes}), max_length=5000, **options)


def annee_possible(valeur: date) -> None:
    """No date of ours is older than a life: the year was mistyped."""
    if valeur.year < timezone.localdate().year - VIE:
        raise ValidationError(f"Vérifiez l’année\u00a0: cette date a plus de {VIE} ans.")


def jour(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=DateNative,
        required=options.pop("required", False),
        validators=[annee_possible],
        **options,
    )


def moment(label: str, **options: Any) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        widget=MomentNatif,
        required=options.pop("required", False),
        input_formats=["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M"],
        validators=[annee_possible],
        **options,
    )
