from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from convention.acteur import Acteur
from convention.requete import Requete
from fiches import contenu as contenus
from fiches import effets, policies, remarques, retours, workflow
from fiches.comparaison import changements
from fiches.forms import AvisForm, RemarqueForm
from fiches.forms_versions import EffetForm
from fiches.lecture import adresse_de_comparaison, fiches_de, noms, versions_de
from fiches.models import Remarque, VersionFiche
from fiches.positions import manquants
from fiches.tableau import tableau
from fiches.workflow import WORKFLOW
from presentation.comparaison import SUPPRIME, Bloc, Passage
from presentation.temps import date_fr
from transitions.verdict import Verdict
from transitions.workflow import TransitionRefusee

AVANCEES_ICI = {"soumettre_lecture", "ouvrir_approbation", "mettre_en_vigueur"}


@require_GET
def comparer(request: Requete, numero: int, a: str, b: str) -> HttpResponse:
    """What changes between two versions, the remarks, and where the nine partners stand."""
    avant, apres = deux_versions(request, numero, a, b)
    return _page_comparaison(request, avant, apres)


def deux_versions(request: Requete, numero: int, a: str, b: str) -> tuple[VersionFiche, VersionFiche]:
    versions = {
        version.numero: version
        for version in versions_de(get_object_or_404(fiches_de(request.acteur), numero=numero), request.acteur)
    }
    if a not in versions or b not in versions:
        raise Http404
    return versions[a], versions[b]


def _page_comparaison(
    request: Requete,
    avant: VersionFiche,
    apres: VersionFiche,
    avis_form: AvisForm | None = None,
    remarque_form: RemarqueForm | None = None,
    effet_form: EffetForm | None = None,
) -> HttpResponse:
    """The page with its forms; a form given is one that came back in error."""
    acteur = request.acteur
    nouveaux = contenus.blocs(apres.titre, contenus.lire(apres.contenu), noms=noms(acteur))
    changes = changements(avant, apres, acteur)
    contexte = {
        "avant": avant,
        "apres": apres,
        "fiche": apres.fiche,
        "etat": WORKFLOW.etats[apres.etat],
        "changes": changes,
        "tableau": tableau(apres, changes),
        "remarques": _remarques(apres, nouveaux, acteur),
        "avis_form": avis_form or AvisForm(initial={"empreinte": apres.empreinte}, passages=_choix(changes)),
        "remarque_form": remarque_form or RemarqueForm(blocs=nouveaux),
        "effet_form": effet_form or EffetForm(initial={"jour": apres.effet_prevu}),
        "retours": retours.vus_par(apres, acteur),
        **_discussion(apres, acteur),
    }
    return render(request, "fiches/comparer.html", contexte)


def _remarques(version: VersionFiche, blocs: list[Bloc], acteur: Acteur) -> list[tuple[Remarque, str, Verdict]]:
    """Each remark, the title of its passage, and whether the reader may resolve it."""
    titres = {bloc.id: bloc.intitule for bloc in blocs}
    lignes = version.remarques.select_related("institution", "version_fiche__fiche__thematique__convention")
    return [(ligne, titres.get(ligne.passage, ""), policies.peut_resoudre(ligne, acteur)) for ligne in lignes]


def _choix(changes: list[Passage]) -> list[tuple[str, str]]:
    """The passages that a reserve may name; one that was removed is no block of the text any more."""
    return [(passage.id, passage.intitule) for passage in changes if passage.genre != SUPPRIME]


def _discussion(version: VersionFiche, acteur: Acteur) -> dict[str, Any]:
    """Where the partners stand, and what this reader may do about it."""
    avancees = [ligne for ligne in WORKFLOW.disponibles(version, acteur) if ligne[0].nom in AVANCEES_ICI]
    return {
        "manquants": manquants(version),
        "place": policies.place_d_avis(version, acteur),
        "peut_avis": policies.peut_donner_avis(version, acteur),
        "peut_remarquer": policies.peut_remarquer(version, acteur),
        "peut_programmer": policies.peut_programmer(version, acteur),
        "peut_rediger": policies.peut_rediger(version, acteur),
        "actions": avancees if policies.est_referente(version, acteur) else [],
    }


@require_POST
def avis(request: Requete, numero: int, a: str, b: str) -> HttpResponse:
    """The opinion of the actor's institution on the text it read; an error shows the page again with what was typed."""
    avant, apres = deux_versions(request, numero, a, b)
    passages = _choix(changements(avant, apres, request.acteur))
    formulaire = AvisForm(request.POST, passages=passages)
    if not formulaire.is_valid():
        return _page_comparaison(request, avant, apres, avis_form=formulaire)
    try:
        visa = workflow.donner_avis(version=apres, acteur=request.acteur, **formulaire.cleaned_data)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
        return redirect("fiches:comparer", numero=numero, a=a, b=b)
    messages.success(request, f"Avis enregistré pour {visa.institution.nom_court} : {visa.get_avis_display().lower()}.")
    return redirect("fiches:comparer", numero=numero, a=a, b=b)


@require_POST
def remarquer(request: Requete, numero: int, a: str, b: str) -> HttpResponse:
    avant, apres = deux_versions(request, numero, a, b)
    blocs = contenus.blocs(apres.titre, contenus.lire(apres.contenu))
    formulaire = RemarqueForm(request.POST, blocs=blocs)
    if not formulaire.is_valid():
        return _page_comparaison(request, avant, apres, remarque_form=formulaire)
    try:
        remarques.remarquer(version=apres, acteur=request.acteur, **formulaire.cleaned_data)
        messages.success(request, "Remarque enregistrée. La référente et les partenaires la lisent.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("fiches:comparer", numero=numero, a=a, b=b)


@require_POST
def programmer(request: Requete, numero: int, a: str, b: str) -> HttpResponse:
    """Plan the day an approved version comes into force."""
    avant, apres = deux_versions(request, numero, a, b)
    formulaire = EffetForm(request.POST)
    if not formulaire.is_valid():
        return _page_comparaison(request, avant, apres, effet_form=formulaire)
    jour = formulaire.cleaned_data["jour"]
    try:
        effets.programmer(version=apres, acteur=request.acteur, jour=jour)
        messages.success(request, f"La version {apres.numero} entrera en vigueur le {date_fr(jour)}.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("fiches:comparer", numero=numero, a=a, b=b)


@require_POST
def resoudre(request: Requete, numero: int, remarque: int) -> HttpResponse:
    ligne = get_object_or_404(
        Remarque.objects.select_related("version_fiche__fiche__thematique__convention"),
        pk=remarque,
        version_fiche__fiche__numero=numero,
    )
    if not policies.peut_voir_version(ligne.version_fiche, request.acteur):
        raise Http404
    try:
        remarques.resoudre(remarque=ligne, acteur=request.acteur)
        messages.success(request, "Remarque résolue.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect(adresse_de_comparaison(ligne.version_fiche))
