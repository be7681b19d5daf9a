"""The cases that a letter calls for, prepared in one move."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from convention.requete import Requete
from signalements import liees
from signalements.views.acces import est_brouillon, lire_comme_auteur
from transitions.workflow import TransitionRefusee


@require_POST
def lier(request: Requete, cle: UUID) -> HttpResponse:
    """Open the drafts; each is written, signed and sent on its own."""
    lu = lire_comme_auteur(request, cle)
    try:
        crees = liees.preparer(dossier=lu.dossier, acteur=request.acteur, confirmees=request.POST.getlist("confirme"))
    except TransitionRefusee as refus:
        raise PermissionDenied(str(refus)) from refus
    if not crees:
        messages.info(request, "Aucun dossier à préparer\u00a0: ils sont déjà ouverts.")
        return redirect(f"signalements:{'dossier' if est_brouillon(lu) else 'suivi'}", cle=cle)
    s = "s" if len(crees) > 1 else ""
    messages.success(request, f"{len(crees)} brouillon{s} préparé{s}. Chacun a son destinataire\u00a0: relisez-le.")
    return redirect("signalements:liste")
