"""The page of the crisis pack: the last one of one's own institution, and how to take it away."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.elevation import eleve
from accueil.models import PackSecours
from accueil.secours.policies import peut_emporter, place_de_porteur
from accueil.secours.taches import demander, est_perime
from convention.requete import Requete
from documents import coffre
from journal.carnet import noter

RUBRIQUES = (
    ("", "Gardes des sept jours et numéros utiles"),
    ("fiches/", "Fiches en vigueur, au format A4"),
    ("poche/", "Fiches en vigueur, au format de poche"),
    ("formulaires/", "Papiers vierges numérotés"),
)


def _packs(request: Requete) -> list[PackSecours]:
    place = place_de_porteur(request.acteur) or request.acteur.principale
    lus = PackSecours.objects.select_related("fichier", "institution")
    return list(lus.filter(institution_id=place.institution_id)) if place else []


@require_GET
def page(request: Requete) -> HttpResponse:
    """When it was made and what it holds; a warning when it is too old to be trusted."""
    packs = _packs(request)
    dernier = packs[0] if packs else None
    contexte = {
        "pack": dernier,
        "anterieurs": packs[1:],
        "perime": est_perime(dernier),
        "verdict": peut_emporter(request.acteur),
        "rubriques": _rubriques(dernier) if dernier else [],
    }
    return render(request, "accueil/secours.html", contexte)


def _rubriques(pack: PackSecours) -> list[tuple[str, list[str]]]:
    def dans(prefixe: str) -> list[str]:
        return [titre for chemin, titre, _ in pack.contenu if chemin.rpartition("/")[0] == prefixe.rstrip("/")]

    return [(libelle, dans(prefixe)) for prefixe, libelle in RUBRIQUES]


@require_POST
def preparer(request: Requete) -> HttpResponse:
    """Make one now, for one's own institution."""
    place = place_de_porteur(request.acteur)
    if place is None:
        raise PermissionDenied(peut_emporter(request.acteur).raison)
    demander(place.institution_id)
    noter("preparer", acteur=request.acteur, objet="secours")
    messages.success(request, "La préparation est demandée. Actualisez cette page dans une minute.")
    return redirect("accueil:secours")


@eleve
@require_GET
def telecharger(request: Requete, cle: UUID) -> HttpResponse:
    """One's own institution's pack, after a fresh proof of identity."""
    place = place_de_porteur(request.acteur)
    if place is None:
        raise PermissionDenied(peut_emporter(request.acteur).raison)
    pack = get_object_or_404(
        PackSecours.objects.select_related("fichier"), cle=cle, institution_id=place.institution_id
    )
    noter("telecharger", acteur=request.acteur, objet="secours", cle=pack.cle)
    reponse = HttpResponse(coffre.lire(pack.fichier, pack.cle), content_type="application/zip")
    nom = f"pack-de-secours-{place.institution_code.lower()}-{pack.produit_le:%Y-%m-%d}.zip"
    reponse["Content-Disposition"] = f'attachment; filename="{nom}"'
    return reponse
