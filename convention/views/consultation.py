from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from convention.annuaire import par_institution
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


@require_GET
def annuaire(request: Requete) -> HttpResponse:
    """Who to call now, institution by institution."""
    groupes: list[Any] = par_institution(request.acteur)
    de_garde = [ligne for _, lignes in groupes for ligne in lignes if ligne.garde]
    return render(request, "convention/annuaire.html", {"groupes": groupes, "de_garde": de_garde})
