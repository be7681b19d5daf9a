"""The home of a carer: the situations to choose from, what is being written, what was sent."""

from typing import Any

from django.urls import reverse

from convention.acteur import Acteur
from dossiers.boite import Ligne
from dossiers.models import Brouillon
from dossiers.registre import type_de, type_du_genre
from fiches.lecture import en_vigueur, pour
from fiches.models import VersionFiche
from fiches.policies import peut_consulter

DE_PERMANENCE = ("PARQUET-PERM", "CHV-GARDE", "CHV-DAJ", "CHV-UAPED", "POLICE-CSP", "GEND-COB1")


def tuiles(acteur: Acteur) -> list[dict[str, Any]]:
    """The fiches in force meant for this role, as situations in the carer's words; all of them when none is."""
    versions = list(en_vigueur().filter(pour(acteur)))
    roles = {str(role) for role in acteur.roles}
    siennes = [version for version in versions if roles & set(version.contenu.get("public", []))]
    return [
        {
            "libelle": version.titre,
            "texte": version.contenu.get("situation", ""),
            "icone": version.contenu.get("icone", "book"),
            "url": reverse(_page(version, acteur), args=[version.fiche.numero]),
        }
        for version in siennes or versions
    ]


def _page(version: VersionFiche, acteur: Acteur) -> str:
    """The questions of « Que faire ? » when the fiche has some for this reader, else the fiche."""
    guidee = "arbre" in version.contenu and peut_consulter(version, acteur)
    return "fiches:parcours" if guidee else "fiches:fiche"


def brouillon_affiche(brouillon: Brouillon, acteur: Acteur) -> dict[str, Any]:
    """A draft resumes on the page it was left, whether or not its envelope exists yet."""
    dossier = brouillon.dossier
    genre = type_de(dossier) if dossier else type_du_genre(brouillon.genre)
    libelle = genre.variantes.get(dossier.variante, genre.libelle) if dossier else genre.libelle
    adresse = genre.adresse(dossier, acteur) if dossier else genre.reprise and genre.reprise(brouillon.cle)
    return {"libelle": libelle, "adresse": adresse, "brouillon": brouillon}


def envoi_affiche(ligne: Ligne, acteur: Acteur) -> dict[str, Any]:
    genre = type_de(ligne.dossier)
    return {
        "libelle": ligne.part["ligne"],
        "dossier": ligne.dossier,
        "etat": genre.workflow.etats[ligne.dossier.etat],
        "adresse": genre.adresse(ligne.dossier, acteur),
        "non_lu": ligne.part["non_lu"],
    }
