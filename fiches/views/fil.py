"""The thread of a remark: an answer, then its end."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from convention.requete import Requete
from fiches import policies, remarques
from fiches.forms_versions import ReponseForm
from fiches.lecture import adresse_de_comparaison, fiches_de
from fiches.models import Remarque
from fiches.views.discussion import deux_versions, page_comparaison
from transitions.workflow import TransitionRefusee


@require_POST
def repondre(request: Requete, numero: int, a: str, b: str, remarque: int) -> HttpResponse:
    avant, apres = deux_versions(request, numero, a, b)
    ligne = get_object_or_404(apres.remarques.all(), pk=remarque)
    formulaire = ReponseForm(request.POST, auto_id=f"reponse-{ligne.pk}-%s")
    if not formulaire.is_valid():
        return page_comparaison(request, avant, apres, formulaire, ligne.pk)
    try:
        remarques.repondre(remarque=ligne, acteur=request.acteur, **formulaire.cleaned_data)
    except TransitionRefusee as refus:
        formulaire.add_error(None, str(refus))
        return page_comparaison(request, avant, apres, formulaire, ligne.pk)
    messages.success(request, "Réponse enregistrée. L’auteur de la remarque est prévenu.")
    return redirect("fiches:comparer", numero=numero, a=a, b=b)


@require_POST
def resoudre(request: Requete, numero: int, remarque: int) -> HttpResponse:
    ligne = get_object_or_404(
        Remarque.objects.select_related("version_fiche__fiche__thematique__convention"),
        pk=remarque,
        version_fiche__fiche__in=fiches_de(request.acteur).filter(numero=numero),
    )
    if not policies.peut_voir_version(ligne.version_fiche, request.acteur):
        raise Http404
    try:
        remarques.resoudre(remarque=ligne, acteur=request.acteur)
        messages.success(request, "Remarque résolue.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect(adresse_de_comparaison(ligne.version_fiche))
