"""Frais de justice: the list of the accounts office, one mémoire, and legal affairs who open it."""

from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from convention.acteur import Acteur
from convention.requete import Requete
from documents import coffre
from documents.envoi import servir_octets
from documents.tableurs import LIGNES_MAXIMUM, TYPE_CSV
from journal.carnet import noter
from requisitions import lecture
from requisitions.forms.frais import OuvrirMemoireForm, SuivreMemoireForm
from requisitions.frais import SUITES, a_surveiller, forclusion, majoration
from requisitions.frais.documents import etat_de_frais, etat_pret
from requisitions.frais.tableur import en_csv
from requisitions.models import Memoire
from requisitions.policies import peut_ouvrir_memoire, peut_tenir_les_frais
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow.frais import ouvrir_memoire, suivre_memoire

PLAFOND = 200
TONS = {"a_etablir": "warn", "depose": "info", "rejete": "danger", "paye": "ok"}


def _siens(acteur: Acteur) -> QuerySet[Memoire]:
    return Memoire.objects.filter(service_id__in=acteur.services)


def _vue(request: Requete) -> Memoire.Situation:
    """The state asked for; first what is still to be drawn up."""
    vue = request.GET.get("vue", "")
    return Memoire.Situation(vue if vue in Memoire.Situation.values else Memoire.Situation.A_ETABLIR)


def _ligne(memoire: Memoire) -> dict[str, object]:
    return {
        "m": memoire,
        "ton": TONS[memoire.situation],
        "majoration": majoration(memoire.acte_du),
        "forclusion": forclusion(memoire.acte_du),
        "presse": a_surveiller(memoire.situation, memoire.acte_du, timezone.localdate()),
    }


@require_GET
def frais(request: Requete) -> HttpResponse:
    """By state; the oldest act first, since the claim lapses after a year."""
    permettre(peut_tenir_les_frais(request.acteur))
    vue = _vue(request)
    siens = _siens(request.acteur)
    base = reverse("requisitions:frais")
    onglets = [
        {
            "libelle": mots,
            "url": f"{base}?vue={code}",
            "actif": code == vue,
            "compte": siens.filter(situation=code)[:1000].count() if code != "paye" else None,
            "ton": "danger" if code == "rejete" else "mute",
        }
        for code, mots in Memoire.Situation.choices
    ]
    lignes = [_ligne(memoire) for memoire in siens.filter(situation=vue)[:PLAFOND]]
    contexte = {"lignes": lignes, "onglets": onglets, "vue": vue.value}
    return render(request, "requisitions/frais.html", contexte)


@require_GET
def tableur(request: Requete) -> HttpResponse:
    """The same state as a CSV for Chorus Pro, the oldest act first, without a name."""
    permettre(peut_tenir_les_frais(request.acteur))
    vue = _vue(request)
    lus = list(_siens(request.acteur).filter(situation=vue)[: LIGNES_MAXIMUM + 1])
    memoires = lus[:LIGNES_MAXIMUM]
    details = {"situation": vue.value, "lignes": len(memoires)}
    noter("exporter_frais", acteur=request.acteur, objet="memoire", details=details)
    octets = en_csv(memoires, vue, suite=len(lus) > len(memoires))
    return servir_octets(octets, f"frais-de-justice-{vue.value.replace('_', '-')}.csv", TYPE_CSV)


def memoire(request: Requete, memoire: UUID) -> HttpResponse:
    permettre(peut_tenir_les_frais(request.acteur))
    objet = get_object_or_404(_siens(request.acteur), cle=memoire)
    form = SuivreMemoireForm(request.POST or None, memoire=objet) if SUITES[objet.situation] else None
    if request.method == "POST":
        if form is None:
            messages.warning(request, "Ce mémoire est payé : il ne change plus.")
            return redirect("requisitions:frais")
        if reussit(form, lambda: suivre_memoire(memoire=objet, acteur=request.acteur, **form.cleaned_data)):
            messages.success(request, "L’étape est notée.")
            return redirect("requisitions:frais")
    return render(request, "requisitions/memoire.html", {**_ligne(objet), "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: Requete, memoire: UUID) -> HttpResponse:
    """The statement on paper. Made by a POST, read by a GET."""
    permettre(peut_tenir_les_frais(request.acteur))
    objet = get_object_or_404(_siens(request.acteur), cle=memoire)
    if request.method == "POST":
        etat_de_frais(objet)
        return redirect("requisitions:memoire_pdf", memoire=memoire)
    document = etat_pret(objet)
    if document is None:
        return redirect("requisitions:memoire", memoire=memoire)
    noter("telecharger", acteur=request.acteur, objet="memoire", cle=objet.cle, details={"document": str(document.cle)})
    return HttpResponse(
        coffre.lire_document(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="frais-{objet.pseudonyme}.pdf"'},
    )


def transmission(request: Requete, cle: UUID) -> HttpResponse:
    dossier, r = ouvrir(request, cle)
    permettre(peut_ouvrir_memoire(dossier, request.acteur))
    form = OuvrirMemoireForm(request.POST or None, initial={"num_procedure": r.num_procedure})
    if request.method == "POST" and reussit(
        form, lambda: ouvrir_memoire(dossier=dossier, acteur=request.acteur, **form.cleaned_data)
    ):
        messages.success(request, "La régie a ce qu’il faut pour le mémoire, sans le nom du patient.")
        return redirect("requisitions:dossier", cle=cle)
    contexte = {
        "dossier": dossier,
        "form": form,
        "intitule": "Transmettre les frais à la régie",
        "bouton": "Transmettre à la régie",
        "titre_acte": lecture.titre(dossier),
        "danger": False,
        "demande": None,
    }
    return render(request, "requisitions/decision.html", contexte)
