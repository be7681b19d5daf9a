from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from convention.annuaire import par_institution
from convention.documents import document_de, document_pret, lire_convention, themes_de
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


@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: Requete) -> HttpResponse:
    """Cover, parties, sheets, signatures: the same bytes until one changes. Made by a POST, read by a GET."""
    lue = lire_convention()
    if lue is None:
        raise Http404
    if request.method == "POST":
        document_de(lue)
        return redirect("convention:pdf")
    document = document_pret(lue)
    if document is None:
        return redirect("convention:convention")
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


@require_GET
def annuaire(request: Requete) -> HttpResponse:
    """Who to call now, institution by institution."""
    groupes: list[Any] = par_institution(request.acteur)
    de_garde = [ligne for _, lignes in groupes for ligne in lignes if ligne.garde]
    return render(request, "convention/annuaire.html", {"groupes": groupes, "de_garde": de_garde})
