"""All the versions of a sheet, and the redline of any two of them, in page and on paper."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from convention.requete import Requete
from documents import coffre
from fiches.comparaison import papier_de, papier_pret
from fiches.forms_versions import VersionsForm
from fiches.lecture import fiches_de, versions_de
from fiches.models import Visa
from fiches.views.discussion import deux_versions
from fiches.workflow import WORKFLOW
from journal.carnet import noter


@require_GET
def versions(request: Requete, numero: int) -> HttpResponse:
    """Every version that this reader may open; two of them chosen, their comparison."""
    fiche = get_object_or_404(fiches_de(request.acteur), numero=numero)
    lignes = versions_de(fiche, request.acteur)
    if not lignes:
        raise Http404
    choix = [(version.numero, f"{version.numero}, {version.get_etat_display().lower()}") for version in lignes]
    depart = {"de": lignes[min(1, len(lignes) - 1)].numero, "a": lignes[0].numero}
    formulaire = VersionsForm(request.GET or None, choix=choix, initial=depart)
    if formulaire.is_valid():
        return redirect("fiches:comparer", numero, formulaire.cleaned_data["de"], formulaire.cleaned_data["a"])
    accords: dict[int, int] = {}
    valides = Visa.objects.filter(version_fiche__in=lignes, tombe_le=None, avis=Visa.Avis.APPROUVE)
    for cle in valides.values_list("version_fiche", flat=True):
        accords[cle] = accords.get(cle, 0) + 1
    precedentes = [*lignes[1:], None]
    contexte = {
        "fiche": fiche,
        "versions": [
            (version, WORKFLOW.etats[version.etat], accords.get(version.pk, 0), precedente)
            for version, precedente in zip(lignes, precedentes, strict=True)
        ],
        "formulaire": formulaire if len(lignes) > 1 else None,
    }
    return render(request, "fiches/versions.html", contexte)


@require_http_methods(["GET", "HEAD", "POST"])
def pdf(request: Requete, numero: int, a: str, b: str) -> HttpResponse:
    """The redline on paper: made by a POST, read by a GET."""
    avant, apres = deux_versions(request, numero, a, b)
    if request.method == "POST":
        papier_de(avant, apres, request.acteur)
        return redirect("fiches:comparer_pdf", numero, a, b)
    document = papier_pret(avant, apres, request.acteur)
    if document is None:
        return redirect("fiches:comparer", numero, a, b)
    details = {"document": str(document.cle), "de": avant.numero, "a": apres.numero}
    noter("telecharger", acteur=request.acteur, objet="fiche", cle=apres.cle, details=details)
    nom = f"fiche-{numero}-de-{avant.numero}-a-{apres.numero}.pdf"
    return HttpResponse(
        coffre.lire_document(document),
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{nom}"'},
    )
