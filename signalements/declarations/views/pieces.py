"""The files that go with a declaration, and the one line that goes to the observatory."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.elevation import eleve
from convention.requete import Requete
from dossiers.classes import Classe
from journal.carnet import noter
from signalements.declarations.contenu import Lue, lire
from signalements.declarations.forms import DepotForm
from signalements.declarations.modele import PIECES
from signalements.declarations.policies import peut_exporter
from signalements.declarations.views.acces import (
    adresse_de_page,
    est_brouillon,
    lire_comme_auteur,
    pages_affichees,
    visible,
)
from signalements.onvs import exporter
from signalements.views.acces import contacts
from signalements.views.depot import deposer
from signalements.views.portes import exiger


def pieces(request: Requete, cle: UUID) -> HttpResponse:
    """Add files one by one, before the sending."""
    lue = lire_comme_auteur(request, cle)
    if not est_brouillon(lue):
        return redirect("declarations:dossier", cle=cle)
    if not lue.voie.pieces_admises:
        raise Http404
    form = DepotForm(request.POST or None, request.FILES or None, voie=lue.voie)
    if request.method == "POST" and form.is_valid() and deposer(request, lue.dossier, form, Classe.JUDICIAIRE):
        messages.success(request, "Pièce ajoutée.")
        return redirect("declarations:pieces", cle=cle)
    contexte = {
        "lue": lue,
        "page": PIECES,
        "form": form,
        "etapes": pages_affichees(lue, PIECES.code),
        "continuer": adresse_de_page(lue, "verifier"),
        "contacts": contacts(request, lue.voie.contacts),
    }
    return render(request, "declarations/pieces.html", contexte)


@require_POST
def retirer(request: Requete, cle: UUID, piece: UUID) -> HttpResponse:
    """Before the sending only."""
    lue = lire_comme_auteur(request, cle)
    if not est_brouillon(lue):
        raise PermissionDenied("Cette déclaration est figée\u00a0: ajoutez un complément.")
    get_object_or_404(lue.dossier.pieces, cle=piece).delete()
    messages.success(request, "Pièce retirée.")
    return redirect("declarations:pieces", cle=cle)


@require_GET
def onvs(request: Requete, cle: UUID) -> HttpResponseBase:
    """The line of the observatory, without a name: who may not know of it is not even asked for a proof."""
    lue = lire(visible(request, cle))
    if not lue.voie.export_onvs or est_brouillon(lue):
        raise Http404
    exiger(peut_exporter(lue.dossier, request.acteur))
    return _confirmee(request, cle=cle, lue=lue)


def _emporter(request: Requete, *, cle: UUID, lue: Lue) -> HttpResponse:
    """Taking it away is written in the journal."""
    noter("exporter_onvs", acteur=request.acteur, objet="declaration", cle=cle)
    contenu = exporter(lue.dossier.reference or "", lue.reponses, lue.victimes)
    reponse = HttpResponse(contenu, content_type="text/csv; charset=utf-8")
    reponse["Content-Disposition"] = f'attachment; filename="onvs-{lue.dossier.reference}.csv"'
    return reponse


_confirmee = eleve(_emporter)
