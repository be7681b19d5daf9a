from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from documents.models import Document


def verifier(request: HttpRequest, cle: UUID) -> HttpResponse:
    """Public page behind a QR code: in force, replaced or withdrawn, and nothing else."""
    publics = Document.objects.only("reference", "statut", "statut_le", "empreinte", "genre")
    document = get_object_or_404(publics, cle=cle)
    return render(request, "documents/verifier.html", {"document": document})
