"""The journal page and what hangs on it. For the DPO of an institution, about that institution's chain only."""

import time
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.elevation import eleve
from accounts.roles import Role
from accueil.acces.archive import VERIFICATEUR, composer
from accueil.acces.export import DemandeExport, demander, est_immediat, noter_export
from accueil.acces.filtres import Filtre, chiffres_du_jour, paginer, periode
from accueil.acces.integrite import bandeau
from accueil.journal_lisible import lignes
from convention.acteur import Place
from convention.requete import Requete
from documents import coffre
from documents.models import Fichier
from dossiers.exclusions import cles_ecartees
from journal.carnet import noter
from journal.models import Export
from notifications.boite_envoi import publier


def _place(request: Requete) -> Place:
    place = request.acteur.place(Role.DPO)
    if place is None:
        raise PermissionDenied("Le journal se lit par la protection des données.")
    return place


@require_GET
def journal(request: Requete) -> HttpResponse:
    """Who saw what and when, in one's own institution; reading it is journalled too."""
    place = _place(request)
    filtre = Filtre(request.GET, institution_id=place.institution_id)
    valeurs: dict[str, Any] = filtre.cleaned_data if filtre.is_valid() else {}
    page = paginer(place.institution_code, valeurs, cles_ecartees(request.acteur)) if filtre.is_valid() else None
    du, au = periode(valeurs)
    contexte = {
        "filtre": filtre,
        "lignes": lignes(page.entrees) if page else [],
        "suivante": page.suivante if page else "",
        "suite": bool(valeurs.get("avant")),
        "du": du,
        "au": au,
        "chiffres": chiffres_du_jour(place.institution_code),
        "bandeau": bandeau(place.institution_code),
    }
    return render(request, "accueil/journal.html", contexte)


@require_POST
def verifier(request: Requete) -> HttpResponse:
    """Ask the worker for a verification; twice in the same five minutes is once."""
    _place(request)
    publier("journal.verifier", cle_unique=f"journal.verifier:{int(time.time()) // 300}", charge={})
    messages.success(request, "La vérification est demandée. Actualisez cette page dans une minute.")
    return redirect("accueil:journal")


@eleve
@require_http_methods(["GET", "POST"])
def exporter(request: Requete) -> HttpResponse:
    """The export form, then the file, or the page that waits for it."""
    place = _place(request)
    form = DemandeExport(request.POST or None, place=place)
    if request.method == "GET" or not form.is_valid():
        return render(request, "accueil/journal_export.html", {"form": form})
    valeurs = form.cleaned_data
    if not est_immediat(valeurs):
        export = demander(valeurs=valeurs, chaine=place.institution_code, acteur=request.acteur)
        return redirect("accueil:journal_export", export.cle)
    noter_export(valeurs, request.acteur)
    return _archive(composer(place.institution_code, valeurs["du"], valeurs["au"]))


def _archive(contenu: bytes) -> HttpResponse:
    reponse = HttpResponse(contenu, content_type="application/zip")
    reponse["Content-Disposition"] = f'attachment; filename="journal-{timezone.localdate():%Y-%m-%d}.zip"'
    return reponse


def _export(request: Requete, cle: UUID) -> Export:
    """One's own export, for a day."""
    _place(request)
    veille = timezone.now() - timedelta(days=1)
    return get_object_or_404(Export, cle=cle, demande_par=request.acteur.cle, demande_le__gte=veille)


@require_GET
def export(request: Requete, cle: UUID) -> HttpResponse:
    return render(request, "accueil/journal_attente.html", {"export": _export(request, cle)})


@eleve
@require_GET
def telecharger(request: Requete, cle: UUID) -> HttpResponse:
    demande = _export(request, cle)
    if demande.fichier is None:
        raise Http404
    noter("telecharger", acteur=request.acteur, objet="journal", cle=demande.cle)
    return _archive(coffre.lire(Fichier.objects.get(cle=demande.fichier), demande.cle))


@require_GET
def verificateur(request: Requete) -> HttpResponse:
    """The stand-alone verifier, as it is in the repository."""
    reponse = HttpResponse(VERIFICATEUR.read_bytes(), content_type="text/x-python; charset=utf-8")
    reponse["Content-Disposition"] = 'attachment; filename="verificateur.py"'
    return reponse
