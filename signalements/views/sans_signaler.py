"""The pages by which a writing ends without being sent: an adult oriented, a prevention followed up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from convention.requete import Requete
from signalements import etats, sans_signaler
from signalements.contenu import Lu
from signalements.forms.sans_envoi import OrientationForm, PreventionForm, RetourForm
from signalements.views.acces import est_brouillon, exiger, lire_comme_auteur


def orienter(request: Requete, cle: UUID) -> HttpResponse:
    lu = lire_comme_auteur(request, cle)
    if not est_brouillon(lu):
        return redirect("signalements:suivi", cle=cle)
    exiger("orienter", lu.dossier, request)
    contre = sans_signaler.contre_l_orientation(lu)
    form = OrientationForm(request.POST or None)
    if request.method == "POST" and not contre and form.is_valid():
        sans_signaler.orienter(dossier=lu.dossier, acteur=request.acteur, **form.cleaned_data)
        messages.success(request, "L’orientation est notée. Rien n’est transmis et le dossier est clos.")
        return redirect("signalements:suivi", cle=cle)
    return _page(request, lu, form, "orienter", contre)


def prevention(request: Requete, cle: UUID) -> HttpResponse:
    lu = lire_comme_auteur(request, cle)
    if not est_brouillon(lu):
        return redirect("signalements:suivi", cle=cle)
    exiger("suivre_prevention", lu.dossier, request)
    contre = sans_signaler.contre_la_prevention(lu)
    prevu = (lu.lettre.propres or {}).get("controle_retour_le")
    form = PreventionForm(request.POST or None, initial={"date_reevaluation": prevu})
    if request.method == "POST" and not contre and form.is_valid():
        sans_signaler.suivre_prevention(dossier=lu.dossier, acteur=request.acteur, **form.cleaned_data)
        messages.success(request, "La prévention est suivie. Un rappel vous parvient le jour du contrôle.")
        return redirect("signalements:suivi", cle=cle)
    return _page(request, lu, form, "prevention", contre)


def retour(request: Requete, cle: UUID) -> HttpResponse:
    """She was seen again."""
    lu = lire_comme_auteur(request, cle)
    if lu.dossier.etat != etats.PREVENTION_SUIVIE:
        return redirect("signalements:suivi", cle=cle)
    form = RetourForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sans_signaler.clore_prevention(dossier=lu.dossier, acteur=request.acteur, **form.cleaned_data)
        messages.success(request, "Le contrôle est noté. Si le risque ou le fait est là, signalez sans attendre.")
        return redirect("signalements:suivi", cle=cle)
    return _page(request, lu, form, "retour", "")


def _page(request: Requete, lu: Lu, form: object, geste: str, contre: str) -> HttpResponse:
    retour = reverse(f"signalements:{'suivi' if geste == 'retour' else 'dossier'}", args=[lu.dossier.cle])
    contexte = {"lu": lu, "form": form, "geste": geste, "contre": contre, "retour": retour}
    return render(request, "signalements/sans_signaler.html", contexte, status=409 if request.POST and contre else 200)
