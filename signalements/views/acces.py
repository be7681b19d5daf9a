"""The two doors of a signalement, author's and recipient's: not visible is 404, not one's own is 403."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from convention.annuaire import Ligne, lignes_de
from convention.requete import Requete
from dossiers.devoilement import devoilee_jusqu_a
from dossiers.models import Dossier
from dossiers.models.dossier import Nature
from fiches.models import VersionFiche
from signalements import etats, policies
from signalements.contenu import Lu, lire
from transitions.verdict import Verdict


def visible(request: Requete, cle: UUID) -> Dossier:
    dossiers = Dossier.objects.visibles_par(request.acteur).filter(nature=Nature.SIGNALEMENT)
    return get_object_or_404(
        dossiers.select_related("service_emetteur__institution", "fiche_version__fiche", "transmis_par"), cle=cle
    )


def _exiger(verdict: Verdict) -> None:
    if not verdict:
        raise PermissionDenied(verdict.raison)


def lire_comme_auteur(request: Requete, cle: UUID) -> Lu:
    dossier = visible(request, cle)
    _exiger(policies.est_auteur(dossier, request.acteur))
    return lire(dossier)


def lire_comme_destinataire(request: Requete, cle: UUID) -> Lu:
    dossier = visible(request, cle)
    _exiger(policies.est_destinataire(dossier, request.acteur))
    return lire(dossier)


def lire_comme_receveur(request: Requete, cle: UUID) -> Lu:
    """The addressee or the service in copy."""
    dossier = visible(request, cle)
    _exiger(policies.peut_lire_lettre(dossier, request.acteur))
    return lire(dossier)


def est_brouillon(lu: Lu) -> bool:
    return lu.dossier.etat == etats.BROUILLON


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
