"""Starting a signalement, its seven steps, its pieces."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from convention.requete import Requete
from dossiers.boite import boite
from dossiers.brouillons import garder, miens
from dossiers.classes import Classe
from dossiers.fenetres import CHAMP, AutreFenetre, ecarts
from dossiers.models import Brouillon
from dossiers.models.dossier import Nature
from dossiers.reprise import reprise_de
from fiches.models import VersionFiche
from signalements import corps, etapes, policies
from signalements.annexes import annexe_de
from signalements.contenu import Lu, rassembler
from signalements.declarations.ecriture import GENRE as DECLARATION
from signalements.declarations.policies import peut_commencer as peut_declarer
from signalements.declarations.routes import ROUTES
from signalements.declarations.routes import par_adresse as route_par_adresse
from signalements.depart import GENRE, basculer, commencer, suivre_l_age
from signalements.identite import MOTIFS_AUTEUR
from signalements.listes import brouillons_affiches, lignes_auteur
from signalements.parcours import Page, numero, page_de
from signalements.saisies import PieceForm
from signalements.views.acces import contacts, est_brouillon, identite_de, lire_comme_auteur, numero_fiche
from signalements.views.commencement import commence, contexte_de_depart
from signalements.views.depot import deposer
from signalements.voies import EN_MAIN_PROPRE, VOIES, par_adresse
from signalements.voies.sans_voie import SANS_VOIE
from transitions.workflow import TransitionRefusee

GENRES = {GENRE, DECLARATION}
RESERVES = {"csrfmiddlewaretoken", "geste", "page", CHAMP}


@require_GET
def liste(request: Requete) -> HttpResponse:
    """My drafts and what I sent."""
    acteur = request.acteur
    vus = ("en_cours", "en_attente", "clos")
    page = boite(
        acteur,
        phases=vus,
        natures=[Nature.SIGNALEMENT, Nature.DECLARATION],
        recents=True,
        apres=request.GET.get("apres", ""),
    )
    brouillons = [brouillon for brouillon in miens(acteur) if brouillon.genre in GENRES and brouillon.dossier]
    contexte = {
        "brouillons": brouillons_affiches(brouillons),
        "lignes": lignes_auteur(page.lignes, acteur),
        "suivante": page.suivante,
        "voies": [*VOIES.values(), *EN_MAIN_PROPRE.values()],
        "routes": [route for route in ROUTES.values() if peut_declarer(route, acteur)],
        "peut_commencer": policies.peut_commencer(acteur),
    }
    return render(request, "signalements/liste.html", contexte)


def nouveau(request: Requete, situation: str) -> HttpResponse:
    """Is this the right place? A route without a patient has a page of its own; no voie at all says whom to call."""
    if route := route_par_adresse(situation):
        return redirect("declarations:nouvelle", situation=route.adresse)
    voie = par_adresse(situation)
    if voie is None:
        return hors_ligne(request, situation)
    verdict = policies.peut_commencer_voie(voie, request.acteur)
    if request.method == "POST":
        dossier = commence(request, voie, verdict, commencer)
        if dossier is None:
            return redirect("signalements:nouveau", situation=situation)
        return redirect("signalements:personne", cle=dossier.cle)
    contexte = contexte_de_depart(request, voie, verdict)
    contexte["reserve"] = policies.reserve_de_profession(voie, request.acteur)
    return render(request, "signalements/nouveau.html", contexte)


def hors_ligne(request: Requete, situation: str) -> HttpResponse:
    """A situation that opens no sending says so; one that is not online yet says whom to call."""
    sans = SANS_VOIE.get(situation.upper().replace("-", "_"))
    if sans:
        fiches = VersionFiche.objects.filter(fiche__code=sans.fiche_code, etat=VersionFiche.Etat.EN_VIGUEUR)
        contexte = {
            "sans_voie": sans,
            "version": fiches.select_related("fiche").first(),
            "contacts": contacts(request, sans.contacts),
        }
        return render(request, "signalements/sans_voie.html", contexte)
    cible = f"signalement:{situation.upper().replace('-', '_')}"
    en_vigueur = VersionFiche.objects.filter(etat=VersionFiche.Etat.EN_VIGUEUR, contenu__action__cible=cible)
    version = en_vigueur.select_related("fiche").order_by("fiche__numero").first()
    codes = tuple(version.contenu.get("contacts", ())) if version else ("PARQUET-PERM", "CHV-GARDE", "CHV-SECU")
    return render(request, "signalements/hors_ligne.html", {"version": version, "contacts": contacts(request, codes)})


@require_GET
def dossier(request: Requete, cle: UUID) -> HttpResponse:
    """The list of the seven steps and how far each has come."""
    lu = lire_comme_auteur(request, cle)
    if not est_brouillon(lu):
        return redirect("signalements:suivi", cle=cle)
    contexte = {
        "lu": lu,
        "etapes": etapes.etapes(lu),
        "continuer": etapes.suivante(lu),
        "brouillon": getattr(lu.dossier, "brouillon", None),
        "papier": reprise_de(lu.dossier),
        "contacts": contacts(request, lu.voie.contacts),
    }
    return render(request, "signalements/dossier.html", contexte)


def etape(request: Requete, cle: UUID, code: str) -> HttpResponseBase:
    """One step: shown with what was typed, valid or not; validated, it goes to the letter."""
    lu = lire_comme_auteur(request, cle)
    if not est_brouillon(lu):
        return redirect("signalements:suivi", cle=cle)
    page = page_de(lu.voie, code)
    if page is None:
        return redirect("signalements:dossier", cle=cle)
    if request.method == "POST":
        return _recevoir_etape(request, lu, page)
    brouillon = etapes.brouillon_de(lu.dossier, request.acteur)
    form, lignes = _formulaires(lu, page, brouillon.donnees.get(code), request.GET.get("zone", ""))
    return _montrer_etape(request, lu, page, form, lignes, brouillon)


def _formulaires(lu: Lu, page: Page, brut: Any, zone: str) -> tuple[Any, Any]:
    valeurs = etapes.depuis_brouillon(page, lu.voie, brut) if brut else etapes.initial(page, lu)
    form = etapes.FORMULAIRES[page.code](voie=lu.voie, sexe=lu.sexe, initial=valeurs)
    annexe = annexe_de(lu, page)
    voulue = {"zone": zone} if zone in corps.LIBELLES else {}
    return form, annexe.montrer(lu, brut, voulue) if annexe else None


def _recevoir_etape(request: Requete, lu: Lu, page: Page) -> HttpResponse:
    brouillon = etapes.brouillon_de(lu.dossier, request.acteur)
    brut = {
        nom: valeurs[0] if len(valeurs) == 1 else valeurs
        for nom, valeurs in request.POST.lists()
        if nom not in RESERVES
    }
    try:
        garder(brouillon=brouillon, page=page.code, valeurs=brut, fenetre=request.POST.get(CHAMP, ""))
    except AutreFenetre:
        return _montrer_deux_fenetres(request, lu, page, brut, brouillon)
    geste, _, zone = request.POST.get("geste", "").partition(":")
    if geste == "plus_tard":
        messages.success(request, "Brouillon enregistré. Vous le retrouvez dans vos signalements.")
        return redirect("signalements:liste")
    if geste == "ligne":
        return redirect(f"{request.path}?{urlencode({'zone': zone})}#lignes")
    form = etapes.FORMULAIRES[page.code](request.POST, voie=lu.voie, sexe=lu.sexe)
    annexe = annexe_de(lu, page)
    lignes = annexe.jeu(lu, request.POST) if annexe else None
    if not form.is_valid() or (lignes is not None and lignes.is_bound and not lignes.is_valid()):
        return _montrer_etape(request, lu, page, form, lignes, brouillon)
    etapes.enregistrer_etape(lu=lu, page=page, form=form, lignes=lignes, acteur=request.acteur)
    if suivre_l_age(dossier=lu.dossier, acteur=request.acteur):
        messages.info(request, "La personne est mineure\u00a0: la voie change. Ce que vous avez écrit est conservé.")
        return redirect("signalements:faits", cle=lu.dossier.cle)
    return redirect(etapes.suivante(lu, page.code))


def _montrer_deux_fenetres(
    request: Requete, lu: Lu, page: Page, brut: dict[str, Any], brouillon: Brouillon
) -> HttpResponse:
    """What was typed here, and what another window kept meanwhile; the next saving replaces it."""
    form, lignes = _formulaires(lu, page, brut, "")
    gardees = brouillon.donnees.get(page.code)
    ailleurs = etapes.depuis_brouillon(page, lu.voie, gardees) if gardees else etapes.initial(page, lu)
    differences = ecarts(form, etapes.depuis_brouillon(page, lu.voie, brut), ailleurs)
    return _montrer_etape(request, lu, page, form, lignes, brouillon, differences)


def _montrer_etape(
    request: Requete, lu: Lu, page: Page, form: Any, lignes: Any, brouillon: Any, ailleurs: Any = None
) -> HttpResponse:
    contexte = {
        "ailleurs": ailleurs,
        "lu": lu,
        "page": page,
        "numero": numero(lu.voie, page.code),
        "etapes": etapes.etapes(lu, page.code),
        "form": form,
        "lignes": lignes,
        "schema": _schema(lu, lignes) if page.code == "faits" and lignes is not None else None,
        "brouillon": brouillon,
        "conditions": lu.voie.conditions(rassembler(lu, request.acteur)),
        "contacts": contacts(request, lu.voie.contacts),
        "fiche": numero_fiche(lu.dossier),
        "alternatives": [(VOIES[autre.code], autre) for autre in lu.voie.alternatives],
        **identite_de(request, lu, page.code, MOTIFS_AUTEUR),
    }
    statut = 200 if ailleurs is None else 409
    return render(request, f"signalements/etape_{page.code}.html", contexte, status=statut)


def _schema(lu: Lu, lignes: Any) -> list[corps.Vue]:
    """The diagram of the rows as they are shown, valid or not."""
    zones = [{"zone": ligne["zone"].value() or ""} for ligne in lignes]
    return corps.dessiner(zones, lu.concernee.age if lu.concernee else None)


def pieces(request: Requete, cle: UUID) -> HttpResponse:
    """Add pieces one by one; the certificate may follow later."""
    lu = lire_comme_auteur(request, cle)
    if not est_brouillon(lu):
        return redirect("signalements:suivi", cle=cle)
    page = page_de(lu.voie, "pieces")
    if page is None:
        return redirect("signalements:dossier", cle=cle)
    form = PieceForm(request.POST or None, request.FILES or None, voie=lu.voie)
    if request.method == "POST" and form.is_valid() and deposer(request, lu.dossier, form, Classe.MEDICAL):
        messages.success(request, "Pièce ajoutée.")
        return redirect("signalements:pieces", cle=cle)
    return _montrer_etape(request, lu, page, form, None, None)


@require_POST
def retirer_piece(request: Requete, cle: UUID, piece: UUID) -> HttpResponse:
    """Before the sending only."""
    lu = lire_comme_auteur(request, cle)
    if not est_brouillon(lu):
        raise PermissionDenied("Ce signalement est figé\u00a0: ajoutez un complément.")
    get_object_or_404(lu.dossier.pieces, cle=piece).delete()
    messages.success(request, "Pièce retirée.")
    return redirect("signalements:pieces", cle=cle)


@require_POST
def changer_voie(request: Requete, cle: UUID, situation: str) -> HttpResponse:
    """With her agreement after all, or without: what was written stays."""
    lu = lire_comme_auteur(request, cle)
    voie = par_adresse(situation)
    if voie is None:
        return hors_ligne(request, situation)
    try:
        basculer(dossier=lu.dossier, vers=voie, acteur=request.acteur)
    except TransitionRefusee as refus:
        raise PermissionDenied(str(refus)) from refus
    messages.success(request, f"Base légale changée\u00a0: {voie.base_libelle}. Ce que vous avez écrit est conservé.")
    return redirect("signalements:faits", cle=cle)
