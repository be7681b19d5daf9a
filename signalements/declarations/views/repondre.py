"""After the sending: one page for the author, the recipient and the services in copy, and what each may do on it."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import F, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from convention.requete import Requete
from documents.reception import FichierRefuse, recevoir
from dossiers.participations import marquer_lu
from dossiers.registre import type_de
from journal.carnet import noter
from signalements import instruction, policies, workflow
from signalements.declarations import identification
from signalements.declarations.contenu import Lue, lire, lisibles, lit_l_administratif, sections, signataire
from signalements.declarations.forms import AjoutForm, ReponseForm
from signalements.declarations.policies import (
    est_partie,
    peut_exporter,
    peut_identifier,
    peut_reprendre,
    peut_voir_le_suivi,
)
from signalements.declarations.saisies import IdentificationForm
from signalements.declarations.views.acces import (
    est_brouillon,
    lire_comme_auteur,
    lire_comme_destinataire,
    suivante,
    visible,
)
from signalements.saisies import DemandeForm
from signalements.views.acces import contacts, numero_fiche
from signalements.views.envoyer import evenements
from signalements.views.portes import exiger
from signalements.views.reception import demande_partie, jouer, pieces_remises, suite_enregistree, suiveur
from transitions.workflow import TransitionRefusee

GESTES = {
    "accuser": (instruction.accuser_reception, "Réception accusée. L’hôpital en est informé."),
    "clore": (instruction.clore, "Déclaration close."),
}


@require_GET
def dossier(request: Requete, cle: UUID) -> HttpResponse:
    """Opening a declaration that was sent is an act of reading, written in the journal."""
    dossier = visible(request, cle)
    lue = lire(dossier)
    if est_brouillon(lue):
        exiger(policies.est_auteur(dossier, request.acteur))
        return redirect(suivante(lue))
    noter("ouvrir_lettre", acteur=request.acteur, objet="declaration", cle=cle)
    marquer_lu(dossier=dossier, acteur=request.acteur)
    return _montrer(request, lue)


def _montrer(request: Requete, lue: Lue, ajout: Any = None, demande: Any = None, identite: Any = None) -> HttpResponse:
    acteur, dossier = request.acteur, lue.dossier
    partie = est_partie(dossier, acteur)
    dehors = dossier.service_emetteur.institution_id not in acteur.institutions
    lues = sections(lue, dehors=dehors)
    qui = signataire(lue, dehors=dehors)
    contexte = {
        "lue": lue,
        "etat": workflow.WORKFLOW.etats[dossier.etat],
        "sections": lues if partie else lisibles(lues, acteur),
        "signataire": qui if partie or lit_l_administratif(acteur) else [],
        "gestes": {t.nom: verdict for t, verdict in workflow.WORKFLOW.disponibles(dossier, acteur)},
        "est_auteur": bool(policies.est_auteur(dossier, acteur)),
        "est_destinataire": bool(policies.est_destinataire(dossier, acteur)),
        "peut_completer": policies.peut_completer(dossier, acteur),
        "peut_voir_le_suivi": peut_voir_le_suivi(dossier, acteur),
        "peut_reprendre": peut_reprendre(dossier, acteur),
        "cle_reprise": uuid.uuid4(),
        "peut_exporter": lue.voie.export_onvs and peut_exporter(dossier, acteur),
        "ajout": ajout or AjoutForm(voie=lue.voie, initial={"cle": uuid.uuid4()}),
        "demande": demande or DemandeForm(),
        **_identification(request, lue, identite),
        "contacts": contacts(request, lue.voie.contacts) if not dehors else [],
        "fiche": numero_fiche(dossier),
        **(_echanges(request, lue) if partie else AUCUN_ECHANGE),
        "evenements": evenements(dossier, acteur),
    }
    return render(request, "declarations/dossier.html", contexte)


def _identification(request: Requete, lue: Lue, form: Any) -> dict[str, Any]:
    """The form that ends a search, for who may end it, and the cases brought near this one."""
    acteur, dossier = request.acteur, lue.dossier
    if lue.voie.recherche and peut_identifier(dossier, acteur):
        depart = {"cle": uuid.uuid4(), "identifie_le": timezone.localdate()}
        form = form or IdentificationForm(lue=lue, acteur=acteur, initial=depart)
    proches = identification.rapproches(dossier, acteur)
    return {"identite": form, "rapproches": [(autre, type_de(autre).adresse(autre, acteur)) for autre in proches]}


AUCUN_ECHANGE: dict[str, Any] = {
    **dict.fromkeys(("pieces", "complements", "suites", "demandes", "echeances"), ()),
    "suiveur": None,
}


def _echanges(request: Requete, lue: Lue) -> dict[str, Any]:
    """What the parties wrote to each other, as this party reads it."""
    acteur, dossier = request.acteur, lue.dossier
    toutes = dossier.pieces.select_related("fichier").order_by(F("document").asc(nulls_last=True), "pk")
    pieces = toutes if policies.est_auteur(dossier, acteur) else pieces_remises(dossier, acteur)
    siens = Q(service_id__in=acteur.services) | Q(vers_service_id__in=acteur.services)
    mots = {propre.nom: propre for propre in lue.voie.suite}
    suites = [
        (suite, [(mots[nom].libelle, mots[nom].dire(valeur)) for nom, valeur in suite.propres.items() if nom in mots])
        for suite in dossier.suites.select_related("service")
    ]
    return {
        "pieces": pieces,
        "complements": dossier.complements.prefetch_related("pieces").order_by("-numero"),
        "suites": [(suite, [ligne for ligne in lignes if ligne[1]]) for suite, lignes in suites],
        "demandes": dossier.messages.filter(siens).order_by("-envoye_le"),
        "echeances": dossier.echeances.filter(tenue_le=None),
        "suiveur": suiveur(dossier, acteur),
    }


@require_POST
def geste(request: Requete, cle: UUID, nom: str) -> HttpResponse:
    """One act of the recipient that needs no more than a click."""
    lue = lire_comme_destinataire(request, cle)
    jouer(request, lue.dossier, GESTES, nom)
    return redirect("declarations:dossier", cle=cle)


@require_POST
def demander(request: Requete, cle: UUID) -> HttpResponse:
    """Ask the author for a complement; the clock stops."""
    lue = lire_comme_destinataire(request, cle)
    form = DemandeForm(request.POST)
    if demande_partie(request, lue.dossier, form):
        messages.success(request, "Demande envoyée. Le délai est suspendu.")
        return redirect("declarations:dossier", cle=cle)
    return _montrer(request, lue, demande=form)


@require_POST
def completer(request: Requete, cle: UUID) -> HttpResponse:
    """A numbered complement, frozen at once."""
    lue = lire_comme_auteur(request, cle)
    form = AjoutForm(request.POST, request.FILES, voie=lue.voie)
    if form.is_valid():
        donnees = form.cleaned_data
        envoye = donnees["fichier"]
        try:
            instruction.completer(
                dossier=lue.dossier,
                acteur=request.acteur,
                cle=donnees["cle"],
                texte=donnees["texte"],
                fichier=recevoir(envoye.name, envoye) if envoye else None,
            )
        except FichierRefuse as refus:
            form.add_error("fichier", str(refus))
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Complément transmis au destinataire.")
            return redirect("declarations:dossier", cle=cle)
    return _montrer(request, lue, ajout=form)


@require_POST
def identifier(request: Requete, cle: UUID) -> HttpResponse:
    """The person is known at last: the recipient is told, without a name."""
    lue = lire_comme_auteur(request, cle)
    exiger(peut_identifier(lue.dossier, request.acteur))
    form = IdentificationForm(request.POST, lue=lue, acteur=request.acteur)
    if form.is_valid():
        try:
            identification.identifier(dossier=lue.dossier, acteur=request.acteur, **form.cleaned_data)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Le destinataire sait que l’identité est établie.")
            return redirect("declarations:dossier", cle=cle)
    return _montrer(request, lue, identite=form)


def suite(request: Requete, cle: UUID) -> HttpResponse:
    """Record what became of it, and what the hospital reads."""
    lue = lire_comme_destinataire(request, cle)
    depart = {"cle": uuid.uuid4(), "jour": timezone.localdate()}
    form = ReponseForm(request.POST or None, voie=lue.voie, initial=depart)
    if suite_enregistree(request, lue.dossier, form):
        messages.success(request, "Suite enregistrée. L’hôpital la lit.")
        return redirect("declarations:dossier", cle=cle)
    verdict = workflow.WORKFLOW.verdict("enregistrer_suite", lue.dossier, request.acteur)
    return render(request, "declarations/suite.html", {"lue": lue, "form": form, "verdict": verdict})
