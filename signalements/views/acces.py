"""The doors of a signalement, and what its pages say of the case and of the person."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse

from convention.annuaire import Ligne, lignes_de
from convention.requete import Requete
from dossiers.devoilement import devoilee_jusqu_a
from dossiers.models import Dossier
from dossiers.models.dossier import Nature
from fiches.models import VersionFiche
from signalements import etats
from signalements.contenu import Lu, lire
from signalements.views.portes import Porte
from signalements.workflow import WORKFLOW

PORTE = Porte(Nature.SIGNALEMENT, lire)
visible, lire_comme_auteur = PORTE.visible, PORTE.auteur
lire_comme_destinataire, lire_comme_receveur = PORTE.destinataire, PORTE.receveur


def est_brouillon(lu: Lu) -> bool:
    return lu.dossier.etat == etats.BROUILLON


def exiger(nom: str, dossier: Dossier, request: Requete) -> None:
    """A page whose act this reader may not do answers as a forbidden one, with the reason."""
    if not (verdict := WORKFLOW.verdict(nom, dossier, request.acteur)):
        raise PermissionDenied(verdict.raison)


def contacts(request: Requete, codes: tuple[str, ...]) -> list[Ligne]:
    return lignes_de(codes, request.acteur)


def numero_fiche(dossier: Dossier) -> int | None:
    """The number of the fiche pinned on the case."""
    version: VersionFiche | None = dossier.fiche_version
    return version.fiche.numero if version else None


def identite_de(request: Requete, lu: Lu, page: str, motifs: list[tuple[str, str]]) -> dict[str, Any]:
    """What composants/identite_masquee.html needs, and whether the page shows names."""
    jusqu_a = devoilee_jusqu_a(request, lu.dossier)
    personne = lu.concernee
    return {
        "identite_texte": personne.masquee if personne else "",
        "identite_nom": personne.complete if personne and jusqu_a else "",
        "identite_jusqu_a": jusqu_a,
        "identite_url": reverse("signalements:identite", args=[lu.dossier.cle, page]),
        "motifs": motifs,
    }
