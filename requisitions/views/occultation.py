"""The page where the doctor hides passages of a piece."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from convention.requete import Requete
from requisitions import lecture
from requisitions.forms.occultation import OccultationForm
from requisitions.policies import peut_donner_accord
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow import occulter, pieces_a_trier
from requisitions.workflow.execution import EN_MAINS
from transitions.verdict import OUI, non


def masquer(request: Requete, cle: UUID) -> HttpResponse:
    """Words and areas are typed; the copy is made, read again, and kept only if nothing hidden is found in it."""
    dossier, _ = ouvrir(request, cle)
    acteur = request.acteur
    permettre(peut_donner_accord(dossier, acteur))
    permettre(OUI if dossier.etat in EN_MAINS else non("Le tri se fait tant que la réponse n’est pas partie."))
    pieces = [piece for piece in pieces_a_trier(dossier) if piece.fichier.servi and piece.fichier.extension == "pdf"]
    envoye = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = OccultationForm(*envoye, pieces=pieces, initial={"piece": request.GET.get("piece", "")})
    if request.method == "POST" and reussit(
        form, lambda: occulter(dossier=dossier, acteur=acteur, **form.cleaned_data)
    ):
        messages.success(request, "La copie masquée est prête et relue. Ouvrez-la pour vérifier ce qui reste.")
        return redirect("requisitions:tri", cle=cle)
    contexte: dict[str, Any] = {
        "dossier": dossier,
        "form": form,
        "pieces": pieces,
        "etat": lecture.etat_lu(dossier, request.acteur),
    }
    return render(request, "requisitions/masquer.html", contexte)
