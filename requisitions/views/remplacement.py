"""Another doctor is named by legal affairs; the named doctor says that they cannot answer."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from convention.acteur import Acteur
from convention.requete import Requete
from dossiers.models import Dossier
from requisitions.designation import peut_decliner, peut_remplacer
from requisitions.forms import DeclinForm, RemplacementForm
from requisitions.types_acte import type_acte
from requisitions.views.commun import decision, ouvrir, permettre, reussit
from requisitions.workflow import (
    WORKFLOW,
    arret_du_declin,
    arret_du_remplacement,
    decliner,
    remplacants,
    remplacer,
)

REMPLACE = "Un autre médecin est désigné et prévenu. Le précédent ne voit plus le dossier."
REMPLACEE = "Une autre personne est désignée et prévenue. La précédente ne voit plus le dossier."


def se_recuse(dossier: Dossier, acteur: Acteur) -> bool:
    """Whether the doctor's page offers « Je ne peux pas répondre »."""
    return bool(WORKFLOW.verdict("decliner", dossier, acteur)) and not arret_du_declin(dossier, acteur)


def remplacement(request: Requete, cle: UUID) -> HttpResponse:
    """The page of the first naming, without those who may not be named."""
    dossier, r = ouvrir(request, cle)
    permettre(peut_remplacer(dossier, request.acteur))
    verdict, acte = WORKFLOW.verdict("remplacer", dossier, request.acteur), type_acte(dossier.variante)
    if request.method != "POST" and (arret := verdict.raison or arret_du_remplacement(dossier)):
        messages.warning(request, arret)
        return redirect("requisitions:dossier", cle=cle)
    form = RemplacementForm(
        request.POST or None,
        medecins=remplacants(dossier),
        acte=acte,
        initial={"consigne": r.consigne, "version": dossier.version},
    )
    if request.method == "POST" and reussit(
        form, lambda: remplacer(dossier=dossier, acteur=request.acteur, **form.cleaned_data)
    ):
        messages.success(request, REMPLACEE if acte.pas_que_des_medecins else REMPLACE)
        return redirect("requisitions:dossier", cle=cle)
    bouton = "Désigner cette personne" if acte.pas_que_des_medecins else "Désigner ce médecin"
    return decision(request, dossier, form, f"Désigner {acte.un_autre}", bouton)


def declin(request: Requete, cle: UUID) -> HttpResponse:
    """Once it is said the case is no longer theirs: the list is where they come back."""
    dossier, _ = ouvrir(request, cle)
    permettre(peut_decliner(dossier, request.acteur))
    if arret := arret_du_declin(dossier, request.acteur):
        raise PermissionDenied(arret)
    form, autre = DeclinForm(request.POST or None), type_acte(dossier.variante).un_autre
    if request.method == "POST" and reussit(
        form, lambda: decliner(dossier=dossier, acteur=request.acteur, **form.cleaned_data)
    ):
        messages.success(request, f"C’est noté pour {dossier.reference}. Les affaires juridiques désignent {autre}.")
        return redirect("requisitions:file")
    return decision(request, dossier, form, "Je ne peux pas répondre", "Prévenir les affaires juridiques")
