from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from convention.documents import document_de, lire_convention, themes_de
from convention.requete import Requete
from documents import coffre
from journal.carnet import noter
from presentation.temps import MOIS, date_fr


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
        "historique": [{**ligne, "quand": _quand(ligne["date"])} for ligne in lue.historique],
    }
    return render(request, "convention/convention.html", contexte)


def _quand(texte: str) -> str:
    """« 2021 », « septembre 2024 » or « lundi 26 mai 2025 », as precise as the history is."""
    morceaux = [int(morceau) for morceau in texte.split("-")]
    if len(morceaux) == 3:
        return date_fr(date(*morceaux))
    return f"{MOIS[morceaux[1] - 1]} {morceaux[0]}" if len(morceaux) == 2 else texte


@require_GET
def pdf(request: Requete) -> HttpResponse:
    """Cover, parties, sheets and signatures: the same bytes until one of them changes."""
    lue = lire_convention()
    if lue is None:
        raise Http404
    document = document_de(lue)
    noter(
        "telecharger",
        acteur=request.acteur,
        objet="convention",
        cle=document.objet_cle,
        details={"document": str(document.cle)},
    )
    nom = f"convention-{lue.version}.pdf"
    return HttpResponse(
        coffre.lire(document.fichier),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{nom}"'},
    )
