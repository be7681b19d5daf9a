"""The pages of a writing that waits for an agreement, or loses it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from convention.requete import Requete
from signalements import attente, etats
from signalements.forms.sans_envoi import REEVALUATION, AttenteForm, RetraitForm
from signalements.views.acces import exiger, lire_comme_auteur
from transitions.workflow import TransitionRefusee

ATTENDENT = {etats.BROUILLON, etats.SUSPENDU}


def suspendre(request: Requete, cle: UUID) -> HttpResponse:
    """Wait for the written agreement, until a day."""
    lu = lire_comme_auteur(request, cle)
    if lu.dossier.etat != etats.BROUILLON:
        return redirect("signalements:suivi", cle=cle)
    exiger("suspendre", lu.dossier, request)
    form = AttenteForm(request.POST or None, initial={"date_reevaluation": timezone.localdate() + REEVALUATION})
    if request.method == "POST" and form.is_valid():
        attente.suspendre(dossier=lu.dossier, acteur=request.acteur, **form.cleaned_data)
        messages.success(request, "Le signalement est suspendu. Un rappel vous parvient le jour choisi.")
        return redirect("signalements:suivi", cle=cle)
    return render(request, "signalements/attente.html", {"lu": lu, "form": form, "geste": "suspendre"})


@require_POST
def reprendre(request: Requete, cle: UUID) -> HttpResponse:
    lu = lire_comme_auteur(request, cle)
    try:
        attente.reprendre(dossier=lu.dossier, acteur=request.acteur)
    except TransitionRefusee as refus:
        raise PermissionDenied(str(refus)) from refus
    messages.success(request, "Le signalement est repris. Notez la réponse de la personne, puis relisez.")
    return redirect("signalements:accord", cle=cle)


def retirer_accord(request: Requete, cle: UUID) -> HttpResponse:
    """The agreement is taken back: nothing leaves."""
    lu = lire_comme_auteur(request, cle)
    if lu.dossier.etat not in ATTENDENT:
        return redirect("signalements:suivi", cle=cle)
    exiger("retirer_accord", lu.dossier, request)
    form = RetraitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        attente.retirer_accord(dossier=lu.dossier, acteur=request.acteur, **form.cleaned_data)
        messages.success(request, "Le retrait de l’accord est noté. Rien n’est transmis et le dossier est clos.")
        return redirect("signalements:suivi", cle=cle)
    return render(request, "signalements/attente.html", {"lu": lu, "form": form, "geste": "retirer"})
