"""The pages of the printed convention: what exists, what is being made, the file."""

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from convention.documents import lire_convention
from convention.models import Convention
from convention.requete import Requete
from documents import coffre
from documents.models import Document
from fiches.models import ExportRecueil
from fiches.recueil.demande import demander, depasse
from fiches.recueil.demande import relancer as relancer_export
from fiches.recueil.production import dernier
from journal.carnet import noter


def _convention() -> Convention:
    lue = lire_convention()
    if lue is None:
        raise Http404
    return lue


@require_GET
def page(request: Requete) -> HttpResponse:
    """The file already made, how fresh it is, and the button that makes a new one."""
    convention = _convention()
    document = dernier(convention)
    contexte = {"convention": convention, "document": document, "depasse": bool(document and depasse(document))}
    return render(request, "fiches/recueil.html", contexte)


@require_POST
def preparer(request: Requete) -> HttpResponse:
    export = demander(convention=_convention(), acteur=request.acteur)
    return redirect("fiches:recueil_export", export.cle)


@require_GET
def pdf(request: Requete) -> HttpResponse:
    """The last file made; the page that makes one when there is none."""
    document = dernier(_convention())
    return _servir(request, document) if document else redirect("fiches:recueil")


def _servir(request: Requete, document: Document) -> HttpResponse:
    details = {"document": str(document.cle)}
    noter("telecharger", acteur=request.acteur, objet="convention", cle=document.objet_cle, details=details)
    return HttpResponse(
        coffre.lire(document.fichier),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{document.reference.lower()}.pdf"'},
    )


def _export(cle: UUID) -> ExportRecueil:
    return get_object_or_404(ExportRecueil.objects.select_related("document__fichier"), cle=cle)


@require_GET
def export(request: Requete, cle: UUID) -> HttpResponse:
    """The progress of one job; « Actualiser » does without JavaScript what the script does each second."""
    demande = _export(cle)
    contexte = {"export": demande, "etat": demande.avancement(reverse("fiches:recueil_pdf"))}
    return render(request, "fiches/recueil_export.html", contexte)


@require_GET
def progression(request: Requete, cle: UUID) -> JsonResponse:
    """Asked each second: not a reading worth a line of the journal."""
    request.sans_trace = True
    return JsonResponse(_export(cle).avancement(reverse("fiches:recueil_pdf")))


@require_POST
def relancer(request: Requete, cle: UUID) -> HttpResponse:
    demande = relancer_export(export=_export(cle), acteur=request.acteur)
    return redirect("fiches:recueil_export", demande.cle)
