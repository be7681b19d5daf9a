"""Before the case exists: the requester's list, the deposit, and what the hospital writes down for a requester."""

import uuid
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from convention.acteur import Acteur
from convention.models import Rattachement, Service
from convention.requete import Requete
from documents.models import Fichier
from dossiers.boite import boite
from dossiers.brouillons import garder, miens, retrouver
from dossiers.fenetres import CHAMP, AutreFenetre
from dossiers.models import Brouillon, Dossier
from requisitions.forms import DepotForm, ReceptionForm
from requisitions.forms.appui import FICHIERS, fichiers_de
from requisitions.forms.autre_personne import saisie_de
from requisitions.forms.cibles import PREFIXE, avec_une_ligne, lignes_gardees
from requisitions.forms.recherche import ChercherForm
from requisitions.models import Requisition
from requisitions.numeros import numero_des_juridiques
from requisitions.policies import (
    DEPOSANTS,
    RECEVANTS,
    peut_demander_pour_une_autre,
    peut_deposer,
    peut_recevoir,
)
from requisitions.recherche import criteres
from requisitions.saisie.brouillon import dossier_vise
from requisitions.views.commun import ouvrir, permettre
from requisitions.views.listes import DU_REQUERANT, lignes_affichees, page_de
from requisitions.workflow import preparer_pour_une_autre
from requisitions.workflow.acte import ACTE_SIGNE, APPUI, joint
from requisitions.workflow.enregistrement import GENRE, deja_depose, rien_de_plus
from transitions.workflow import TransitionRefusee

PAGE = "depot"
Fichiers = Mapping[str, Fichier | None]
DEUX_FENETRES = (
    "Ce brouillon a été modifié dans une autre fenêtre\u00a0: rien n’y a été écrasé. Comparez les deux, puis "
    "enregistrez celle que vous gardez."
)


def miennes(request: Requete) -> HttpResponse:
    """The requester's own unit: what is running, what waits to be fetched, what is over; by POST, what is sought."""
    permettre(peut_deposer(request.acteur))
    page, onglets, vue = page_de(request, "requisitions:miennes", DU_REQUERANT)
    chercher = ChercherForm(request.POST or None, acteur=request.acteur)
    if cherche := request.method == "POST" and chercher.is_valid():
        page = boite(request.acteur, **criteres(request.acteur, **chercher.cleaned_data))
    contexte = {
        "lignes": lignes_affichees(page.lignes, request.acteur),
        "suivante": page.suivante,
        "onglets": onglets,
        "vue": vue,
        "brouillons": miens(request.acteur, GENRE)[:10],
        "chercher": chercher,
        "cherche": cherche,
    }
    return render(request, "requisitions/miennes.html", contexte)


@require_GET
def nouvelle(request: Requete) -> HttpResponse:
    """A fresh key in the address: the draft is born at the first keystroke kept, and the deposit happens once."""
    _formulaire(request.acteur)
    return redirect("requisitions:depot", cle=uuid.uuid4())


def depot(request: Requete, cle: UUID) -> HttpResponse:
    """One page. `geste` keeps the draft: for later, or with one more line or one less. Otherwise it is deposited."""
    acteur = request.acteur
    if vise := dossier_vise(retrouver(cle, acteur)):
        return redirect("requisitions:inventaire", cle=vise)
    formulaire = _formulaire(acteur)
    if deja := deja_depose(cle, acteur):
        return _deja(request, formulaire, cle, deja)
    brouillon = _brouillon(cle, acteur)
    gardees: dict[str, Any] = brouillon.donnees.get(PAGE, {}) if brouillon else {}
    gardes = _fichiers_gardes(brouillon)
    if request.method != "POST":
        montrees = avec_une_ligne(gardees) if "ligne" in request.GET else gardees
        form = formulaire(initial=montrees, acteur=acteur, cle=cle, gardes=gardes.keys())
        return _page(request, form, cle, brouillon)
    form = formulaire(request.POST, request.FILES, acteur=acteur, cle=cle, gardes=gardes.keys())
    valide = form.is_valid()
    fichiers = fichiers_de(form, gardes)
    if valide and not request.POST.get("geste"):
        return _deposer(request, form, cle, fichiers, brouillon)
    return _garder_la_page(request, form, cle, fichiers)


def _deposer(
    request: Requete, form: DepotForm, cle: UUID, fichiers: Fichiers, brouillon: Brouillon | None
) -> HttpResponse:
    try:
        dossier = form.deposer(cle, fichiers)
    except TransitionRefusee as refus:
        form.add_error(None, str(refus))
        return _page(request, form, cle, brouillon, status=409)
    messages.success(request, form.confirmation(dossier))
    for phrase in form.a_verifier:
        messages.warning(request, phrase)
    return redirect("requisitions:dossier", cle=dossier.cle)


def _deja(request: Requete, formulaire: type[DepotForm], cle: UUID, deja: Dossier) -> HttpResponse:
    """A second click or the back button: the same case, no second one, and no draft of what has left."""
    if request.method != "POST" or request.POST.get("geste"):
        return redirect("requisitions:dossier", cle=deja.cle)
    joints = {champ for champ, intitule in (("fichier", ACTE_SIGNE), ("appui", APPUI)) if joint(deja, intitule)}
    form = formulaire(request.POST, request.FILES, acteur=request.acteur, cle=cle, gardes=joints)
    if form.is_valid():
        return _deposer(request, form, cle, fichiers_de(form, {}), None)
    form.add_error(None, rien_de_plus(deja))
    return _page(request, form, cle, None, status=409)


def _formulaire(acteur: Acteur) -> type[DepotForm]:
    """The requester's own page, or the hospital's for what came otherwise."""
    if peut_deposer(acteur):
        return DepotForm
    permettre(peut_recevoir(acteur) or peut_deposer(acteur))
    return ReceptionForm


def _garder_la_page(request: Requete, form: DepotForm, cle: UUID, fichiers: Fichiers) -> HttpResponse:
    """Not deposited: shown again with its faults, or left for later."""
    try:
        brouillon = _conserver(request, cle, fichiers)
    except AutreFenetre:
        form.add_error(None, DEUX_FENETRES)
        return _page(request, form, cle, _brouillon(cle, request.acteur), status=409)
    geste = request.POST.get("geste", "").partition(":")[0]
    for champ in FICHIERS if geste else ():
        if champ in request.FILES and champ in form.errors:
            messages.error(request, str(form.errors[champ][0]))
    if geste == "garder":
        messages.success(request, "Le brouillon est gardé 30 jours.")
        return redirect(form.liste)
    if geste in {"ligne", "retirer"}:
        suite = f"?ligne=1#autre-{len(brouillon.donnees[PAGE][PREFIXE])}" if geste == "ligne" else "#autres"
        return redirect(f"{request.path}{suite}")
    form.gardes = {champ for champ, fichier in fichiers.items() if fichier}
    return _page(request, form, cle, brouillon)


@require_POST
def autre_personne(request: Requete, cle: UUID) -> HttpResponse:
    """The same act, for another person it names: a new deposit, filled but for the person."""
    courant, lettre = ouvrir(request, cle)
    permettre(peut_demander_pour_une_autre(courant, request.acteur))
    brouillon = preparer_pour_une_autre(
        dossier=courant, page=PAGE, saisie=saisie_de(lettre, courant.urgence), acteur=request.acteur
    )
    messages.info(
        request, f"Même acte que {courant.reference}. Vérifiez qu’il vise aussi cette personne, puis indiquez son nom."
    )
    return redirect("requisitions:depot", cle=brouillon.cle)


@require_POST
def garder_depot(request: Requete, cle: UUID) -> HttpResponse:
    """Autosave of the deposit page."""
    _formulaire(request.acteur)
    request.sans_trace = True
    try:
        brouillon = _conserver(request, cle, {})
    except AutreFenetre:
        return JsonResponse({}, status=409)
    if Requisition.objects.filter(cle_depot=cle).exists():
        # This save left the page with the deposit and arrived after it: nothing is a draft any more.
        brouillon.delete()
        return HttpResponse(status=204)
    return JsonResponse({"enregistre_a": timezone.localtime(brouillon.modifie_le).strftime("%H:%M")})


def _brouillon(cle: UUID, acteur: Any) -> Brouillon | None:
    """The owner's draft; somebody else's answers as if the address did not exist."""
    brouillon = retrouver(cle, acteur)
    if brouillon is None and Brouillon.objects.filter(cle=cle).exists():
        raise Http404
    return brouillon


def _conserver(request: Requete, cle: UUID, fichiers: Fichiers) -> Brouillon:
    """Keep the page; a draft that became a case between two readings is written anew, and whoever asked sees it."""
    try:
        return _ecrire_le_brouillon(request, cle, fichiers)
    except Brouillon.DoesNotExist:
        return _ecrire_le_brouillon(request, cle, fichiers)


def _ecrire_le_brouillon(request: Requete, cle: UUID, fichiers: Fichiers) -> Brouillon:
    defauts = {"proprietaire_id": request.acteur.utilisateur_id, "genre": GENRE}
    try:
        brouillon, _ = Brouillon.objects.get_or_create(cle=cle, defaults=defauts)
    except IntegrityError as erreur:
        raise Http404 from erreur
    if brouillon.proprietaire_id != request.acteur.utilisateur_id:
        raise Http404
    # The page's own fields only: the key of a file is the server's word, or it would name anybody's file.
    champs = _formulaire(request.acteur).base_fields.keys() - {*FICHIERS, "incomplet"}
    valeurs: dict[str, Any] = {nom: request.POST[nom] for nom in request.POST if nom in champs}
    valeurs[PREFIXE] = lignes_gardees(request.POST)
    gardees = brouillon.donnees.get(PAGE, {})
    for champ in FICHIERS:
        fichier = fichiers.get(champ)
        if pk := fichier.pk if fichier else gardees.get(f"{champ}_pk"):
            valeurs[f"{champ}_pk"] = pk
    garder(brouillon=brouillon, page=PAGE, valeurs=valeurs, fenetre=request.POST.get(CHAMP, ""))
    return brouillon


def _fichiers_gardes(brouillon: Brouillon | None) -> dict[str, Fichier]:
    donnees = brouillon.donnees.get(PAGE, {}) if brouillon else {}
    cles = {champ: donnees[f"{champ}_pk"] for champ in FICHIERS if donnees.get(f"{champ}_pk")}
    fichiers = Fichier.objects.in_bulk(cles.values())
    return {champ: fichiers[pk] for champ, pk in cles.items() if pk in fichiers and not fichiers[pk].perdu}


def _page(
    request: Requete, form: DepotForm, cle: UUID, brouillon: Brouillon | None, *, status: int = 200
) -> HttpResponse:
    acteur = request.acteur
    place = acteur.place(*DEPOSANTS) or acteur.place(*RECEVANTS)
    if place is None:
        raise PermissionDenied
    contexte = {
        "form": form,
        "cle": cle,
        "brouillon": brouillon,
        "place": place,
        "qualite_judiciaire": Rattachement.Qualite(place.qualite).label if place.qualite else "",
        "service": Service.objects.select_related("institution").get(pk=place.service_id),
        "telephone_daj": numero_des_juridiques(),
    }
    return render(request, "requisitions/nouvelle.html", contexte, status=status)
