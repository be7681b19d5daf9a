"""A departure: every open case is handed to a colleague before the rights end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.elevation import eleve
from accounts.models import User
from convention import comptes, departs, policies
from convention.forms import Depart
from convention.quatre_yeux import ApprobationRefusee
from convention.requete import Requete
from convention.views.comptes import compte_ou_404


@require_http_methods(["GET", "POST"])
@eleve
def depart(request: Requete, cle: UUID) -> HttpResponse:
    """« Ce compte suit 3 dossiers. À qui les confier ? »: references and roles, never a name."""
    partant = compte_ou_404(request, cle)
    maison = _maison(request, partant)
    lignes = departs.a_confier(partant, maison)
    form = Depart(request.POST or None, candidats=departs.candidats(partant, maison), lignes=lignes)
    if request.method == "POST" and form.is_valid():
        try:
            confies = departs.partir(partant=partant, successeurs=form.successeurs(), acteur=request.acteur)
        except ApprobationRefusee as refus:
            form.add_error(None, str(refus))
        else:
            suite = f" Dossiers confiés\u00a0: {confies}." if confies else ""
            messages.success(request, f"Le départ est enregistré, les droits sont terminés.{suite}")
            return redirect("convention:compte", cle=cle)
    return render(request, "convention/depart.html", _contexte(partant, form, lignes))


def _contexte(partant: User, form: Depart, lignes: list[departs.AConfier]) -> dict[str, Any]:
    return {
        "compte": partant,
        "form": form,
        "lignes": [{"ligne": ligne, "champ": form[f"d-{ligne.cle}"]} for ligne in lignes],
        "phrase": departs.phrase(len(lignes)) if lignes else "",
        "brouillons": departs.brouillons(partant),
    }


def _maison(request: Requete, partant: User) -> int:
    communes = policies.gere(request.acteur) & comptes.institutions_de(partant)
    if not communes:
        raise PermissionDenied("Seul l’administrateur des comptes de cette institution peut le faire.")
    return min(communes)
