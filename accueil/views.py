from django.contrib import messages
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET
from django.views.generic import TemplateView

from accueil.navigation import entrees
from accueil.recherche import chercher
from accueil.situations import DE_PERMANENCE, brouillon_affiche, envoi_affiche, tuiles
from convention.annuaire import connus, lignes_de
from convention.requete import Requete
from documents import antivirus
from dossiers.boite import boite
from dossiers.brouillons import miens
from dossiers.noms import peut_chercher
from fiches.accuses import a_lire
from fiches.lecture import en_vigueur, pour
from journal.carnet import noter
from notifications.models import Avis


@require_GET
def racine(request: Requete) -> HttpResponse:
    """Each role has its own home."""
    return redirect(entrees(request.acteur)[0].nom_url)


@require_GET
def accueil(request: Requete) -> HttpResponse:
    """« Que faire ? »: the situation first, the law afterwards."""
    acteur = request.acteur
    securite = lignes_de(connus(["CHV-SECU"], acteur), acteur)
    envois = boite(acteur, phases=("en_cours", "en_attente", "clos"), recents=True, taille=6)
    return render(
        request,
        "accueil/accueil.html",
        {
            "tuiles": tuiles(acteur),
            "nb_a_lire": len(a_lire(acteur, en_vigueur().filter(pour(acteur)))),
            "brouillons": [brouillon_affiche(brouillon, acteur) for brouillon in miens(acteur)],
            "envois": [envoi_affiche(ligne, acteur) for ligne in envois.lignes],
            "permanence": lignes_de(connus(DE_PERMANENCE, acteur), acteur),
            "telephone_securite": next((ligne.telephone for ligne in securite), ""),
        },
    )


def recherche(request: Requete) -> HttpResponse:
    """Search by POST: what is looked for never stands in an address."""
    texte = request.POST.get("q", "").replace("\0", "").strip()[:80]
    resultats = chercher(texte, request.acteur) if texte else []
    montres = sum(resultat.genre == "Dossier" for resultat in resultats)
    noter("chercher", acteur=request.acteur, objet="recherche", details={"resultats": montres})
    contexte = {"texte": texte, "resultats": resultats, "par_nom": peut_chercher(request.acteur)}
    return render(request, "accueil/recherche.html", contexte)


def notifications(request: Requete) -> HttpResponse:
    avis = Avis.objects.filter(destinataire_id=request.acteur.utilisateur_id)
    if request.method == "POST":
        avis.filter(lu_le=None).update(lu_le=timezone.now())
        messages.success(request, "Toutes vos notifications sont marquées comme lues.")
        return redirect("accueil:notifications")
    return render(request, "accueil/notifications.html", {"avis": avis[:100]})


class Information(TemplateView):
    """A public page of plain text: help, accessibility, personal data."""


def etat(request: Requete) -> HttpResponse:
    """Whether the product answers; says nothing else (REL-24)."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT 1")
    return render(request, "accueil/etat.html", {"antivirus": antivirus.present()})
