"""The pages of the printed convention: what exists, what is being made, the file."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from convention import regles
from convention.requete import Requete
from convention.views.consultation import convention_ou_404
from documents import coffre
from documents.models import Document
from fiches.models import ExportRecueil
from fiches.recueil.demande import demander, depasse, dernier
from fiches.recueil.demande import relancer as relancer_export
from journal.carnet import noter


@require_GET
def page(request: Requete, code: str) -> HttpResponse:
    """The file already made, how fresh it is, and the button that makes a new one."""
    convention = convention_ou_404(request, code)
    document = dernier(convention)
    contexte = {
        "convention": convention,
        "document": document,
        "depasse": bool(document and depasse(document, convention)),
    }
    return render(request, "fiches/recueil.html", contexte)


@require_POST
def preparer(request: Requete, code: str) -> HttpResponse:
    export = demander(convention=convention_ou_404(request, code), acteur=request.acteur)
    return redirect("fiches:recueil_export", export.cle)


@require_GET
def pdf(request: Requete, code: str) -> HttpResponse:
    """The last file made; the page that makes one when there is none."""
    document = dernier(convention_ou_404(request, code))
    return _servir(request, document) if document else redirect("fiches:recueil", code)


def _servir(request: Requete, document: Document) -> HttpResponse:
    details = {"document": str(document.cle)}
    noter("telecharger", acteur=request.acteur, objet="convention", cle=document.objet_cle, details=details)
    return HttpResponse(
        coffre.lire_document(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{document.reference.lower()}.pdf"'},
    )


def _export(request: Requete, cle: UUID) -> ExportRecueil:
    exports = ExportRecueil.objects.select_related("document__fichier", "convention")
    export = get_object_or_404(exports, cle=cle)
    if not regles.peut_voir(export.convention, request.acteur):
        raise Http404
    return export


def _avancement(demande: ExportRecueil) -> Any:
    return demande.avancement(reverse("fiches:recueil_pdf", args=[demande.convention.code]))


@require_GET
def export(request: Requete, cle: UUID) -> HttpResponse:
    """The progress of one job; « Actualiser » does without JavaScript what the script does each second."""
    demande = _export(request, cle)
    contexte = {"export": demande, "etat": _avancement(demande)}
    return render(request, "fiches/recueil_export.html", contexte)


@require_GET
def progression(request: Requete, cle: UUID) -> JsonResponse:
    """Asked each second: not a reading worth a line of the journal."""
    request.sans_trace = True
    return JsonResponse(_avancement(_export(request, cle)))


@require_POST
def relancer(request: Requete, cle: UUID) -> HttpResponse:
    demande = relancer_export(export=_export(request, cle), acteur=request.acteur)
    return redirect("fiches:recueil_export", demande.cle)
