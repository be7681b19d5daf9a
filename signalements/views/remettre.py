"""The last page of a certificate, and what is kept of it once it is handed over."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from convention.requete import Requete
from dossiers.devoilement import devoilee_jusqu_a
from dossiers.participations import marquer_lu
from journal.carnet import noter
from signalements import certificat, etats, identite, workflow
from signalements.contenu import Lu
from signalements.en_main_propre import Remise, controler_remise, remettre
from signalements.parcours import etapes_manquantes
from signalements.recapitulatif import sections
from signalements.remise import ControlesBloquants
from signalements.saisies import RemettreForm
from signalements.views.acces import contacts, est_brouillon, identite_de, lire_comme_auteur
from signalements.views.envoyer import evenements
from signalements.voies import EN_MAIN_PROPRE
from transitions.verdict import Constat
from transitions.workflow import TransitionRefusee

ETAPE_DU_CHAMP = {
    "nom": "personne",
    "faits_observes": "faits",
    "propos_rapportes": "faits",
    "date_faits": "faits",
    "itt": "danger",
    "pieces": "accord",
}


def relire(request: Requete, cle: UUID) -> HttpResponse:
    """Read again, sign, hand over."""
    lu = lire_comme_auteur(request, cle)
    if not est_brouillon(lu):
        return redirect("signalements:suivi", cle=cle)
    if lu.voie.code not in EN_MAIN_PROPRE:
        return redirect("signalements:verifier", cle=cle)
    constats = controler_remise(lu, request.acteur)
    alertes = any(not constat.bloque for constat in constats)
    form = RemettreForm(request.POST or None, alertes=alertes, initial={"remis_le": timezone.localtime()})
    if request.method == "POST" and form.is_valid():
        donnees = form.cleaned_data
        try:
            remettre(
                dossier=lu.dossier,
                acteur=request.acteur,
                remise=Remise(donnees["remis_a"], donnees["remis_le"]),
                version=request.POST.get("version"),
            )
        except ControlesBloquants as refus:
            _redire(form, refus.constats)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            return redirect("signalements:remis", cle=cle)
    return _montrer(request, lu, form, constats)


def _redire(form: RemettreForm, constats: list[Constat]) -> None:
    """What is about the recipient is said beside its field."""
    for constat in constats:
        if constat.bloque:
            form.add_error("remis_a" if constat.champ == "remis_a" else None, constat.message)


def _montrer(request: Requete, lu: Lu, form: RemettreForm, constats: list[Constat]) -> HttpResponse:
    jusqu_a = devoilee_jusqu_a(request, lu.dossier)
    liens = {champ: reverse(f"signalements:{code}", args=[lu.dossier.cle]) for champ, code in ETAPE_DU_CHAMP.items()}
    contexte: dict[str, Any] = {
        "lu": lu,
        "form": form,
        "intitule": certificat.intitule(lu),
        "conclusion": certificat.conclusion(lu),
        "sections": sections(lu, clair=bool(jusqu_a)),
        "bloquants": [(constat, liens.get(constat.champ, "")) for constat in constats if constat.bloque],
        "alertes": [(constat, liens.get(constat.champ, "")) for constat in constats if not constat.bloque],
        "manquantes": etapes_manquantes(lu),
        **identite_de(request, lu, "verifier", identite.MOTIFS_AUTEUR),
    }
    return render(request, "signalements/remettre.html", contexte)


@require_GET
def remis(request: Requete, cle: UUID) -> HttpResponse:
    """Both papers, to whom and when: read again by its author alone."""
    lu = lire_comme_auteur(request, cle)
    if lu.dossier.etat != etats.REMIS:
        return redirect("signalements:dossier", cle=cle)
    noter("ouvrir_lettre", acteur=request.acteur, objet="certificat", cle=cle)
    marquer_lu(dossier=lu.dossier, acteur=request.acteur)
    jusqu_a = devoilee_jusqu_a(request, lu.dossier)
    contexte = {
        **certificat.contexte(lu, lu.dossier.clos_le or timezone.now()),
        "etat": workflow.WORKFLOW.etats[lu.dossier.etat],
        "documents": lu.dossier.pieces.exclude(document=None).order_by("pk"),
        "sections": sections(lu, clair=bool(jusqu_a)),
        "evenements": evenements(lu.dossier, request.acteur),
        "contacts": contacts(request, lu.voie.contacts),
        **identite_de(request, lu, "suivi", identite.MOTIFS_AUTEUR),
    }
    return render(request, "signalements/remis.html", contexte)
