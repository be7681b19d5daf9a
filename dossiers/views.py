from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.sessions import verrou_prevu
from convention.requete import Requete
from dossiers.brouillons import abandonner, garder, retrouver
from dossiers.fenetres import CHAMP, AutreFenetre
from dossiers.models import Dossier
from dossiers.participations import suivre
from dossiers.registre import type_de
from dossiers.suivi import relater


@require_POST
def garder_brouillon(request: Requete, cle: UUID) -> HttpResponse:
    """Autosave of one page; `page` names it, every other field is kept as typed. Journalled by its case, not here."""
    brouillon = retrouver(cle, request.acteur)
    if brouillon is None:
        raise Http404
    request.sans_trace = True
    reserves = {"csrfmiddlewaretoken", "page", "version", CHAMP}
    valeurs = {
        nom: (request.POST.getlist(nom) if len(request.POST.getlist(nom)) > 1 else request.POST[nom])
        for nom in request.POST
        if nom not in reserves
    }
    fenetre = request.POST.get(CHAMP, "")
    try:
        garder(brouillon=brouillon, page=request.POST.get("page", "page"), valeurs=valeurs, fenetre=fenetre)
    except AutreFenetre:
        return JsonResponse({}, status=409)
    return JsonResponse({"verrou_a": verrou_prevu(request).isoformat(timespec="seconds")})


@require_POST
def effacer_brouillon(request: Requete, cle: UUID) -> HttpResponse:
    """The owner gives a draft up; an envelope that was never sent goes with it."""
    brouillon = retrouver(cle, request.acteur)
    if brouillon is None:
        raise Http404
    abandonner(brouillon=brouillon)
    messages.success(request, "Le brouillon est effacé.")
    return redirect("accueil:racine")


@require_POST
def attribuer(request: Requete, cle: UUID) -> HttpResponse:
    """« M’attribuer »: the service's colleagues see who follows the case."""
    acteur = request.acteur
    dossier = get_object_or_404(Dossier.objects.visibles_par(acteur), cle=cle)
    suivre(dossier=dossier, acteur=acteur)
    relater(dossier=dossier, nom="attribuer", libelle="Suivi pris", acteur=acteur, reserve=True)
    return redirect(type_de(dossier).adresse(dossier, acteur))
