"""The directory: the whole list, one service, what is proposed and answered, and the directory as a file."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from convention import corrections, policies
from convention.annuaire import est_lu
from convention.export_annuaire import COLONNES, RANGEES, titres
from convention.forms_annuaire import Correction, Recherche, Reponse
from convention.lecture_annuaire import groupes, lire_service
from convention.models import CorrectionAnnuaire, Service
from convention.requete import Requete
from documents import tableurs
from documents.tableurs.ecriture import TYPE_ODS
from journal.carnet import noter
from transitions.workflow import TransitionRefusee


def service_ou_404(request: Requete, cle: UUID) -> Service:
    """A service this reader knows: a ward of another institution does not exist."""
    services = Service.objects.select_related("institution").prefetch_related("contacts")
    trouve = get_object_or_404(services, cle=cle)
    if not est_lu(trouve, request.acteur):
        raise Http404
    return trouve


def importe(request: Requete) -> bool:
    """Whether this person keeps something that a spreadsheet may change."""
    acteur = request.acteur
    return acteur.a(*policies.CHEFS) or any(policies.peut_tenir_annuaire(acteur, i) for i in acteur.institutions)


@require_http_methods(["GET", "POST"])
def annuaire(request: Requete) -> HttpResponse:
    """Who to call now, institution by institution. Searched by POST: a name never stands in an address."""
    form = Recherche(request.POST if request.method == "POST" else {}, lecteur=request.acteur)
    form.is_valid()
    lus = groupes(request.acteur, form.cleaned_data)
    contexte = {
        "recherche": form,
        "groupes": lus,
        "de_garde": [entree.ligne for _, entrees in lus for entree in entrees if entree.ligne.garde],
        "filtre": any(form.cleaned_data.values()),
        "a_repondre": corrections.a_traiter(request.acteur).count(),
        "importe": importe(request),
    }
    return render(request, "convention/annuaire.html", contexte)


@require_GET
def service(request: Requete, service: UUID) -> HttpResponse:
    """Hours, numbers, who is on duty now and next, who replaces them."""
    lu = lire_service(service_ou_404(request, service), request.acteur)
    return render(request, "convention/service.html", {"lu": lu, "reponse": Reponse()})


@require_http_methods(["GET", "POST"])
def corriger(request: Requete, service: UUID) -> HttpResponse:
    """Anybody may say that a line is wrong."""
    trouve = service_ou_404(request, service)
    premier = next(iter(trouve.contacts.all()), None)
    form = Correction(request.POST or None, service=trouve, initial={"contact": premier})
    if request.method == "POST" and form.is_valid():
        valeurs = {nom: form.cleaned_data[nom] for nom in ("contact", "champ", "nouvelle", "precision")}
        try:
            faite = corrections.proposer(service=trouve, acteur=request.acteur, **valeurs)
        except TransitionRefusee as refus:
            form.add_error("nouvelle", str(refus))
        else:
            acceptee = faite.etat == corrections.ACCEPTEE
            suite = "L’annuaire est corrigé." if acceptee else "Proposition envoyée. Vous serez prévenu de la réponse."
            messages.success(request, suite)
            return redirect("convention:service", service=trouve.cle)
    return render(request, "convention/corriger.html", {"lu": lire_service(trouve, request.acteur), "form": form})


@require_POST
def verifier(request: Requete, service: UUID, numero: int) -> HttpResponse:
    """« Vérifié aujourd’hui »."""
    contact = get_object_or_404(service_ou_404(request, service).contacts, pk=numero)
    try:
        corrections.verifier(contact=contact, acteur=request.acteur)
    except TransitionRefusee as refus:
        raise PermissionDenied(str(refus)) from refus
    messages.success(request, f"{contact.libelle}\u00a0: numéro vérifié aujourd’hui.")
    return redirect("convention:service", service=service)


@require_GET
def a_repondre(request: Requete) -> HttpResponse:
    """The proposals that wait for this person."""
    acteur = request.acteur
    if not any(policies.peut_tenir_annuaire(acteur, institution) for institution in acteur.institutions):
        raise PermissionDenied("Les corrections se lisent par la référente et par l’administrateur de l’institution.")
    lignes = [(c, c.service.institution_id in acteur.institutions) for c in corrections.a_traiter(acteur)]
    return render(request, "convention/corrections.html", {"lignes": lignes, "reponse": Reponse()})


@require_POST
def repondre(request: Requete, correction: UUID) -> HttpResponse:
    """Accept, or refuse with a reason."""
    trouvee = get_object_or_404(CorrectionAnnuaire.objects.select_related("service"), cle=correction)
    verdict = policies.peut_tenir_annuaire(request.acteur, trouvee.service.institution_id)
    if not verdict:
        if not est_lu(trouvee.service, request.acteur):
            raise Http404
        raise PermissionDenied(verdict.raison)
    form = Reponse(request.POST)
    try:
        _repondre(request, trouvee, form)
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    vers = trouvee.service
    if not est_lu(vers, request.acteur):
        return redirect("convention:corrections")
    return redirect("convention:service", service=vers.cle)


def _repondre(request: Requete, trouvee: CorrectionAnnuaire, form: Reponse) -> None:
    if not form.is_valid():
        raise TransitionRefusee(" ".join(str(erreur) for lot in form.errors.values() for erreur in lot))
    if request.POST.get("geste") == "accepter":
        corrections.accepter(correction=trouvee, acteur=request.acteur)
        messages.success(request, "Correction acceptée\u00a0: l’annuaire est à jour.")
    else:
        corrections.refuser(correction=trouvee, motif=form.cleaned_data["motif"], acteur=request.acteur)
        messages.success(request, "Correction refusée\u00a0: la personne qui l’a proposée lira votre motif.")


@require_GET
def exporter(request: Requete, genre: str, forme: str) -> HttpResponse:
    """The directory or the rosters as this person reads or keeps them, in the columns of the import."""
    if genre not in RANGEES or forme not in ECRITURES:
        raise Http404
    rangees = RANGEES[genre](request.acteur)
    if not rangees and genre == "permanences":
        raise PermissionDenied("Vous ne tenez aucun tableau de permanence.")
    noter(
        "exporter_annuaire", acteur=request.acteur, objet="annuaire", details={"genre": genre, "lignes": len(rangees)}
    )
    return _fichier(f"annuaire-{genre}", genre, forme, rangees)


@require_GET
def modele(request: Requete, genre: str, forme: str) -> HttpResponse:
    """An empty spreadsheet with the titles that the import expects."""
    if genre not in COLONNES or forme not in ECRITURES:
        raise Http404
    return _fichier(f"modele-{genre}", genre, forme, [])


ECRITURES: dict[str, Any] = {
    "ods": (TYPE_ODS, lambda genre, entetes, rangees: tableurs.ods(genre, entetes, rangees)),
    "csv": ("text/csv; charset=utf-8", lambda genre, entetes, rangees: tableurs.csv(entetes, rangees)),
}


def _fichier(nom: str, genre: str, forme: str, rangees: list[tuple[str, ...]]) -> HttpResponse:
    type_mime, ecrire = ECRITURES[forme]
    return HttpResponse(
        ecrire(genre, titres(COLONNES[genre]), rangees),
        content_type=type_mime,
        headers={"Content-Disposition": f'attachment; filename="{nom}.{forme}"'},
    )
