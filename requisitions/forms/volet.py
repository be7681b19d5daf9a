"""The form of a field block, made from what the kind of act declares."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils import timezone

from documents.models import Fichier
from dossiers.classes import Classe
from presentation.formulaires import ChoixEncadres, Formulaire
from requisitions.forms.champs import ChampFichier, ligne_de_texte, long_texte, moment
from requisitions.types_acte import Champ, Genre, TypeActe
from requisitions.volet import garder_moment, lire_moment

ENCADRES = 4


def _choix(champ: Champ, **commun: Any) -> forms.Field:
    if len(champ.choix) <= ENCADRES:
        return forms.ChoiceField(choices=champ.choix, widget=ChoixEncadres(), **commun)
    return forms.ChoiceField(choices=[("", "Choisir"), *champ.choix], **commun)


FABRIQUES: dict[Genre, Callable[..., forms.Field]] = {
    Genre.CHOIX: _choix,
    Genre.OUI: lambda champ, **commun: forms.BooleanField(**commun),
    Genre.TEXTE: lambda champ, label, **commun: ligne_de_texte(label, 160, **commun),
    Genre.LONG: lambda champ, label, **commun: long_texte(label, 4, **commun),
    Genre.MOMENT: lambda champ, label, **commun: moment(label, **commun),
    Genre.NOMBRE: lambda champ, **commun: forms.IntegerField(min_value=0, max_value=3650, **commun),
}


class VoletForm(Formulaire):
    """Only the fields of the classes this reader receives; the others keep what somebody else wrote."""

    def __init__(
        self, *args: Any, acte: TypeActe, classes: frozenset[Classe], donnees: dict[str, Any], **options: Any
    ) -> None:
        self.champs = [champ for champ in acte.volet if champ.classe in classes]
        initial = {champ.nom: _initial(champ, donnees.get(champ.nom, champ.defaut)) for champ in self.champs}
        super().__init__(*args, initial=initial, **options)
        for champ in self.champs:
            self.fields[champ.nom] = FABRIQUES[champ.genre](
                champ,
                label=champ.libelle,
                required=champ.requis,
                help_text=champ.aide,
                error_messages={"required": f"Complétez «\u00a0{champ.libelle}\u00a0»."},
            )
        if acte.piece:
            self.fields["fichier"] = ChampFichier(
                label=f"Fichier : {acte.piece}", required=False, help_text="PDF ou photo, 20 Mo au plus."
            )

        if acte.justificatif:
            self.fields["justificatif"] = ChampFichier(
                label=acte.justificatif,
                required=False,
                help_text="En préliminaire. PDF ou photo, 20 Mo au plus.",
            )

    def clean(self) -> dict[str, Any]:
        donnees = super().clean() or {}
        for champ in self.champs:
            autre, valeur = champ.requis_si
            if autre and donnees.get(autre) == valeur and not donnees.get(champ.nom) and champ.nom not in self.errors:
                self.add_error(champ.nom, f"Complétez «\u00a0{champ.libelle}\u00a0».")
        return donnees

    def reponses(self) -> dict[str, Any]:
        donnees = self.cleaned_data
        return {
            champ.nom: garder_moment(donnees[champ.nom])
            if champ.genre == Genre.MOMENT and donnees[champ.nom]
            else donnees[champ.nom]
            for champ in self.champs
        }

    def fichiers(self) -> dict[str, Fichier | None]:
        return {nom: self.cleaned_data.get(nom) for nom in ("fichier", "justificatif")}


def _initial(champ: Champ, valeur: Any) -> Any:
    if champ.genre == Genre.MOMENT and valeur:
        return timezone.localtime(lire_moment(valeur))
    return valeur
