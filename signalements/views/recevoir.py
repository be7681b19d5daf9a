"""The recipient's side: the letter and the acts on it."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from convention.requete import Requete
from dossiers.devoilement import devoilee_jusqu_a
from dossiers.participations import marquer_lu
from journal.carnet import noter
from signalements import identite, instruction, policies, workflow
from signalements.adresses import de_dossier, de_l_auteur
from signalements.consultation import sections_pour, titre_pour
from signalements.contenu import Lu, lire
from signalements.homonymie import avertir
from signalements.recapitulatif import sections, signataire
from signalements.saisies import DemandeForm, SuiteForm
from signalements.views.acces import identite_de, lire_comme_destinataire, lire_comme_receveur, visible
from signalements.views.envoyer import evenements
from signalements.views.reception import demande_partie, jouer, pieces_remises, suite_enregistree, suiveur


@require_http_methods(["GET", "POST"])
def consultation(request: Requete, cle: UUID) -> HttpResponse:
    """For a reader who is neither author nor recipient: an exceptional opening, a colleague that was added."""
    dossier, acteur = visible(request, cle), request.acteur
    if policies.est_auteur(dossier, acteur):
        return redirect(de_l_auteur(dossier))
    if policies.peut_lire_lettre(dossier, acteur):
        return redirect(de_dossier(dossier, acteur))
    lu = lire(dossier)
    if avant := avertir(request, lu):
        return avant
    noter("ouvrir_lettre", acteur=acteur, objet="signalement", cle=cle)
    contexte = {
        "lu": lu,
        "titre": titre_pour(lu, acteur),
        "etat": workflow.WORKFLOW.etats[dossier.etat],
        "sections": sections_pour(lu, acteur),
        "identite_texte": "",
        "identite_nom": "",
        "evenements": evenements(dossier, acteur),
    }
    return render(request, "signalements/consultation.html", contexte)


@require_http_methods(["GET", "POST"])
def lettre(request: Requete, cle: UUID) -> HttpResponse:
    """The frozen letter, as its addressee: opening it is an act of reading, written in the journal."""
    lu = lire_comme_receveur(request, cle)
    if avant := avertir(request, lu):
        return avant
    noter("ouvrir_lettre", acteur=request.acteur, objet="signalement", cle=cle)
    marquer_lu(dossier=lu.dossier, acteur=request.acteur)
    return _montrer_lettre(request, lu, DemandeForm())


def _montrer_lettre(request: Requete, lu: Lu, demande: Any) -> HttpResponse:
    acteur, dossier = request.acteur, lu.dossier
    jusqu_a = devoilee_jusqu_a(request, dossier)
    verdicts = {transition.nom: verdict for transition, verdict in workflow.WORKFLOW.disponibles(dossier, acteur)}
    contexte = {
        "lu": lu,
        "demande": demande,
        "etat": workflow.WORKFLOW.etats[dossier.etat],
        "gestes": verdicts,
        "en_copie": not policies.est_destinataire(dossier, acteur),
        "pieces": pieces_remises(dossier, acteur),
        "sections": sections(lu, clair=bool(jusqu_a)),
        "signataire": signataire(lu),
        "complements": dossier.complements.prefetch_related("pieces").order_by("-numero"),
        "suites": dossier.suites.select_related("service"),
        "messages_envoyes": dossier.messages.filter(service_id__in=acteur.services).order_by("-envoye_le"),
        "echeances": dossier.echeances.filter(tenue_le=None),
        "suiveur": suiveur(dossier, acteur),
        "evenements": evenements(dossier, acteur),
        **identite_de(request, lu, "lettre", identite.MOTIFS_DESTINATAIRE),
    }
    return render(request, "signalements/lettre.html", contexte)


GESTES = {
    "accuser": (instruction.accuser_reception, "Réception accusée. L’auteur du signalement en est informé."),
    "examiner": (instruction.prendre_en_examen, "Signalement pris à l’examen."),
    "clore": (instruction.clore, "Signalement clos."),
}


@require_POST
def geste(request: Requete, cle: UUID, nom: str) -> HttpResponse:
    """One act of the recipient that needs no more than a click."""
    lu = lire_comme_destinataire(request, cle)
    jouer(request, lu.dossier, GESTES, nom)
    return redirect("signalements:lettre", cle=cle)


@require_POST
def demander(request: Requete, cle: UUID) -> HttpResponse:
    """Ask the author for a complement; the clock stops."""
    lu = lire_comme_destinataire(request, cle)
    form = DemandeForm(request.POST)
    if demande_partie(request, lu.dossier, form):
        messages.success(request, "Demande envoyée à l’auteur du signalement. Le délai est suspendu.")
        return redirect("signalements:lettre", cle=cle)
    return _montrer_lettre(request, lu, form)


def suite(request: Requete, cle: UUID) -> HttpResponse:
    """Record an outcome and what the reporter is told."""
    lu = lire_comme_destinataire(request, cle)
    form = SuiteForm(request.POST or None, voie=lu.voie, initial={"cle": uuid.uuid4(), "jour": timezone.localdate()})
    if suite_enregistree(request, lu.dossier, form):
        messages.success(request, "Suite enregistrée. L’auteur du signalement sait qu’il y en a une.")
        return redirect("signalements:lettre", cle=cle)
    verdict = workflow.WORKFLOW.verdict("enregistrer_suite", lu.dossier, request.acteur)
    return render(request, "signalements/suite.html", {"lu": lu, "form": form, "verdict": verdict})
