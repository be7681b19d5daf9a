"""The first page of either letter: is this the right place, and the button that opens the draft."""

import uuid
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied

from convention.requete import Requete
from dossiers.models import Dossier
from fiches.models import VersionFiche
from signalements.views.acces import contacts
from signalements.voies import Voie
from transitions.verdict import Verdict
from transitions.workflow import TransitionRefusee


def cle_du_formulaire(request: Requete) -> UUID:
    """A key that was altered starts a case of its own."""
    try:
        return UUID(request.POST.get("cle", ""))
    except ValueError:
        return uuid.uuid4()


def commence(request: Requete, voie: Voie, verdict: Verdict, commencer: Callable[..., Dossier]) -> Dossier | None:
    """The draft, or None with the reason told on the next page."""
    if not verdict:
        raise PermissionDenied(verdict.raison)
    try:
        return commencer(voie=voie, cle=cle_du_formulaire(request), acteur=request.acteur)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return None


def contexte_de_depart(request: Requete, voie: Voie, verdict: Verdict) -> dict[str, Any]:
    fiche = VersionFiche.objects.filter(fiche__code=voie.fiche_code, etat=VersionFiche.Etat.EN_VIGUEUR)
    return {
        "voie": voie,
        "verdict": verdict,
        "cle": uuid.uuid4(),
        "version": fiche.select_related("fiche").first(),
        "contacts": contacts(request, voie.contacts),
    }
