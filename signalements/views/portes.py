"""The doors of a letter: not visible is 404, visible and not one's own is 403."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from convention.requete import Requete
from dossiers.models import Dossier
from dossiers.models.dossier import Nature
from signalements import policies
from transitions.verdict import Verdict

Lettre = TypeVar("Lettre")


def exiger(verdict: Verdict) -> None:
    if not verdict:
        raise PermissionDenied(verdict.raison)


@dataclass(frozen=True, slots=True)
class Porte(Generic[Lettre]):
    """The cases of one nature, and how its letter is loaded once the right is proved."""

    nature: Nature
    lire: Callable[[Dossier], Lettre]

    def visible(self, request: Requete, cle: UUID) -> Dossier:
        dossiers = Dossier.objects.visibles_par(request.acteur).filter(nature=self.nature)
        return get_object_or_404(
            dossiers.select_related("service_emetteur__institution", "fiche_version__fiche", "transmis_par"), cle=cle
        )

    def auteur(self, request: Requete, cle: UUID) -> Lettre:
        dossier = self.visible(request, cle)
        exiger(policies.est_auteur(dossier, request.acteur))
        return self.lire(dossier)

    def destinataire(self, request: Requete, cle: UUID) -> Lettre:
        dossier = self.visible(request, cle)
        exiger(policies.est_destinataire(dossier, request.acteur))
        return self.lire(dossier)

    def receveur(self, request: Requete, cle: UUID) -> Lettre:
        """The addressee or the service in copy."""
        dossier = self.visible(request, cle)
        exiger(policies.peut_lire_lettre(dossier, request.acteur))
        return self.lire(dossier)
