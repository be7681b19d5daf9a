from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from convention.documents import historique_de, lire_convention, themes_de
from convention.requete import Requete


@require_GET
def convention(request: Requete) -> HttpResponse:
    """What was signed, by whom, how it came, and the sheets in force."""
    lue = lire_convention()
    if lue is None:
        return render(request, "convention/convention.html", {"convention": None})
    contexte = {
        "convention": lue,
        "signataires": list(lue.signataires.all()),
        "themes": themes_de(lue),
        "historique": historique_de(lue),
    }
    return render(request, "convention/convention.html", contexte)
