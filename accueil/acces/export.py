"""The DPO's export: who may, what is asked, and the choice between at once and in the worker."""

from typing import Any

from django import forms
from django.db import transaction

from accueil.acces.archive import IMMEDIAT, MAXIMUM, bornes
from convention.acteur import Acteur, Place
from journal.carnet import noter
from journal.models import Export
from notifications.boite_envoi import publier
from presentation.formulaires import ChoixEncadres, DateNative, Formulaire

MOTIFS = (
    ("CONTROLE", "Contrôle interne des accès"),
    ("PERSONNE", "Demande d’une personne concernée"),
    ("VIOLATION", "Violation de données : dire qui a vu quoi"),
    ("JUSTICE", "Demande d’un juge ou d’une autorité de contrôle"),
    ("PARTENAIRE", "Vérification par un partenaire"),
)


class DemandeExport(Formulaire):
    """A period and a motive, both required."""

    du = forms.DateField(
        label="Premier jour", widget=DateNative, error_messages={"required": "Choisissez le premier jour."}
    )
    au = forms.DateField(
        label="Dernier jour", widget=DateNative, error_messages={"required": "Choisissez le dernier jour."}
    )
    motif = forms.ChoiceField(
        label="Pourquoi exportez-vous ?",
        choices=MOTIFS,
        widget=ChoixEncadres,
        error_messages={"required": "Choisissez un motif : il reste au journal."},
    )

    def __init__(self, *args: Any, place: Place, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._chaine = place.institution_code

    def clean(self) -> dict[str, Any]:
        valeurs = super().clean() or {}
        du, au = valeurs.get("du"), valeurs.get("au")
        if not du or not au:
            return valeurs
        if du > au:
            self.add_error("au", "La fin vient avant le début. Corrigez l’une des deux dates.")
            return valeurs
        limites = bornes(self._chaine, du, au)
        valeurs["nombre"] = limites.nombre if limites else 0
        if not limites:
            self.add_error("au", "Aucun événement sur cette période. Élargissez-la.")
        elif limites.nombre > MAXIMUM:
            self.add_error("au", "Plus de 500\u00a0000 événements. Exportez mois par mois.")
        return valeurs


def est_immediat(valeurs: dict[str, Any]) -> bool:
    return int(valeurs["nombre"]) <= IMMEDIAT


def noter_export(valeurs: dict[str, Any], acteur: Acteur) -> None:
    """Who took a copy of the journal, of which days and why."""
    details = {"du": valeurs["du"].isoformat(), "au": valeurs["au"].isoformat(), "entrees": valeurs["nombre"]}
    noter("exporter_journal", acteur=acteur, objet="journal", motif=valeurs["motif"], details=details)


@transaction.atomic
def demander(*, valeurs: dict[str, Any], chaine: str, acteur: Acteur) -> Export:
    """A long export, carried out by the worker."""
    export = Export.objects.create(
        chaine=chaine, du=valeurs["du"], au=valeurs["au"], motif=valeurs["motif"].lower(), demande_par=acteur.cle
    )
    noter_export(valeurs, acteur)
    publier("journal.exporter", cle_unique=f"journal.exporter:{export.cle}", charge={"export": export.pk})
    return export
