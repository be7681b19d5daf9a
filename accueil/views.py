from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from accounts.roles import Role
from accueil.navigation import entrees
from accueil.recherche import chercher
from dossiers.brouillons import miens
from fiches.actes import adresse_de
from fiches.models import VersionFiche
from journal.models import Entree
from notifications.models import Avis


@require_GET
def racine(request: HttpRequest) -> HttpResponse:
    """Each role has its own home."""
    return redirect(entrees(request.acteur)[0].nom_url)


@require_GET
def accueil(request: HttpRequest) -> HttpResponse:
    """« Que faire ? »: the situation first, the law afterwards."""
    versions = VersionFiche.objects.filter(etat=VersionFiche.Etat.EN_VIGUEUR).select_related("fiche").order_by("fiche__numero")
    roles = {str(role) for role in request.acteur.roles}
    tuiles = [version for version in versions if roles & set(version.contenu.get("public", []))]
    return render(
        request,
        "accueil/accueil.html",
        {"tuiles": tuiles or list(versions), "brouillons": miens(request.acteur), "ouvrir": adresse_de},
    )


def recherche(request: HttpRequest) -> HttpResponse:
    """Search by POST: what is looked for never stands in an address."""
    texte = request.POST.get("q", "").strip()[:80]
    resultats = chercher(texte, request.acteur) if texte else []
    return render(request, "accueil/recherche.html", {"texte": texte, "resultats": resultats})


def notifications(request: HttpRequest) -> HttpResponse:
    avis = Avis.objects.filter(destinataire_id=request.acteur.utilisateur_id)
    if request.method == "POST":
        avis.filter(lu_le=None).update(lu_le=timezone.now())
        messages.success(request, "Toutes vos notifications sont marquées comme lues.")
        return redirect("accueil:notifications")
    return render(request, "accueil/notifications.html", {"avis": avis[:100]})


@require_GET
def journal(request: HttpRequest) -> HttpResponse:
    """Who saw what and when, of one's own institution's chain. For the DPO."""
    place = request.acteur.place(Role.DPO)
    if place is None:
        raise PermissionDenied("Le journal se lit par la protection des données.")
    entrees_journal = Entree.objects.filter(chaine=place.institution_code)
    page = Paginator(entrees_journal, 50).get_page(request.GET.get("page"))
    return render(request, "accueil/journal.html", {"page": page, "adresse": reverse("accueil:journal")})
