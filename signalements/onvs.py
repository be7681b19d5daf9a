"""The national scale of violence in health care, and the export that names nobody."""

import csv
import io
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import yaml
from django.conf import settings

from signalements.declarations.tables import Victime

# Closed answers, figures and a moment: no free text leaves in the export.
COLONNES = (
    "survenue_le",
    "lieu",
    "nature_atteinte",
    "faits",
    "motif",
    "agent_metier",
    "agent_statut",
    "victimes",
    "lesion",
    "arret_jours",
    "itt_jours",
    "auteur_type",
    "discernement",
    "gestion",
    "fdo_appelees",
    "plainte_mode",
)

# What the letter says of its own victim and each other row says of hers: one value a victim, in the same order.
PAR_VICTIME = {
    "agent_metier": "metier",
    "agent_statut": "statut",
    "lesion": "lesion",
    "arret_jours": "arret_jours",
    "itt_jours": "itt_jours",
}


class Fait(NamedTuple):
    code: str
    libelle: str
    atteinte: str
    niveau: int


@cache
def echelle() -> tuple[str, tuple[Fait, ...]]:
    """The version of the scale and its families, as the file of the establishment has them."""
    brut = yaml.safe_load((settings.RACINE / "donnees" / "onvs.yaml").read_text(encoding="utf-8"))
    faits = (Fait(ligne["code"], ligne["libelle"], ligne["atteinte"], ligne["niveau"]) for ligne in brut["faits"])
    return brut["version"], tuple(faits)


def niveau(codes: list[str] | None) -> int:
    """The level of an episode is that of its gravest fact; 0 while nothing is ticked."""
    return max((fait.niveau for fait in echelle()[1] if fait.code in (codes or ())), default=0)


def exporter(reference: str, propres: Mapping[str, Any], victimes: Sequence[Victime] = ()) -> bytes:
    """One line for one continuous episode, in codes; the names, the words and the places written stay here.

    What differs from one victim to the next is separated by bars, the victim of the letter first.
    """
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    ecrivain.writerow(("echelle", "reference", "niveau", *COLONNES))
    valeurs = (_valeur(colonne, propres, victimes) for colonne in COLONNES)
    ecrivain.writerow(
        (
            echelle()[0],
            reference,
            niveau(propres.get("faits")),
            *valeurs,
        )
    )
    return sortie.getvalue().encode("utf-8-sig")


def _valeur(colonne: str, propres: Mapping[str, Any], victimes: Sequence[Victime]) -> str:
    valeur = propres.get(colonne)
    if colonne == "victimes":
        valeur = max(int(valeur or 1), 1 + len(victimes))
    if colonne in PAR_VICTIME:
        valeur = [valeur, *(getattr(victime, PAR_VICTIME[colonne]) for victime in victimes)]
    valeurs = valeur if isinstance(valeur, list) else [valeur]
    return "|".join("" if une is None else str(une) for une in valeurs)
