"""The référente draws the tree of a version: list, one element a page, try it, put it into the text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from convention.requete import Requete
from fiches import contenu as contenus
from fiches import ebauches, policies
from fiches.arbre import controle, edition
from fiches.conseil import table_de
from fiches.dessin import branche
from fiches.forms_arbre import (
    ConclusionForm,
    DerogationForm,
    QuestionForm,
    ReponseJeu,
    choix_de,
    initial_de,
    reponses_de,
    suites,
)
from fiches.models import VersionFiche
from fiches.views.que_faire import page
from fiches.views.revision import version_ouverte
from transitions.workflow import TransitionRefusee

PAS = {"monter": -1, "descendre": 1}
NOUVEAUX = {"question": "questions", "conclusion": "conclusions"}


def _version(request: Requete, numero: int) -> VersionFiche:
    """The draft of this fiche, for who may write it."""
    version = version_ouverte(request, numero)
    if not (verdict := policies.peut_rediger(version, request.acteur)):
        raise PermissionDenied(verdict.raison)
    return version


def dessiner(request: Requete, numero: int) -> HttpResponse:
    """The whole tree, its faults with links; a button moves, removes, saves."""
    version = _version(request, numero)
    if request.method == "POST":
        _agir(request, version)
        return redirect("fiches:arbre", numero=numero)
    brut = ebauches.en_cours(version, request.acteur)
    fautes = ebauches.fautes(version, brut)
    contexte = {
        "version": version,
        "fiche": version.fiche,
        "arbre": brut,
        "fautes": fautes,
        "a_corriger": {faute.lieu for faute in fautes},
        "change": brut != ebauches.depart(version),
        "dessin": branche(brut),
        "titres": _titres(brut),
        "derogations": version.contenu.get("secret", {}).get("derogations", ()),
    }
    return render(request, "fiches/arbre.html", contexte)


def _titres(brut: edition.Brut) -> dict[str, str]:
    return dict(suites(brut))


def _agir(request: Requete, version: VersionFiche) -> None:
    """One button of the page. An act that is not possible says why and changes nothing."""
    geste, element = request.POST.get("geste", ""), request.POST.get("element", "")
    acteur = request.acteur
    brut = ebauches.en_cours(version, acteur)
    connu = element[:1] in {"q", "c"} and edition.trouver(brut, element) is not None
    if geste in PAS and connu:
        ebauches.dessiner(version=version, acteur=acteur, arbre=edition.deplacer(brut, element, PAS[geste]))
    elif geste == "supprimer" and connu:
        ebauches.dessiner(version=version, acteur=acteur, arbre=edition.supprimer(brut, element))
        messages.info(request, "Retiré. Les réponses qui y menaient sont à compléter.")
    elif geste == "oublier":
        ebauches.oublier(version=version, acteur=acteur)
        messages.info(request, "Vous êtes revenue à l’arbre de la version.")
    elif geste == "enregistrer":
        _enregistrer(request, version)
    else:
        raise Http404


def _enregistrer(request: Requete, version: VersionFiche) -> None:
    try:
        tombes = ebauches.enregistrer(version=version, acteur=request.acteur)
    except contenus.ContenuInvalide as faute:
        messages.error(request, "L’arbre n’entre pas dans le texte tant qu’il reste des points à corriger.")
        for probleme in faute.problemes[:3]:
            messages.error(request, probleme.message)
        return
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return
    _dire(request, tombes, "L’arbre est enregistré dans la version.")


def _dire(request: Requete, tombes: list[str], phrase: str) -> None:
    messages.success(request, phrase)
    if tombes:
        messages.warning(request, f"Le texte a changé : ces avis tombent et sont à redonner : {', '.join(tombes)}.")


def element(request: Requete, numero: int, element: str) -> HttpResponse:
    """One question or one conclusion; `question` and `conclusion` add one."""
    version = _version(request, numero)
    brut = ebauches.en_cours(version, request.acteur)
    nouveau = element in NOUVEAUX
    if not nouveau and element[:1] not in {"q", "c"}:
        raise Http404
    ligne = {} if nouveau else edition.trouver(brut, element)
    if ligne is None:
        raise Http404
    liste = NOUVEAUX.get(element) or edition.sorte(element)
    identifiant = "" if nouveau else element
    pose = _question if liste == "questions" else _conclusion
    formulaire, jeu, valeur = pose(request, version, brut, ligne, identifiant)
    if valeur is not None:
        neuf, identifiant = edition.poser(brut, liste, valeur, identifiant)
        ebauches.dessiner(version=version, acteur=request.acteur, arbre=neuf)
        messages.success(request, "C’est gardé dans votre dessin. Enregistrez l’arbre quand il est prêt.")
        return redirect(reverse("fiches:arbre", args=[numero]) + f"#{identifiant}")
    contexte = {"version": version, "fiche": version.fiche, "form": formulaire, "jeu": jeu, "nouveau": nouveau}
    fautes = [] if nouveau else [faute for faute in ebauches.fautes(version, brut) if faute.lieu == element]
    return render(request, "fiches/element.html", contexte | {"fautes": fautes, "liste": liste})


def _question(
    request: Requete, version: VersionFiche, brut: edition.Brut, ligne: edition.Brut, identifiant: str
) -> tuple[Any, Any, edition.Brut | None]:
    data = request.POST if request.method == "POST" else None
    formulaire = QuestionForm(data, initial=ligne)
    jeu = ReponseJeu(
        data,
        prefix="reponses",
        initial=ligne.get("reponses", []),
        form_kwargs={"suites": suites(brut, identifiant)},
    )
    if data is None or not all([formulaire.is_valid(), jeu.is_valid()]):
        return formulaire, jeu, None
    return formulaire, jeu, {**formulaire.cleaned_data, "reponses": reponses_de(jeu)}


def _conclusion(
    request: Requete, version: VersionFiche, brut: edition.Brut, ligne: edition.Brut, identifiant: str
) -> tuple[Any, Any, edition.Brut | None]:
    choix = choix_de(version, brut, table_de(contenus.lire(version.contenu)))
    formulaire = ConclusionForm(
        request.POST if request.method == "POST" else None, initial=initial_de(ligne) if ligne else None, choix=choix
    )
    return formulaire, None, formulaire.en_brut() if formulaire.is_bound and formulaire.is_valid() else None


@require_GET
def essayer(request: Requete, numero: int) -> HttpResponse:
    """Walk the draft as its readers will. A tree with faults is corrected first."""
    version = _version(request, numero)
    brut = ebauches.en_cours(version, request.acteur)
    if not brut["questions"] or controle.fautes(edition.lu(brut)):
        messages.error(request, "Corrigez d’abord les points signalés : cet arbre ne se parcourt pas encore.")
        return redirect("fiches:arbre", numero=numero)
    version.contenu = {**version.contenu, "arbre": brut}
    return page(request, version, reverse("fiches:essayer", args=[numero]), request.GET.get("r", ""), essai=True)


def derogation(request: Requete, numero: int, element: str) -> HttpResponse:
    """One line of the table of derogations; saved, it enters the text at once."""
    version = _version(request, numero)
    table = contenus.lire(version.contenu).secret
    if table is None:
        raise Http404
    ligne = next((brut for brut in version.contenu["secret"]["derogations"] if brut["code"] == element), None)
    if ligne is None and element != "nouvelle":
        raise Http404
    cles = [article["reference"] for article in version.contenu["textes"]] + list((ligne or {}).get("references", ()))
    data = request.POST if request.method == "POST" else None
    formulaire = DerogationForm(data, initial=ligne or {}, table=table, cles=cles, nouvelle=ligne is None)
    if data is not None and formulaire.is_valid():
        try:
            tombes = ebauches.changer_derogation(
                version=version, acteur=request.acteur, code=ligne["code"] if ligne else "", ligne=formulaire.en_brut()
            )
        except (contenus.ContenuInvalide, TransitionRefusee) as faute:
            formulaire.add_error(None, str(faute))
        else:
            _dire(request, tombes, "La dérogation est enregistrée dans la version.")
            return redirect("fiches:arbre", numero=numero)
    contexte = {"version": version, "fiche": version.fiche, "form": formulaire, "code": element}
    return render(request, "fiches/derogation.html", contexte)
