"""The other professionals of the same episode, described one by one before the sending."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from convention.requete import Requete
from signalements.declarations import suivi
from signalements.declarations.modele import VICTIMES
from signalements.declarations.routes.violence_questions import METIERS
from signalements.declarations.saisies import VictimeForm
from signalements.declarations.views.acces import est_brouillon, lire_comme_auteur, pages_affichees, suivante
from signalements.views.acces import contacts
from transitions.workflow import TransitionRefusee


def victimes(request: Requete, cle: UUID) -> HttpResponse:
    lue = lire_comme_auteur(request, cle)
    if not est_brouillon(lue):
        return redirect("declarations:dossier", cle=cle)
    if not lue.voie.plusieurs_victimes:
        raise Http404
    form = VictimeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            suivi.ajouter_victime(lue=lue, acteur=request.acteur, **form.cleaned_data)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Professionnel ajouté.")
            return redirect("declarations:victimes", cle=cle)
    mots = dict(METIERS)
    contexte = {
        "lue": lue,
        "page": VICTIMES,
        "form": form,
        "decrites": [(victime, mots.get(victime.metier, "")) for victime in lue.victimes],
        "etapes": pages_affichees(lue, VICTIMES.code),
        "continuer": suivante(lue, VICTIMES.code),
        "contacts": contacts(request, lue.voie.contacts),
    }
    return render(request, "declarations/victimes.html", contexte)


@require_POST
def retirer(request: Requete, cle: UUID, victime: UUID) -> HttpResponse:
    """Before the sending only."""
    lue = lire_comme_auteur(request, cle)
    if not est_brouillon(lue):
        raise PermissionDenied("Cette déclaration est figée\u00a0: ajoutez un complément.")
    get_object_or_404(lue.dossier.victimes, cle=victime).delete()
    messages.success(request, "Professionnel retiré.")
    return redirect("declarations:victimes", cle=cle)
