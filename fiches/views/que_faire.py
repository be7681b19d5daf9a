"""« Que faire ? »: choose a situation, answer one question a page, read what to do. Codes only in the addresses."""

from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from convention.requete import Requete
from fiches.arbre import modele
from fiches.arbre.parcours import ParcoursInconnu, Position, suivre
from fiches.conseil import conseiller
from fiches.forms_que_faire import TraceForm
from fiches.lecture import en_vigueur, pour
from fiches.models import VersionFiche
from fiches.policies import peut_consulter


@require_GET
def entree(request: Requete) -> HttpResponse:
    """The situations that have a tree: those of the reader's role first."""
    versions = [ligne for ligne in avec_arbre().filter(pour(request.acteur)) if peut_consulter(ligne, request.acteur)]
    roles = {str(role) for role in request.acteur.roles}
    siennes = [version for version in versions if roles & set(version.contenu["public"])]
    autres = [version for version in versions if version not in siennes]
    contexte = {"tuiles": [_tuile(version) for version in siennes], "autres": [_tuile(version) for version in autres]}
    return render(request, "fiches/que_faire.html", contexte)


def avec_arbre() -> Any:
    return en_vigueur().filter(contenu__has_key="arbre")


def _tuile(version: VersionFiche) -> dict[str, Any]:
    return {
        "libelle": version.titre,
        "texte": version.contenu["situation"],
        "icone": version.contenu["icone"],
        "url": reverse("fiches:parcours", args=[version.fiche.numero]),
    }


@require_GET
def parcours(request: Requete, numero: int) -> HttpResponse:
    """A question, or the conclusion. Answers given to another version, or that no longer exist, start again."""
    version = avec_arbre().filter(pour(request.acteur), fiche__numero=numero).first()
    if version is None:
        raise Http404
    verdict = peut_consulter(version, request.acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    lue = request.GET.get("v", version.numero)
    adresse = request.GET.get("r", "") if lue == version.numero else ""
    base = reverse("fiches:parcours", args=[numero])
    return page(request, version, base, adresse, change=lue != version.numero)


def page(
    request: Requete, version: VersionFiche, base: str, adresse: str, *, essai: bool = False, change: bool = False
) -> HttpResponse:
    """One step of a tree. `essai`: the référente walks a draft, nothing can be traced."""
    arbre = modele.lire(version.contenu["arbre"])
    assert arbre is not None  # noqa: S101  asked for by the caller
    profession = request.GET.get("p", "")
    try:
        position = suivre(arbre, adresse)
    except ParcoursInconnu:
        position, change = suivre(arbre, ""), True
    contexte = {
        "version": version,
        "fiche": version.fiche,
        "position": position,
        "essai": essai,
        "change": change,
        "base": base,
        **_liens(position, base, version.numero, profession),
    }
    if position.conclusion is None:
        return render(request, "fiches/question.html", contexte)
    conseil = conseiller(version, position.conclusion, request.acteur, profession)
    contexte |= {"conseil": conseil, "conclusion": position.conclusion, "trace": _trace(version, position, conseil)}
    return render(request, "fiches/conclusion.html", contexte)


def _trace(version: VersionFiche, position: Position, conseil: Any) -> TraceForm:
    return TraceForm(initial={"v": version.numero, "r": position.adresse, "p": conseil.profession.code})


def _liens(position: Position, base: str, numero: str, profession: str) -> dict[str, Any]:
    """Every answer and every step already made, with its address."""

    def lien(adresse: str) -> str:
        valeurs = {"v": numero, "r": adresse} | ({"p": profession} if profession else {})
        return f"{base}?{urlencode(valeurs)}" if adresse else base

    return {
        "suites": [(texte, lien(adresse)) for texte, adresse in position.suites],
        "pas": [(pas, lien(pas.avant)) for pas in position.pas],
        "retour": lien(position.pas[-1].avant) if position.pas else "",
    }
