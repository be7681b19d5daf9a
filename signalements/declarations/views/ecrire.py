"""Starting a declaration and writing its pages."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from convention.requete import Requete
from dossiers.brouillons import garder
from dossiers.fenetres import CHAMP, AutreFenetre, ecarts
from signalements.declarations import ecriture, policies
from signalements.declarations.contenu import Lue
from signalements.declarations.forms import PageForm
from signalements.declarations.routes import par_adresse
from signalements.declarations.views.acces import (
    est_brouillon,
    lire_comme_auteur,
    lire_comme_destinataire,
    pages_affichees,
    suivante,
)
from signalements.parcours import Page
from signalements.views.acces import contacts, numero_fiche
from signalements.views.commencement import cle_du_formulaire, commence, contexte_de_depart
from transitions.workflow import TransitionRefusee

RESERVES = {"csrfmiddlewaretoken", "geste", "page", CHAMP}


def nouvelle(request: Requete, situation: str) -> HttpResponse:
    """Is this the right place, and what must not be written?"""
    voie = par_adresse(situation)
    if voie is None:
        raise Http404
    verdict = policies.peut_commencer(voie, request.acteur)
    if request.method == "POST":
        dossier = commence(request, voie, verdict, ecriture.commencer)
        if dossier is None:
            return redirect("declarations:nouvelle", situation=situation)
        return redirect("declarations:page", cle=dossier.cle, code=voie.parcours[0].code)
    return render(request, "declarations/nouvelle.html", contexte_de_depart(request, voie, verdict))


@require_POST
def reprendre(request: Requete, cle: UUID) -> HttpResponse:
    """From what an agent declared, a new declaration in the hospital's name."""
    lue = lire_comme_destinataire(request, cle)
    try:
        suivant = ecriture.reprendre(dossier=lue.dossier, cle=cle_du_formulaire(request), acteur=request.acteur)
    except TransitionRefusee as refus:
        messages.warning(request, str(refus))
        return redirect("declarations:dossier", cle=cle)
    return redirect("declarations:page", cle=suivant.cle, code=lue.voie.parcours[0].code)


def page(request: Requete, cle: UUID, code: str) -> HttpResponse:
    """One page: shown with what was typed, valid or not; validated, it goes to the letter."""
    lue = lire_comme_auteur(request, cle)
    if not est_brouillon(lue):
        return redirect("declarations:dossier", cle=cle)
    trouvee = lue.voie.page(code)
    if trouvee is None:
        raise Http404
    if request.method == "POST":
        return _recevoir(request, lue, trouvee)
    brouillon = ecriture.brouillon_de(lue.dossier, request.acteur)
    brut = brouillon.donnees.get(code)
    valeurs = ecriture.depuis_brouillon(lue, trouvee, brut) if brut else ecriture.initial(lue, trouvee)
    return _montrer(request, lue, trouvee, PageForm(voie=lue.voie, page=trouvee, initial=valeurs))


def _recevoir(request: Requete, lue: Lue, page: Page) -> HttpResponse:
    brouillon = ecriture.brouillon_de(lue.dossier, request.acteur)
    brut = {nom: v[0] if len(v) == 1 else v for nom, v in request.POST.lists() if nom not in RESERVES}
    try:
        garder(brouillon=brouillon, page=page.code, valeurs=brut, fenetre=request.POST.get(CHAMP, ""))
    except AutreFenetre:
        return _montrer_deux_fenetres(request, lue, page, brut, brouillon.donnees.get(page.code))
    if request.POST.get("geste") == "plus_tard":
        messages.success(request, "Brouillon enregistré. Vous le retrouvez dans vos signalements.")
        return redirect("signalements:liste")
    form = PageForm(request.POST, voie=lue.voie, page=page)
    if not form.is_valid():
        return _montrer(request, lue, page, form)
    ecriture.enregistrer_page(lue=lue, page=page, form=form, acteur=request.acteur)
    return redirect(suivante(lue, page.code))


def _montrer_deux_fenetres(request: Requete, lue: Lue, page: Page, brut: Any, gardees: Any) -> HttpResponse:
    """What was typed here, and what another window kept meanwhile; the next saving replaces it."""
    ici = ecriture.depuis_brouillon(lue, page, brut)
    ailleurs = ecriture.depuis_brouillon(lue, page, gardees) if gardees else ecriture.initial(lue, page)
    form = PageForm(voie=lue.voie, page=page, initial=ici)
    return _montrer(request, lue, page, form, ecarts(form, ici, ailleurs))


def _montrer(request: Requete, lue: Lue, page: Page, form: PageForm, ailleurs: Any = None) -> HttpResponse:
    contexte = {
        "ailleurs": ailleurs,
        "lue": lue,
        "page": page,
        "numero": [connue.code for connue in lue.voie.pages_toutes].index(page.code) + 1,
        "etapes": pages_affichees(lue, page.code),
        "form": form,
        "brouillon": ecriture.brouillon_de(lue.dossier, request.acteur),
        "contacts": contacts(request, lue.voie.contacts),
        "fiche": numero_fiche(lue.dossier),
    }
    return render(request, "declarations/page.html", contexte, status=200 if ailleurs is None else 409)
