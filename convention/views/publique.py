"""What anybody may read of a published convention: never a contact, a service, a sheet's content or an article."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from convention.etats import EFFECTIFS
from convention.parties import parties_au
from convention.textes import chronologie, publiques
from convention.workflow import WORKFLOW


@require_GET
def liste(request: HttpRequest) -> HttpResponse:
    """The published conventions, or the one there is."""
    lues = list(publiques(timezone.localdate()))
    if len(lues) == 1:
        return redirect("convention:publique", code=lues[0].code)
    return render(request, "convention/publiques.html", {"conventions": lues})


@require_GET
def page(request: HttpRequest, code: str) -> HttpResponse:
    """Title, date, signatories, themes, purpose, follow-up and history."""
    lue = get_object_or_404(publiques(timezone.localdate()), code=code)
    effectives = [version for version in lue.versions.all() if version.etat in EFFECTIFS]
    contexte = {
        "convention": lue,
        "etat": WORKFLOW.etats[effectives[0].etat] if effectives else None,
        "signataires": list(lue.signataires.all()),
        "parties": list(parties_au(lue)),
        "themes": [theme for theme in lue.thematiques.all() if theme.communique],
        "historique": [moment for moment in chronologie(lue) if not moment.reserve],
    }
    return render(request, "convention/publique.html", contexte)
