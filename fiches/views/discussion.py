from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from convention.acteur import Acteur
from convention.requete import Requete
from fiches import contenu as contenus
from fiches import effets, policies, remarques, retours, workflow
from fiches.comparaison import changements
from fiches.echeances_avis import sans_avis
from fiches.forms import AvisForm, RemarqueForm
from fiches.forms_versions import EcheanceForm, EffetForm, ReponseForm
from fiches.lecture import fiches_de, noms, versions_de
from fiches.models import VersionFiche
from fiches.positions import manquants
from fiches.tableau import tableau
from fiches.workflow import WORKFLOW
from presentation.comparaison import SUPPRIME, Bloc, Passage
from presentation.temps import date_fr
from transitions.workflow import TransitionRefusee

AVANCEES_ICI = {"soumettre_lecture", "mettre_en_vigueur"}
COTE_A_COTE = "cotes"


@require_GET
def comparer(request: Requete, numero: int, a: str, b: str) -> HttpResponse:
    """What changes between two versions, the remarks, and where the nine partners stand."""
    avant, apres = deux_versions(request, numero, a, b)
    return page_comparaison(request, avant, apres)


def deux_versions(request: Requete, numero: int, a: str, b: str) -> tuple[VersionFiche, VersionFiche]:
    versions = {
        version.numero: version
        for version in versions_de(get_object_or_404(fiches_de(request.acteur), numero=numero), request.acteur)
    }
    if a not in versions or b not in versions:
        raise Http404
    return versions[a], versions[b]


def page_comparaison(
    request: Requete,
    avant: VersionFiche,
    apres: VersionFiche,
    en_erreur: forms.Form | None = None,
    reponse_a: int = 0,
) -> HttpResponse:
    """The page with its forms; `en_erreur` is the one that came back, `reponse_a` the remark that it answers."""
    acteur = request.acteur
    nouveaux = contenus.blocs(apres.titre, contenus.lire(apres.contenu), noms=noms(acteur))
    changes = changements(avant, apres, acteur)
    contexte = {
        "avant": avant,
        "apres": apres,
        "fiche": apres.fiche,
        "etat": WORKFLOW.etats[apres.etat],
        "changes": changes,
        "cotes": request.GET.get("vue") == COTE_A_COTE,
        "tableau": tableau(apres, changes),
        "remarques": _remarques(apres, nouveaux, acteur, en_erreur, reponse_a),
        "en_erreur": en_erreur,
        **_formulaires(apres, nouveaux, changes, en_erreur),
        "retours": retours.vus_par(apres, acteur),
        **_discussion(apres, acteur),
    }
    return render(request, "fiches/comparer.html", contexte)


def _formulaires(
    version: VersionFiche, blocs: list[Bloc], changes: list[Passage], en_erreur: forms.Form | None
) -> dict[str, forms.Form]:
    """The forms of the page; the one that came back in error keeps what was typed."""
    echeance = version.avis_avant or timezone.localdate() + workflow.DELAI_D_AVIS
    neufs = {
        "avis_form": AvisForm(initial={"empreinte": version.empreinte}, passages=_choix(changes)),
        "remarque_form": RemarqueForm(blocs=blocs),
        "effet_form": EffetForm(initial={"jour": version.effet_prevu}),
        "echeance_form": EcheanceForm(initial={"avis_avant": echeance}),
    }
    return {
        nom: en_erreur if en_erreur is not None and type(en_erreur) is type(neuf) else neuf
        for nom, neuf in neufs.items()
    }


def _remarques(
    version: VersionFiche, blocs: list[Bloc], acteur: Acteur, en_erreur: forms.Form | None, reponse_a: int
) -> list[dict[str, Any]]:
    """Each remark with the title of its passage, its thread, and what the reader may do of it."""
    titres = {bloc.id: bloc.intitule for bloc in blocs}
    lignes = version.remarques.select_related(
        "institution", "resolue_par", "version_fiche__fiche__thematique__convention"
    ).prefetch_related("reponses__institution", "reponses__posee_par")
    return [
        {
            "remarque": ligne,
            "passage": titres.get(ligne.passage, ""),
            "resoudre": policies.peut_resoudre(ligne, acteur),
            "repondre": policies.peut_repondre(ligne, acteur),
            "form": en_erreur if reponse_a == ligne.pk else ReponseForm(auto_id=f"reponse-{ligne.pk}-%s"),
        }
        for ligne in lignes
    ]


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
        "attendus": sans_avis(version),
        "jours_restants": (version.avis_avant - timezone.localdate()).days if version.avis_avant else None,
        "ouvrir": WORKFLOW.verdict("ouvrir_approbation", version, acteur)
        if version.etat == VersionFiche.Etat.EN_LECTURE and policies.est_referente(version, acteur)
        else None,
        "peut_echeance": policies.peut_fixer_echeance(version, acteur),
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
        return page_comparaison(request, avant, apres, formulaire)
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
        return page_comparaison(request, avant, apres, formulaire)
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
        return page_comparaison(request, avant, apres, formulaire)
    jour = formulaire.cleaned_data["jour"]
    try:
        effets.programmer(version=apres, acteur=request.acteur, jour=jour)
        messages.success(request, f"La version {apres.numero} entrera en vigueur le {date_fr(jour)}.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("fiches:comparer", numero=numero, a=a, b=b)
