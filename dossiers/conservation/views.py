"""The pages of retention: the officer's board, one case of the register, and the table of durations."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.elevation import eleve
from accounts.roles import Role
from convention.requete import Requete
from dossiers.conservation import bareme, formulaires, tableau, verbes
from dossiers.conservation.gels import gels_en_cours
from dossiers.conservation.verbes import Acte, ConservationRefusee
from dossiers.models import Conservation, MiseEnAttente, RegleConservation
from journal.carnet import noter

LECTEURS_DU_BAREME = (Role.DPO, Role.REFERENT, Role.JURISTE, Role.DIRECTION, Role.ARCHIVES)
EN_ATTENTE = "Demande enregistrée\u00a0: une seconde personne doit l’approuver sous 24 heures."


@require_GET
def conservation(request: Requete) -> HttpResponse:
    """What expires, what is held, what waits for a second person. No name, no content."""
    if not request.acteur.a(Role.DPO):
        raise PermissionDenied("La conservation se suit par la protection des données.")
    if reference := request.GET.get("reference", "").strip().upper()[:20]:
        trouve = verbes.suivis_de(request.acteur, Role.DPO).filter(reference=reference).first()
        if trouve:
            return redirect("dossiers:conservation_dossier", cle=trouve.cle)
        messages.error(request, "Aucun dossier de votre institution ne porte cette référence. Vérifiez-la.")
    return render(request, "dossiers/conservation.html", tableau.tableau(request.acteur))


def _suivi(request: Requete, cle: UUID, *roles: Role) -> Conservation:
    registre = verbes.suivis_de(request.acteur, *roles).select_related("regle", "detruit_par")
    suivi: Conservation = get_object_or_404(registre, cle=cle)
    return suivi


@require_GET
def dossier(request: Requete, cle: UUID) -> HttpResponse:
    """One line of the register, and what may be asked of it."""
    suivi = _suivi(request, cle)
    return render(request, "dossiers/conservation_dossier.html", _contexte(request, suivi))


def _contexte(request: Requete, suivi: Conservation, **formes: forms.Form) -> dict[str, Any]:
    gel = gels_en_cours().filter(dossier_id=suivi.dossier_id).first()
    ordinaires = {
        "geler": formulaires.Geler(prefix="geler"),
        "lever": formulaires.Motive(prefix="lever"),
        "prolonger": formulaires.Prolonger(prefix="prolonger"),
        "detruire": formulaires.Motive(prefix="detruire"),
    }
    return {
        "suivi": suivi,
        "etat": tableau.etat_de(suivi, gele=gel is not None),
        "gel": gel,
        "raison": MiseEnAttente.Motif(gel.motif).label if gel else "",
        "demandes": tableau.demandes(request.acteur, suivi),
        "formes": {**ordinaires, **formes},
        "fichiers": suivi.bordereau.get("fichiers", []),
    }


def _geler(suivi: Conservation, valeurs: dict[str, Any], request: Requete) -> str:
    verbes.geler(suivi=suivi, acteur=request.acteur, **valeurs)
    return "Ce dossier est en attente légale dès maintenant. Une seconde personne doit confirmer sous 24 heures."


def _lever(suivi: Conservation, valeurs: dict[str, Any], request: Requete) -> str:
    verbes.lever(suivi=suivi, acteur=request.acteur, **valeurs)
    return EN_ATTENTE


def _prolonger(suivi: Conservation, valeurs: dict[str, Any], request: Requete) -> str:
    verbes.prolonger(suivi=suivi, acteur=request.acteur, **valeurs)
    return EN_ATTENTE


def _detruire(suivi: Conservation, valeurs: dict[str, Any], request: Requete) -> str:
    verbes.demander_destruction(suivi=suivi, acteur=request.acteur, **valeurs)
    return EN_ATTENTE


def _revoir(suivi: Conservation, valeurs: dict[str, Any], request: Requete) -> str:
    verbes.revoir(suivi=suivi, acteur=request.acteur)
    return "L’attente légale est maintenue pour six mois."


def _verser(suivi: Conservation, valeurs: dict[str, Any], request: Requete) -> str:
    verbes.confirmer_versement(suivi=suivi, acteur=request.acteur)
    return "Le versement au registre de l’hôpital est noté."


Geste = Callable[[Conservation, dict[str, Any], Requete], str]
GESTES: dict[str, tuple[type[forms.Form] | None, Geste]] = {
    "geler": (formulaires.Geler, _geler),
    "lever": (formulaires.Motive, _lever),
    "prolonger": (formulaires.Prolonger, _prolonger),
    "detruire": (formulaires.Motive, _detruire),
    "revoir": (None, _revoir),
    "verser": (None, _verser),
}


@require_POST
@eleve
def agir(request: Requete, cle: UUID, geste: str) -> HttpResponse:
    """Ask for one act; what was typed is given back with its errors."""
    if geste not in GESTES:
        raise Http404
    suivi, (forme, faire) = _suivi(request, cle), GESTES[geste]
    form = forme(request.POST, prefix=geste) if forme else None
    if form is None or form.is_valid():
        try:
            messages.success(request, faire(suivi, form.cleaned_data if form else {}, request))
            return redirect("dossiers:conservation_dossier", cle=suivi.cle)
        except ConservationRefusee as refus:
            if form is None:
                messages.error(request, str(refus))
                return redirect("dossiers:conservation_dossier", cle=suivi.cle)
            form.add_error(None, str(refus))
    return render(request, "dossiers/conservation_dossier.html", _contexte(request, suivi, **{geste: form}))


@require_GET
def bordereau(request: Requete, cle: UUID) -> HttpResponse:
    """The elimination list, for the archives: references, dates and hashes."""
    suivi = _suivi(request, cle, Role.DPO, Role.ARCHIVES)
    if not suivi.bordereau:
        raise Http404
    noter("telecharger", acteur=request.acteur, objet="bordereau", cle=suivi.cle)
    nom = f"bordereau-{suivi.reference or 'dossier'}.json"
    return JsonResponse(
        suivi.bordereau,
        json_dumps_params={"ensure_ascii": False, "indent": 2},
        headers={"Content-Disposition": f'attachment; filename="{nom}"'},
    )


@require_GET
def reglages(request: Requete) -> HttpResponse:
    """The table of durations, as it is in force."""
    if not request.acteur.a(*LECTEURS_DU_BAREME):
        raise PermissionDenied("Les durées de conservation se lisent par la protection des données et la référente.")
    contexte = {
        "regles": list(bareme.en_vigueur().values()),
        "peut_changer": request.acteur.a(*verbes.DES_REGLES),
        "demandes": [d for d in tableau.demandes(request.acteur) if d["decision"].regle_id],
    }
    return render(request, "dossiers/conservation_reglages.html", contexte)


@eleve
def regle(request: Requete, cle: UUID) -> HttpResponse:
    """Ask for the next version of a rule: signed by the second person who approves it."""
    if not request.acteur.a(*verbes.DES_REGLES):
        raise PermissionDenied("Une durée se change par la protection des données ou la référente de la convention.")
    actuelle = get_object_or_404(RegleConservation, cle=cle, fin=None)
    initial = {nom: getattr(actuelle, nom) for nom in ("actif_mois", "actif_jours", "archive_mois")}
    form = formulaires.Durees(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        durees = {nom: form.cleaned_data[nom] for nom in initial}
        try:
            motif = form.cleaned_data["motif"]
            contenu = {"durees": durees}
            verbes.demander(acte=Acte.REGLER, motif=motif, acteur=request.acteur, regle=actuelle, contenu=contenu)
        except ConservationRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, EN_ATTENTE)
            return redirect("dossiers:reglages_conservation")
    return render(request, "dossiers/conservation_regle.html", {"regle": actuelle, "form": form})
