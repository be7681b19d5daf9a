"""Authorisations and commissions rogatoires: declared by the magistrate's service, read by the unit they name."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from convention.acteur import Acteur
from convention.requete import Requete
from requisitions.forms.titres import TitreForm
from requisitions.models import TitreJudiciaire
from requisitions.policies import peut_deposer, peut_simuler
from requisitions.titres import declarer, peut_declarer, peut_lire, revoquer, visibles
from requisitions.types_acte import libelles
from requisitions.views.commun import permettre, reussit
from transitions.workflow import TransitionRefusee


def titres(request: Requete) -> HttpResponse:
    acteur = request.acteur
    permettre(peut_lire(acteur))
    declare = peut_declarer(acteur)
    form = TitreForm(request.POST or None, request.FILES or None, acteur=acteur) if declare else None
    if request.method == "POST":
        permettre(declare)
        if form is not None and reussit(form, lambda: declarer(acteur=acteur, **form.cleaned_data)):
            messages.success(request, "Le titre est déclaré. L’unité peut le viser dès maintenant.")
            return redirect("requisitions:titres")
    contexte = {
        "form": form,
        "depose": peut_deposer(acteur).permis,
        "instructions": peut_simuler(acteur).permis,
        "lignes": [_ligne(titre, acteur) for titre in visibles(acteur)[:100]],
    }
    return render(request, "requisitions/titres.html", contexte)


def _ligne(titre: TitreJudiciaire, acteur: Acteur) -> dict[str, object]:
    actes, jour = libelles(), timezone.localdate()
    if titre.revoque_le:
        etat = ("mute", "Révoqué")
    elif titre.fin < jour:
        etat = ("mute", "Expiré")
    else:
        etat = ("ok", "En cours")
    return {
        "titre": titre,
        "actes": ", ".join(actes.get(code, code) for code in titre.types_acte),
        "portee": ", ".join(
            mot
            for mot in (titre.procedure and f"procédure {titre.procedure}", titre.personne and "une personne nommée")
            if mot
        ),
        "ton": etat[0],
        "etat": etat[1],
        "revocable": etat[1] == "En cours" and bool(peut_declarer(acteur)) and titre.emetteur_id in acteur.services,
    }


@require_POST
def revocation(request: Requete, pk: int) -> HttpResponse:
    permettre(peut_declarer(request.acteur))
    try:
        revoquer(acteur=request.acteur, titre=get_object_or_404(visibles(request.acteur), pk=pk))
        messages.success(request, "Le titre est révoqué. Aucun contrôle ne l’accepte plus.")
    except TransitionRefusee as refus:
        messages.warning(request, str(refus))
    return redirect("requisitions:titres")
