"""A blocking point lifted in writing, or the direction asked to lift it: one page, for the control and the exit."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from convention.acteur import Acteur
from convention.requete import Requete
from dossiers.models import Dossier
from requisitions.forms import MotifForm
from requisitions.forms.levees import LeveeForm
from requisitions.lecture import titre
from requisitions.levees import a_lever, peut_demander_la_levee, peut_lever
from requisitions.models import Requisition
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow import demander_levee, lever


def levee(request: Requete, cle: UUID) -> HttpResponse:
    dossier, r = ouvrir(request, cle)
    acteur, geste = request.acteur, request.POST.get("geste", "")
    leve, demande = peut_lever(dossier, acteur), peut_demander_la_levee(dossier, acteur)
    permettre(leve if leve else demande)
    points = a_lever(dossier, r)
    form = LeveeForm(request.POST if geste == "lever" else None, points=points)
    question = MotifForm(request.POST if geste == "demander" else None)
    if geste == "lever" and reussit(form, lambda: lever(dossier=dossier, acteur=acteur, motifs=form.cleaned_data)):
        messages.success(request, "C’est écrit et compté au rapport annuel. Le requérant n’en lit rien.")
        return redirect("requisitions:dossier", cle=cle)
    if geste == "demander" and reussit(
        question, lambda: demander_levee(dossier=dossier, acteur=acteur, motif=question.cleaned_data["motif"])
    ):
        messages.success(request, "La direction est prévenue, elle a le dossier.")
        return redirect("requisitions:dossier", cle=cle)
    contexte = {"dossier": dossier, "titre_acte": titre(dossier), "points": points, "form": form, "question": question,
                "leve": leve, "demande": demande}  # fmt: skip
    return render(request, "requisitions/levee.html", contexte)


def levee_possible(dossier: Dossier, r: Requisition, acteur: Acteur) -> dict[str, Any]:
    """What a page says of the way out: whether something may be lifted, and by this reader or by the direction."""
    leve = bool(peut_lever(dossier, acteur))
    ici = leve or peut_demander_la_levee(dossier, acteur)
    return {"a_lever": len(a_lever(dossier, r)) if ici else 0, "peut_lever": leve}
