from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from presentation import exemples


@login_not_required
def galerie(request: HttpRequest) -> HttpResponse:
    """Every component with invented data; does not exist outside debug."""
    if not settings.DEBUG:
        raise Http404
    maintenant = timezone.now()
    form = exemples.FormulaireExemple({"jour": "", "numero": "2025/018834", "sortir": "NON"})
    contexte = {
        "signalement": exemples.etats(exemples.ETATS_SIGNALEMENT),
        "requisition": exemples.etats(exemples.ETATS_REQUISITION),
        "echeances": exemples.echeances(maintenant),
        "evenements": exemples.evenements(maintenant),
        "recu_le": maintenant - timedelta(hours=20),
        "form": form,
        "exemples": exemples,
    }
    return render(request, "composants/galerie.html", contexte)
