"""The page where legal affairs answer each item of a demand."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from convention.requete import Requete
from dossiers.concurrence import version_attendue
from requisitions import lecture
from requisitions.forms.elements import ElementsForm
from requisitions.policies import peut_mettre_a_disposition
from requisitions.reponses import elements_de, proposees
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow import WORKFLOW, repondre_elements


def elements(request: Requete, cle: UUID) -> HttpResponse:
    dossier, r = ouvrir(request, cle)
    acteur = request.acteur
    permettre(peut_mettre_a_disposition(dossier, acteur))
    lus = elements_de(dossier, r)
    form = ElementsForm(request.POST or None, elements=lus, proposees=proposees(dossier, r, lus))

    @transaction.atomic
    def agir() -> None:
        version_attendue(request.POST.get("version"))(dossier)
        repondre_elements(
            dossier=dossier, acteur=acteur, reponses=form.reponses(), ajout=form.cleaned_data["ajout"].strip()
        )

    if request.method == "POST" and reussit(form, agir):
        messages.success(request, "La réponse à chaque élément est enregistrée.")
        return redirect("requisitions:reponse", cle=cle)
    contexte = {
        "dossier": dossier,
        "form": form,
        "titre_acte": lecture.titre(dossier),
        "etat": lecture.etat_lu(dossier, acteur),
        "ouvert": WORKFLOW.verdict("repondre_elements", dossier, acteur),
    }
    return render(request, "requisitions/elements.html", contexte)
