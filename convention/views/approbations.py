"""What waits for a second person."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.elevation import eleve
from convention import quatre_yeux
from convention.forms import Refus
from convention.models import DemandeDouble
from convention.quatre_yeux import ApprobationRefusee, acte_de
from convention.requete import Requete


@require_GET
def approbations(request: Requete) -> HttpResponse:
    """The requests this person may answer, then their own that still wait."""
    miennes = quatre_yeux.en_attente().filter(demandee_par=request.acteur.utilisateur_id).order_by("demandee_le", "pk")
    contexte = {
        "a_approuver": [_ligne(demande) for demande in quatre_yeux.a_approuver(request.acteur)],
        "miennes": [_ligne(demande) for demande in miennes[:50] if demande.acte in quatre_yeux.connus()],
    }
    return render(request, "convention/approbations.html", contexte)


def _ligne(demande: DemandeDouble) -> dict[str, Any]:
    acte = acte_de(demande.acte)
    objet, *precisions = acte.decrire(demande.objet).split(" · ")
    return {"demande": demande, "libelle": acte.libelle, "sur": objet, "precisions": precisions}


@require_POST
@eleve
def repondre(request: Requete, cle: UUID) -> HttpResponse:
    """Yes or no. A request this person could neither see nor answer does not exist."""
    demande = DemandeDouble.objects.filter(cle=cle).first()
    if demande is None or not _concerne(demande, request):
        raise Http404
    form = Refus(request.POST)
    if not form.is_valid():
        messages.error(request, "Votre réponse n’est pas lisible\u00a0: recommencez depuis cette page.")
        return redirect("convention:approbations")
    try:
        if request.POST.get("geste") == "approuver":
            contenu = acte_de(demande.acte).contenu(demande.objet)
            quatre_yeux.approuver(demande=demande, contenu=contenu, acteur=request.acteur)
            messages.success(request, "Vous avez approuvé cette demande.")
        else:
            quatre_yeux.refuser(demande=demande, motif=form.cleaned_data["motif"], acteur=request.acteur)
            messages.success(request, "Cette demande est refusée.")
    except ApprobationRefusee as refus:
        messages.error(request, str(refus))
    return redirect("convention:approbations")


def _concerne(demande: DemandeDouble, request: Requete) -> bool:
    if demande.acte not in quatre_yeux.connus():
        return False
    sienne = demande.demandee_par_id == request.acteur.utilisateur_id
    return sienne or bool(acte_de(demande.acte).peut_approuver(request.acteur, demande))
