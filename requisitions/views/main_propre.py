"""The counter: who came for the envelope, how that was checked, when."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from convention.requete import Requete
from requisitions import lecture
from requisitions.etats import PAR_ETAT
from requisitions.forms.remise import MainPropreForm
from requisitions.lecture.pieces import pieces as pieces_lues
from requisitions.policies import peut_remettre_en_main
from requisitions.types_acte import type_acte
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow import WORKFLOW, Porteur, arret_du_titre, remettre_en_main


def main_propre(request: Requete, cle: UUID) -> HttpResponse:
    dossier, r = ouvrir(request, cle)
    acteur = request.acteur
    permettre(peut_remettre_en_main(dossier, acteur))
    form = MainPropreForm(*((request.POST, request.FILES) if request.method == "POST" else ()))

    def agir() -> None:
        lues = form.cleaned_data
        porteur = Porteur(lues["nom"], lues["identite"], lues["le"])
        remettre_en_main(dossier=dossier, acteur=acteur, porteur=porteur, signe=lues["signe"])

    if request.method == "POST" and reussit(form, agir):
        messages.success(request, "La remise est enregistrée. Le récépissé est au dossier.")
        return redirect("requisitions:dossier", cle=cle)
    contexte = {
        "dossier": dossier,
        "form": form,
        "remise": dossier.remises.select_related("bordereau").first(),
        "titre_acte": lecture.titre(dossier),
        "etat": PAR_ETAT[dossier.etat],
        "requerant_nom": r.service_requerant.nom_externe,
        "pieces": pieces_lues(dossier, acteur, inventaire=False),
        "arret": arret_du_titre(dossier, r),
        "effets": type_acte(dossier.variante).chaine,
        "ouvert": WORKFLOW.verdict("remettre_en_main", dossier, acteur),
    }
    return render(request, "requisitions/main_propre.html", contexte)
