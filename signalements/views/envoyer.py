"""The last page, the sending, the decision not to report, and what follows for the author."""

import uuid
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from convention.annuaire import fraicheur
from convention.models import Service
from convention.requete import Requete
from documents.models import Fichier
from documents.reception import FichierRefuse, recevoir
from dossiers.devoilement import devoilee_jusqu_a, devoiler
from dossiers.participations import marquer_lu
from dossiers.suivi import auteur_affiche, chronologie
from signalements import certificat, documents, etats, identite, instruction, policies, workflow
from signalements.contenu import Lu, a_un_doublon, copies_de, rassembler, travaille_ici
from signalements.controles import controler
from signalements.etapes import pret_depuis
from signalements.liees import propositions
from signalements.models import Complement
from signalements.parcours import CODES, etapes_manquantes
from signalements.recapitulatif import sections, signataire
from signalements.remise import ControlesBloquants
from signalements.saisies import ComplementForm, TransmettreForm
from signalements.views.acces import (
    contacts,
    est_brouillon,
    identite_de,
    lire_comme_auteur,
    numero_fiche,
    visible,
)
from signalements.voies import EN_MAIN_PROPRE
from transitions.verdict import Constat, Niveau
from transitions.workflow import TransitionRefusee

ETAPE_DU_CHAMP = {
    "age": "personne",
    "enfants": "personne",
    "danger_immediat": "danger",
    "accord": "accord",
    "information": "accord",
    "nom": "personne",
    "faits_observes": "faits",
    "date_faits": "faits",
    "commune_faits": "faits",
    "propos_rapportes": "faits",
    "type_maltraitance": "faits",
    "infraction_suspectee": "danger",
    "incapacite_se_proteger": "danger",
    "information_parents": "accord",
    "mandataire_informe": "accord",
}


def verifier(request: Requete, cle: UUID) -> HttpResponse:
    """Read again, sign, transmit."""
    lu = lire_comme_auteur(request, cle)
    if not est_brouillon(lu):
        return redirect("signalements:transmis" if lu.dossier.transmis_le else "signalements:suivi", cle=cle)
    if lu.voie.code in EN_MAIN_PROPRE:
        return redirect("signalements:remettre", cle=cle)
    defaut = Service.objects.select_related("institution").filter(code=lu.voie.destinataire_defaut).first()
    constats = _constats(lu, request, defaut)
    form = TransmettreForm(
        request.POST or None,
        voie=lu.voie,
        alertes=any(c.niveau is Niveau.ALERTE for c in constats),
        initial={"destinataire": defaut},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _transmettre(request, lu, form)
        except ControlesBloquants as refus:
            constats = refus.constats
            form.add_error(None, str(refus))
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
    return _montrer(request, lu, form, constats, defaut)


def _constats(lu: Lu, request: Requete, defaut: Service | None) -> list[Constat]:
    """What holds the sending before the signature, which answers the rest on this page."""
    faits = rassembler(lu, request.acteur)
    presume = next(iter(lu.voie.destinataires))
    signe = replace(
        faits,
        attestation_conscience=True,
        destinataire=presume,
        appel=bool(request.POST.get("date_appel")),
        doublon=a_un_doublon(lu, request.acteur),
        de_la_maison=travaille_ici(lu),
        attente=pret_depuis(lu, request.acteur),
        **fraicheur(defaut),
    )
    return controler(signe, lu.voie.controles)


def _transmettre(request: Requete, lu: Lu, form: TransmettreForm) -> HttpResponse:
    workflow.transmettre(
        dossier=lu.dossier, acteur=request.acteur, signature=form.signature, version=request.POST.get("version")
    )
    return redirect("signalements:transmis", cle=lu.dossier.cle)


def _montrer(request: Requete, lu: Lu, form: Any, constats: list[Constat], defaut: Any) -> HttpResponse:
    jusqu_a = devoilee_jusqu_a(request, lu.dossier)
    liens = {champ: reverse(f"signalements:{code}", args=[lu.dossier.cle]) for champ, code in ETAPE_DU_CHAMP.items()}
    contexte = {
        "lu": lu,
        "form": form,
        "sections": sections(lu, clair=bool(jusqu_a)),
        "bloquants": [(constat, liens.get(constat.champ, "")) for constat in constats if constat.bloque],
        "alertes": [(constat, liens.get(constat.champ, "")) for constat in constats if not constat.bloque],
        "destinataire": defaut,
        "copies": copies_de(lu),
        "contacts": contacts(request, lu.voie.contacts[:1]),
        "manquantes": etapes_manquantes(lu),
        **identite_de(request, lu, "verifier", identite.MOTIFS_AUTEUR),
    }
    return render(request, "signalements/verifier.html", contexte)


@require_GET
def apercu(request: Requete, cle: UUID) -> HttpResponse:
    """The document as it stands, for its author, before the sending."""
    lu = lire_comme_auteur(request, cle)
    if not est_brouillon(lu):
        return redirect("signalements:suivi", cle=cle)
    papier = certificat if lu.voie.code in EN_MAIN_PROPRE else documents
    reponse = HttpResponse(papier.apercu(lu), content_type="application/pdf")
    reponse["Content-Disposition"] = 'attachment; filename="signalement-apercu.pdf"'
    return reponse


@require_GET
def transmis(request: Requete, cle: UUID) -> HttpResponse:
    """The receipt: proof of sending, and what comes next."""
    lu = lire_comme_auteur(request, cle)
    if lu.dossier.transmis_le is None:
        return redirect("signalements:dossier", cle=cle)
    contexte = {
        "lu": lu,
        "document": lu.dossier.pieces.exclude(document=None).order_by("pk").first(),
        "echeance": lu.dossier.echeances.filter(nom=workflow.ACCUSE).first(),
        "contacts": contacts(request, lu.voie.contacts[:1]),
        "information_due": _information_due(lu),
        "copies": copies_de(lu),
        "fiche": numero_fiche(lu.dossier),
        **_liees(lu, request),
    }
    return render(request, "signalements/transmis.html", contexte)


def _liees(lu: Lu, request: Requete) -> dict[str, Any]:
    """The cases to open besides, and whether this reader opens one of them."""
    liees = propositions(lu, request.acteur)
    return {"liees": liees, "liees_possibles": any(not liee.empeche for liee in liees)}


def _information_due(lu: Lu) -> bool:
    """The person was not told at the sending, and no complement says that she was since."""
    return (
        "information" in lu.voie.blocs
        and lu.lettre.information in {"DIFFEREE", "NON_FAITE"}
        and not lu.dossier.complements.filter(objet=Complement.Objet.INFORMATION).exists()
    )


def suivi(request: Requete, cle: UUID) -> HttpResponse:
    """What is known since the sending; complements are added here."""
    lu = lire_comme_auteur(request, cle)
    if est_brouillon(lu):
        return redirect("signalements:dossier", cle=cle)
    if lu.dossier.etat == etats.REMIS:
        return redirect("signalements:remis", cle=cle)
    form = ComplementForm(request.POST or None, request.FILES or None, voie=lu.voie, initial={"cle": uuid.uuid4()})
    if request.method == "POST" and form.is_valid() and _completer(request, lu, form):
        messages.success(request, "Complément transmis au destinataire.")
        return redirect("signalements:suivi", cle=cle)
    marquer_lu(dossier=lu.dossier, acteur=request.acteur)
    return render(request, "signalements/suivi.html", _contexte_suivi(request, lu, form))


def _completer(request: Requete, lu: Lu, form: ComplementForm) -> bool:
    donnees = form.cleaned_data
    try:
        instruction.completer(
            dossier=lu.dossier,
            acteur=request.acteur,
            cle=donnees["cle"],
            texte=donnees["texte"],
            objet=donnees["objet"],
            fichier=_fichier(donnees.get("fichier")),
        )
    except FichierRefuse as refus:
        form.add_error("fichier", str(refus))
    except TransitionRefusee as refus:
        form.add_error(None, str(refus))
    return not form.errors


def _fichier(envoye: Any) -> Fichier | None:
    return recevoir(envoye.name, envoye) if envoye else None


def _contexte_suivi(request: Requete, lu: Lu, form: Any) -> dict[str, Any]:
    acteur, dossier = request.acteur, lu.dossier
    jusqu_a = devoilee_jusqu_a(request, dossier)
    return {
        "lu": lu,
        "form": form,
        "etat": workflow.WORKFLOW.etats[dossier.etat],
        "peut_completer": policies.peut_completer(dossier, acteur),
        "demandes": dossier.messages.filter(Q(vers_service_id__in=acteur.services)).order_by("-envoye_le"),
        "complements": dossier.complements.prefetch_related("pieces").order_by("-numero"),
        "suites": dossier.suites.defer("suite_type"),
        "evenements": evenements(dossier, acteur),
        "document": dossier.pieces.exclude(document=None).order_by("pk").first(),
        "sections": sections(lu, clair=bool(jusqu_a), internes=True),
        "signataire": signataire(lu),
        "information_due": _information_due(lu),
        "a_reevaluer": dossier.etat == etats.DECISION_NON_SIGNALEMENT,
        "contacts": contacts(request, lu.voie.contacts),
        **_liees(lu, request),
        **identite_de(request, lu, "suivi", identite.MOTIFS_AUTEUR),
    }


def evenements(dossier: Any, acteur: Any) -> list[dict[str, Any]]:
    """The timeline, in the names this reader may read."""
    tons = {etat.code: etat for etat in etats.ETATS}
    return [
        {
            "titre": evenement.libelle,
            "citation": evenement.commentaire,
            "quand": evenement.le,
            "par": auteur_affiche(evenement, acteur),
            "ton": tons[evenement.apres].ton if evenement.apres in tons else "mute",
            "icone": tons[evenement.apres].icone if evenement.apres in tons else "history",
        }
        for evenement in chronologie(dossier, acteur)
    ]


@require_POST
def afficher_identite(request: Requete, cle: UUID, page: str) -> HttpResponse:
    """Show the identity for two minutes, for a reason; then back to the page."""
    dossier = visible(request, cle)
    if page not in {*CODES, "suivi", "lettre"}:
        raise Http404
    motifs = identite.MOTIFS_DESTINATAIRE if page == "lettre" else identite.MOTIFS_AUTEUR
    permis = (policies.peut_lire_lettre if page == "lettre" else policies.est_auteur)(dossier, request.acteur)
    if not permis:
        raise PermissionDenied("L’identité se montre à l’auteur et au destinataire, chacun sur sa page.")
    retour = reverse(f"signalements:{page}", args=[cle])
    if not devoiler(request, dossier, motif=request.POST.get("motif", ""), motifs=motifs, page=retour):
        messages.error(request, "Choisissez un motif pour afficher l’identité.")
    return redirect(retour)
