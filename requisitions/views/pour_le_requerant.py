"""The requester came, called or wrote: their answer, or their withdrawal, written down by the hospital."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from convention.requete import Requete
from requisitions.forms import ReponseRecueForm, RetraitDitForm
from requisitions.pour_le_requerant import peut_noter_pour_le_requerant
from requisitions.views.commun import decision, ouvrir, permettre, reussit
from requisitions.workflow import noter_reponse, noter_retrait, sans_reponse


def complement(request: Requete, cle: UUID) -> HttpResponse:
    """The page of the requester, and whose word it is."""
    dossier, _ = ouvrir(request, cle)
    permettre(peut_noter_pour_le_requerant(dossier, request.acteur))
    # Once answered, the page stays that of the last demand: a second click says so, and loses nothing.
    demande = sans_reponse(dossier) or dossier.regularisations.last()
    form = ReponseRecueForm(
        request.POST or None, request.FILES or None, acteur=request.acteur, dossier=dossier, demande=demande
    )
    if request.method == "POST" and reussit(
        form,
        lambda: noter_reponse(dossier=dossier, acteur=request.acteur, parole=form.parole(), reponse=form.reponse()),
    ):
        messages.success(request, "La réponse du requérant est enregistrée. Reprenez le contrôle.")
        return redirect("requisitions:dossier", cle=cle)
    bouton = "Enregistrer la réponse"
    return decision(request, dossier, form, "Enregistrer la réponse du requérant", bouton, demande=demande)


def annulation(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_noter_pour_le_requerant(dossier, request.acteur))
    form = RetraitDitForm(request.POST or None)
    if request.method == "POST" and reussit(
        form,
        lambda: noter_retrait(
            dossier=dossier, acteur=request.acteur, parole=form.parole(), motif=form.cleaned_data["motif"]
        ),
    ):
        messages.success(request, "Le retrait est enregistré. Le requérant le lit dans son dossier.")
        return redirect("requisitions:dossier", cle=cle)
    return decision(request, dossier, form, "Enregistrer un retrait", "Enregistrer le retrait", danger=True)
