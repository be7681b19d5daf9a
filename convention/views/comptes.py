"""Accounts of a house: the list, an invitation, one person, and what is taken back at once."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.elevation import eleve
from accounts.models import User
from accounts.roles import Role
from convention import acces_perdus, comptes, departs, habilitations, policies, revue
from convention.forms import Droit, Filtres, Invitation, Motif, Suspension
from convention.models import Institution, Rattachement, Service
from convention.personnes import institutions_lues, lister, personne, sans_administrateur, trouver
from convention.quatre_yeux import ApprobationRefusee, a_approuver, en_attente
from convention.requete import Requete

INTERDIT = "Les comptes se lisent par l’administrateur de l’institution, la référente et le délégué."


def maisons(request: Requete) -> list[int]:
    """The institutions this person reads; 403 when there is none."""
    lues = list(institutions_lues(request.acteur).values_list("pk", flat=True))
    if not lues:
        raise PermissionDenied(INTERDIT)
    return lues


def compte_ou_404(request: Requete, cle: UUID) -> User:
    compte = trouver(cle, maisons(request))
    if compte is None:
        raise Http404
    return compte


@require_http_methods(["GET", "POST"])
def liste(request: Requete) -> HttpResponse:
    """Everybody of the house. A name is searched by POST: an address never holds one."""
    lues = maisons(request)
    acteur, demande = request.acteur, request.POST if request.method == "POST" else request.GET
    filtres = Filtres(demande, services=Service.objects.filter(institution__in=lues).order_by("nom"))
    filtres.is_valid()
    choix = {nom: filtres.cleaned_data.get(nom) or None for nom in ("texte", "service", "role", "etat")}
    personnes, suite = lister(lues, apres=_cle(demande.get("apres", "")), **{n: v for n, v in choix.items() if v})
    gerees = Institution.objects.filter(pk__in=policies.gere(acteur)).order_by("nom")
    contexte = {
        "filtres": filtres,
        "personnes": personnes,
        "suite": suite,
        "gerees": gerees,
        "a_pourvoir": sans_administrateur(acteur),
        "plusieurs": len(lues) > 1,
        "revue_due": [institution for institution in gerees if revue.est_due(institution.pk)],
        "a_approuver": len(a_approuver(acteur)),
        "en_attente": en_attente().filter(institution__in=lues).count(),
    }
    return render(request, "convention/comptes.html", contexte)


def _cle(texte: str) -> UUID | None:
    try:
        return UUID(texte)
    except ValueError:
        return None


@require_http_methods(["GET", "POST"])
@eleve
def inviter(request: Requete, code: str = "") -> HttpResponse:
    """A new person and a first right: nothing is given until a second person has validated it."""
    institution, roles = _maison_a_pourvoir(request, code)
    form = Invitation(request.POST or None, institution=institution, roles=roles)
    if request.method == "POST" and form.is_valid():
        try:
            habilitations.proposer(
                acteur=request.acteur,
                institution=institution,
                donnees=form.cleaned_data,
                motif=form.cleaned_data["motif"],
            )
        except ApprobationRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "La demande attend un second administrateur. Elle expire dans 24 heures.")
            return redirect("convention:comptes")
    return render(request, "convention/inviter.html", {"form": form, "institution": institution})


def _maison_a_pourvoir(request: Requete, code: str) -> tuple[Institution, frozenset[Role] | None]:
    """Where the person is invited: one's own house, or a partner without administrator (its first one only)."""
    lues = institutions_lues(request.acteur)
    gerees = policies.gere(request.acteur)
    if not code:
        institution = lues.filter(pk__in=gerees).order_by("pk").first()
        if institution is None:
            raise PermissionDenied("Seul l’administrateur des comptes d’une institution y invite des personnes.")
        return institution, None
    institution = get_object_or_404(lues, code=code)
    if institution.pk in gerees:
        return institution, None
    if comptes.administrateurs(institution.pk):
        raise PermissionDenied("Cette institution a un administrateur\u00a0: c’est à lui d’inviter.")
    return institution, frozenset({Role.ADMIN_INSTITUTION})


@require_GET
def compte(request: Requete, cle: UUID) -> HttpResponse:
    """One person: rights, state, what may be done."""
    trouve = compte_ou_404(request, cle)
    return render(request, "convention/compte.html", _contexte(request, trouve))


def _contexte(request: Requete, trouve: User, **formulaires: Any) -> dict[str, Any]:
    gerees = policies.gere(request.acteur) & comptes.institutions_de(trouve)
    maison = min(gerees) if gerees else None
    return {
        "personne": personne(trouve),
        "gere": maison is not None,
        "soi": trouve.pk == request.acteur.utilisateur_id,
        "a_confier": len(departs.a_confier(trouve, maison)) if maison else 0,
        "acces_perdu": acces_perdus.peut_etre_aide(request.acteur, trouve),
        "suspension": Suspension(auto_id="suspension_%s"),
        "motif": Motif(),
        **formulaires,
    }


@require_http_methods(["GET", "POST"])
@eleve
def droit(request: Requete, cle: UUID, numero: int = 0) -> HttpResponse:
    """Another right for a person of the house, or one that replaces the right `numero`."""
    trouve = compte_ou_404(request, cle)
    remplace = get_object_or_404(comptes.rattachements_ouverts(trouve), pk=numero) if numero else None
    institution = _institution_geree(request, trouve, remplace)
    form = Droit(request.POST or None, institution=institution, initial=_initial(remplace))
    if request.method == "POST" and form.is_valid():
        qui = {nom: getattr(trouve, nom) for nom in ("civilite", "prenom", "nom", "courriel")}
        try:
            habilitations.proposer(
                acteur=request.acteur,
                institution=institution,
                donnees=form.cleaned_data | qui,
                motif=form.cleaned_data["motif"],
                utilisateur=trouve,
                remplace=remplace,
            )
        except ApprobationRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "La demande attend un second administrateur. Elle expire dans 24 heures.")
            return redirect("convention:compte", cle=cle)
    return render(request, "convention/droit.html", {"form": form, "compte": trouve, "remplace": remplace})


def _institution_geree(request: Requete, trouve: User, remplace: Rattachement | None) -> Institution:
    possibles = policies.gere(request.acteur) & comptes.institutions_de(trouve)
    if remplace is not None:
        possibles &= {remplace.service.institution_id}
    if not possibles:
        raise PermissionDenied("Seul l’administrateur des comptes de cette institution peut le faire.")
    return Institution.objects.get(pk=min(possibles))


def _initial(remplace: Rattachement | None) -> dict[str, Any]:
    champs = ("service", "role", "profession", "qualite", "matricule")
    return {nom: getattr(remplace, nom) for nom in champs} if remplace else {}


@require_POST
@eleve
def terminer(request: Requete, cle: UUID, numero: int) -> HttpResponse:
    """End one right today."""
    trouve = compte_ou_404(request, cle)
    rattachement = get_object_or_404(comptes.rattachements_ouverts(trouve), pk=numero)
    try:
        habilitations.terminer_droit(rattachement=rattachement, acteur=request.acteur)
    except ApprobationRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, "Ce droit est terminé dès maintenant.")
    return redirect("convention:compte", cle=cle)


@require_POST
def suspendre(request: Requete, cle: UUID) -> HttpResponse:
    """Close an account now. No step-up: nothing should delay it, and two persons are needed to undo it."""
    trouve = compte_ou_404(request, cle)
    form = Suspension(request.POST, auto_id="suspension_%s")
    if not form.is_valid():
        return render(request, "convention/compte.html", _contexte(request, trouve, suspension=form))
    try:
        comptes.suspendre(utilisateur=trouve, motif=form.cleaned_data["motif"], acteur=request.acteur)
    except ApprobationRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, "Ce compte est suspendu\u00a0: ses sessions et ses liens sont fermés.")
    return redirect("convention:compte", cle=cle)


@require_POST
@eleve
def rouvrir(request: Requete, cle: UUID) -> HttpResponse:
    """Ask that a suspended account be opened again."""
    return _demander(request, cle, comptes.demander_reactivation)


@require_POST
@eleve
def rendre_acces(request: Requete, cle: UUID) -> HttpResponse:
    """Ask that the factors of a person who lost them be cleared."""
    return _demander(request, cle, acces_perdus.demander)


def _demander(request: Requete, cle: UUID, demander: Callable[..., Any]) -> HttpResponse:
    trouve = compte_ou_404(request, cle)
    form = Motif(request.POST)
    if not form.is_valid():
        return render(request, "convention/compte.html", _contexte(request, trouve, motif=form))
    try:
        demander(utilisateur=trouve, motif=form.cleaned_data["motif"], acteur=request.acteur)
    except ApprobationRefusee as refus:
        messages.error(request, str(refus))
    else:
        messages.success(request, "La demande attend un second administrateur. Elle expire dans 24 heures.")
    return redirect("convention:compte", cle=cle)
