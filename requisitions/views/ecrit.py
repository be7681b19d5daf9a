"""Joining the signed act of an oral demand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from convention.requete import Requete
from requisitions.ecrit import en_attente_du_meme_ecrit, peut_joindre_l_ecrit
from requisitions.forms import EcritForm
from requisitions.views.commun import decision, ouvrir, permettre, reussit
from requisitions.workflow import joindre_l_ecrit

FAIT = "L’écrit est joint. La demande est confirmée."
FAIT_PARTOUT = "L’écrit est joint à chaque demande du même acte. Elles sont confirmées."


def ecrit(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    acteur = request.acteur
    permettre(peut_joindre_l_ecrit(dossier, acteur))
    autres = en_attente_du_meme_ecrit(dossier, acteur)
    form = EcritForm(request.POST or None, request.FILES or None, autres=autres)
    if request.method == "POST" and reussit(
        form,
        lambda: joindre_l_ecrit(
            dossier=dossier,
            acteur=acteur,
            fichier=form.cleaned_data["fichier"],
            aussi=form.cleaned_data.get("aussi", False),
        ),
    ):
        partout = form.cleaned_data.get("aussi", False)
        messages.success(request, FAIT_PARTOUT if partout else FAIT)
        return redirect("requisitions:dossier", cle=cle)
    return decision(request, dossier, form, "Joindre l’écrit", "Joindre l’écrit")
