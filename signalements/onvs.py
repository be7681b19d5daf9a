"""The national scale of violence in health care, and the export that names nobody."""

import csv
import io
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import yaml
from django.conf import settings

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


def exporter(reference: str, propres: Mapping[str, Any]) -> bytes:
    """One line for one continuous episode, in codes; the names, the words and the places written stay here."""
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, delimiter=";", lineterminator="\r\n")
    ecrivain.writerow(("echelle", "reference", "niveau", *COLONNES))
    valeurs = (propres.get(colonne) for colonne in COLONNES)
    ecrivain.writerow(
        (
            echelle()[0],
            reference,
            niveau(propres.get("faits")),
            *("|".join(v) if isinstance(v, list) else "" if v is None else str(v) for v in valeurs),
        )
    )
    return sortie.getvalue().encode("utf-8-sig")
