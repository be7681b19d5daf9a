from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from convention import regles
from convention.documents import themes_de
from convention.etats import OUVERTS
from convention.lecture_programme import axes_de, manifestations_de
from convention.models import Convention
from convention.parties import lignes_de, parties_au, phrase_des_manquantes
from convention.requete import Requete
from convention.textes import PRINCIPALE, articles_de, chronologie, lire_convention, version_actuelle, visibles
from convention.workflow import WORKFLOW


def convention_ou_404(request: Requete, code: str) -> Convention:
    """A convention this person may read; the same 404 for another as for one that does not exist."""
    lue = lire_convention(code)
    if lue is None or not regles.peut_voir(lue, request.acteur):
        raise Http404
    return lue


@require_GET
def convention(request: Requete) -> HttpResponse:
    """The one convention, or the one that this person follows; else the list."""
    lues = visibles(request.acteur)
    suivies = [lue for lue in lues if regles.est_referente(lue, request.acteur)]
    lues = suivies if len(suivies) == 1 else lues
    if len(lues) == 1:
        return redirect("convention:page", code=lues[0].code)
    return render(request, "convention/liste.html", _contexte_liste(lues))


@require_GET
def liste(request: Requete) -> HttpResponse:
    """The conventions this person may read."""
    return render(request, "convention/liste.html", _contexte_liste(visibles(request.acteur)))


def _contexte_liste(lues: list[Convention]) -> dict[str, Any]:
    lignes = []
    for lue in lues:
        version = version_actuelle(lue)
        lignes.append(
            {
                "convention": lue,
                "version": version,
                "etat": WORKFLOW.etats[version.etat] if version else None,
                "parties": len(lue.parties.all()),
            }
        )
    return {"lignes": lignes}


@require_GET
def page(request: Requete, code: str) -> HttpResponse:
    """Versions, signatures, articles, parties, and what this person may do."""
    lue = convention_ou_404(request, code)
    acteur = request.acteur
    versions = [version for version in lue.versions.all() if regles.peut_voir_version(version, acteur)]
    ouverte = next((version for version in versions if version.etat in OUVERTS), None)
    lignes = lignes_de(ouverte) if ouverte else []
    liees = {partie.pk for partie in parties_au(lue)}
    actuelle = version_actuelle(lue)
    contexte = {
        "convention": lue,
        "actuelle": actuelle,
        "etat": WORKFLOW.etats[actuelle.etat] if actuelle else None,
        "versions": [(version, WORKFLOW.etats[version.etat]) for version in versions],
        "ouverte": ouverte,
        "lignes": lignes,
        "manque": phrase_des_manquantes(sum(not ligne.signee for ligne in lignes)),
        "signer": regles.peut_signer(ouverte, acteur) if ouverte else None,
        "premieres": lignes_de(actuelle) if actuelle else [],
        "texte": articles_de(lue),
        "parties": [(partie, partie.pk in liees) for partie in lue.parties.all()],
        "themes": themes_de(lue),
        "historique": chronologie(lue),
        "proposer": regles.peut_proposer(lue, acteur),
        "denoncer": regles.peut_denoncer(lue, acteur),
        "resilier": regles.peut_resilier(lue, acteur),
        **_engagements(lue),
    }
    return render(request, "convention/convention.html", contexte)


def _engagements(lue: Convention) -> dict[str, Any]:
    """What this convention has and others may not: a programme, events, a yearly review."""
    return {"axes": axes_de(lue), "evenements": manifestations_de(lue), "bilan": lue.genre == PRINCIPALE}
