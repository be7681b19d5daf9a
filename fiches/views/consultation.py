from itertools import groupby
from typing import Any, NamedTuple

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from convention import regles
from convention.requete import Requete
from documents import coffre
from fiches import retours
from fiches.accuses import a_lire, ma_lecture
from fiches.carte import peut_voir_carte
from fiches.documents import A4, POCHE, Format, document_de, document_pret
from fiches.echeances_avis import a_donner, en_attente
from fiches.etats import OUVERTS, E
from fiches.lecture import en_vigueur, fiches_de, lire_version, pour, versions_de
from fiches.models import VersionFiche, Visa
from fiches.policies import peut_consulter, peut_proposer, peut_rediger, peut_voir_version
from fiches.positions import manquants, signataires_de
from fiches.workflow import WORKFLOW
from journal.carnet import noter


class Tuile(NamedTuple):
    libelle: str
    url: str
    texte: str
    icone: str
    a_lire: bool


@require_GET
def liste(request: Requete) -> HttpResponse:
    """All the sheets: those of the reader's role as situations, then every theme."""
    versions = list(en_vigueur().filter(pour(request.acteur)))
    roles = {str(role) for role in request.acteur.roles}
    themes = groupby(sorted(versions, key=_rang), key=lambda version: version.fiche.thematique)
    restent = a_lire(request.acteur, versions)
    en_cours = (
        VersionFiche.objects.filter(pour(request.acteur), etat__in=OUVERTS)
        .select_related("fiche__thematique__convention")
        .prefetch_related("fiche__thematique__membres")
    )
    contexte = {
        "tuiles": [
            _tuile(version, version.pk in restent) for version in versions if roles & set(version.contenu["public"])
        ],
        "a_lire": restent,
        "carte": peut_voir_carte(request.acteur),
        "mes_retours": retours.page_des_miens(),
        "themes": [(theme, list(fiches)) for theme, fiches in themes],
        "fiches_de": versions[0].fiche.thematique.convention.code if versions else "",
        "a_donner": a_donner(en_attente(request.acteur), request.acteur),
        "revisions": [
            (version, WORKFLOW.etats[version.etat], len(manquants(version)))
            for version in en_cours.order_by("fiche__numero")
            if peut_voir_version(version, request.acteur)
        ],
    }
    return render(request, "fiches/liste.html", contexte)


def _rang(version: VersionFiche) -> tuple[int, int, int]:
    """By convention, then theme, then sheet: two conventions may number their themes alike."""
    theme = version.fiche.thematique
    return theme.convention_id, theme.ordre, version.fiche.numero


def _tuile(version: VersionFiche, non_lue: bool) -> Tuile:
    adresse = reverse("fiches:fiche", args=[version.fiche.numero])
    return Tuile(version.contenu["situation"], adresse, version.titre, version.contenu["icone"], non_lue)


@require_GET
def fiche(request: Requete, numero: int) -> HttpResponse:
    """The version in force, else the last one that was."""
    objet = get_object_or_404(fiches_de(request.acteur), numero=numero)
    versions = versions_de(objet, request.acteur)
    effectives = [version for version in versions if version.effet_le]
    choisie = next((version for version in effectives if version.etat == E.EN_VIGUEUR), None) or next(
        iter(effectives), None
    )
    if choisie is None:
        raise Http404
    return _page(request, choisie, versions)


@require_GET
def version(request: Requete, numero: int, version: str) -> HttpResponse:
    """Any version by its number, with a banner when it is not the one in force."""
    objet = get_object_or_404(fiches_de(request.acteur), numero=numero)
    versions = versions_de(objet, request.acteur)
    choisie = next((ligne for ligne in versions if ligne.numero == version), None)
    if choisie is None:
        raise Http404
    return _page(request, choisie, versions)


def _page(request: Requete, choisie: VersionFiche, versions: list[VersionFiche]) -> HttpResponse:
    acteur = request.acteur
    lecture = lire_version(choisie, acteur)
    en_cours = next((version for version in versions if version.etat in OUVERTS), None)
    actuelle = next((version for version in versions if version.etat == E.EN_VIGUEUR), None)
    contexte: dict[str, Any] = {
        "lecture": lecture,
        "version": choisie,
        "contenu": lecture.contenu,
        "fiche": choisie.fiche,
        "versions": versions,
        "actuelle": actuelle,
        "fin": regles.fin_de(choisie.fiche.thematique.convention, timezone.localdate()),
        "revision": en_cours if en_cours != choisie else None,
        "approbations": choisie.visas.filter(tombe_le=None, avis=Visa.Avis.APPROUVE).count(),
        "signataires": len(signataires_de(choisie)),
        "que_faire": peut_consulter(choisie, acteur),
        "proposer": peut_proposer(choisie, acteur),
        "abroger": WORKFLOW.verdict("abroger", choisie, acteur),
        "rediger": peut_rediger(en_cours, acteur) if en_cours else None,
        "ma_lecture": ma_lecture(choisie, acteur),
        "retours": retours.vus_par(choisie, acteur),
        "de_garde": [ligne for ligne in lecture.contacts if ligne.telephone],
    }
    return render(request, "fiches/fiche.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: Requete, numero: int) -> HttpResponse:
    """The sheet in force on paper, the same bytes until something in it changes. Made by a POST, read by a GET."""
    return _papier(request, numero, A4, "pdf")


@require_http_methods(["GET", "HEAD", "POST"])
def poche(request: Requete, numero: int) -> HttpResponse:
    """The same for a pocket: A6, what to do and whom to call."""
    return _papier(request, numero, POCHE, "poche")


def _papier(request: Requete, numero: int, format: Format, nom: str) -> HttpResponse:
    objet = get_object_or_404(
        VersionFiche.objects.select_related("fiche__thematique__convention__etablissement"),
        pour(request.acteur),
        fiche__numero=numero,
        etat=E.EN_VIGUEUR,
    )
    lecture = lire_version(objet, request.acteur)
    if request.method == "POST":
        document_de(lecture, request.acteur, format)
        return redirect(f"fiches:{nom}", numero)
    document = document_pret(lecture, request.acteur, format)
    if document is None:
        return redirect("fiches:fiche", numero)
    details = {"document": str(document.cle), "format": nom}
    noter("telecharger", acteur=request.acteur, objet="fiche", cle=objet.cle, details=details)
    return HttpResponse(
        coffre.lire_document(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{nom}-{numero}-version-{objet.numero}.pdf"'},
    )
