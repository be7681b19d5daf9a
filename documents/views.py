from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from documents.models import Document


@require_safe
def verifier(request: HttpRequest, cle: UUID) -> HttpResponse:
    """Public page behind a QR code: in force, replaced, repealed, withdrawn or unknown, and nothing else."""
    document = Document.objects.only("statut", "statut_le", "empreinte").filter(cle=cle).first()
    return render(request, "documents/verifier.html", {"document": document}, status=200 if document else 404)
