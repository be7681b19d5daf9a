"""The case: mockup 06 for legal affairs, a narrower page for every other party."""

from types import SimpleNamespace as Objet
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from accounts.roles import Role
from convention.gardes import appels
from convention.requete import Requete
from dossiers.classes import Classe, recoit
from dossiers.devoilement import devoilee_jusqu_a, devoiler
from dossiers.models import Dossier, Participation
from dossiers.participations import marquer_lu
from requisitions import etats, identite, lecture
from requisitions.accord_patient import du_patient
from requisitions.adresses import adresse
from requisitions.audition.seances import de_l_audition
from requisitions.conclusions_orales import conclusions_dites
from requisitions.designation import accord_de, peut_constater_le_silence, recusation_sans_suite
from requisitions.doctrine import ordre_attendu
from requisitions.doublons import semblables
from requisitions.ecrit import attend_l_ecrit
from requisitions.lecture.affaire import meme_procedure, memes_actes
from requisitions.lecture.consignes import gel_de
from requisitions.lecture.pieces import pieces as pieces_lues
from requisitions.models import Convocation, Requisition, Volet
from requisitions.numeros import numero_du_parquet
from requisitions.policies import (
    agit,
    est_medecin_designe,
    est_requerant,
    peut_confirmer_urgence,
    peut_demander_pour_une_autre,
    peut_deplacer_convocation,
    peut_instruire,
    peut_ouvrir_memoire,
    peut_reprendre_le_suivi,
    peut_suivre_restitution,
    seulement_averti,
)
from requisitions.protection import peut_appeler_le_parquet
from requisitions.report import peut_reporter
from requisitions.saisie.lecture import etapes_de, inventaire_de, preparation_lue
from requisitions.saisie.ordre import ATTENDUE, ECHEANCE
from requisitions.saisie.perquisition import controle_du, peut_controler_apres
from requisitions.types_acte import type_acte
from requisitions.views.boutons import boutons
from requisitions.views.commun import a_preparer, classes_lues, ouvrir
from requisitions.views.levees import levee_possible
from requisitions.views.refus import bloc_du_refus
from requisitions.volet import lignes, sans_magistrat
from requisitions.workflow import (
    WORKFLOW,
    arret_du_titre,
    constats_de_sortie,
    peut_attester,
    peut_noter_au_service,
    points_bloquants,
    sans_reponse,
    suivie_par,
)
from requisitions.workflow.acte import ACTE_SIGNE

CONVOCATION = "requisitions:convocation"
MEDECIN_RECUSE = "Le médecin désigné s’est récusé\u00a0: désignez-en un autre"
PERSONNE_RECUSEE = "La personne requise s’est récusée\u00a0: désignez-en une autre"
# Shown by lines of their own in the checklist.
MONTRES = frozenset({"R-13", "R-43"})
EXECUTEE = frozenset({etats.AFFECTEE, etats.EN_EXECUTION, etats.PRETE, etats.REMISE, etats.CLOTUREE, etats.CONTESTEE})
OUVERTES = frozenset({etats.EN_CONTROLE, etats.VALIDEE, etats.AFFECTEE, etats.EN_EXECUTION, etats.PRETE})


@require_GET
def ouvrir_ligne(request: Requete, cle: UUID) -> HttpResponse:
    """Where a list line leads this reader."""
    dossier, _ = ouvrir(request, cle)
    return redirect(adresse(dossier, request.acteur))


@require_GET
def dossier(request: Requete, cle: UUID) -> HttpResponse:
    courant, r = ouvrir(request, cle)
    acteur = request.acteur
    marquer_lu(dossier=courant, acteur=acteur)
    if not peut_instruire(courant, acteur) and adresse(courant, acteur) == reverse(CONVOCATION, args=[cle]):
        return redirect(CONVOCATION, cle=cle)  # the Ordre reads its summons, nothing else of the case
    contexte = _commun(request, courant, r)
    if peut_instruire(courant, acteur):
        return render(request, "requisitions/dossier.html", {**contexte, **_instruction(request, courant, r)})
    contexte.update(_partie(request, courant, r))
    return render(request, "requisitions/dossier_partie.html", contexte)


def _partie(request: Requete, courant: Dossier, r: Requisition) -> dict[str, Any]:
    """What the narrower page adds for its reader: the requester's side, or the executor's buttons."""
    acteur = request.acteur
    requerant = est_requerant(courant, acteur)
    remise = courant.remises.select_related("ouverte_par").first() if requerant else None
    recue = remise is not None and bool(remise.ouverte_le or remise.confiee_le)
    suiveur = suivie_par(courant, acteur) if requerant else None
    return {
        "requerant": requerant,
        "medecin": est_medecin_designe(courant, acteur),
        "entrees": agit(courant, acteur, Role.ENTREES) and not seulement_averti(courant, acteur),
        "preparable": a_preparer(courant, acteur),
        "demande_complement": sans_reponse(courant) if requerant and courant.etat == etats.A_REGULARISER else None,
        "remise": remise,
        "arret": arret_du_titre(courant, r) if requerant and courant.etat == etats.PRETE else "",
        "elements": lecture.elements(courant, r, proposer=False) if recue and courant.variante != "PRESENCE" else [],
        "peut_confirmer": bool(peut_confirmer_urgence(courant, acteur)) and not r.urgence_confirmee_le,
        "peut_demander_autre": bool(peut_demander_pour_une_autre(courant, acteur)),
        "peut_contester": bool(WORKFLOW.verdict("contester", courant, acteur)),
        "peut_annuler": requerant and courant.etat in etats.AVANT_REMISE,
        "suiveur": User.objects.filter(pk=suiveur).first() if suiveur else None,
        "suivie_par_moi": suiveur == acteur.utilisateur_id,
        "suivable": bool(peut_reprendre_le_suivi(courant, acteur)),
    }


@require_POST
def montrer_identite(request: Requete, cle: UUID) -> HttpResponse:
    """« Afficher 2 minutes »: the reason is journalled, and the page it was asked from shows it."""
    courant, _ = ouvrir(request, cle)
    if seulement_averti(courant, request.acteur) or not recoit(request.acteur.roles, Classe.IDENTITE):
        raise PermissionDenied("Votre rôle ne reçoit pas l’identité de cette personne.")
    page = request.POST.get("page", "")
    retour = reverse(f"requisitions:{page if page in identite.PAGES else 'dossier'}", args=[courant.cle])
    if not devoiler(request, courant, motif=request.POST.get("motif", ""), motifs=identite.MOTIFS, page=retour):
        messages.error(request, "Choisissez un motif.")
    return redirect(retour)


def _commun(request: Requete, courant: Dossier, r: Requisition) -> dict[str, Any]:
    acteur = request.acteur
    lue, memes = lecture.lettre_pour(r, acteur), memes_actes(courant, acteur)
    return {
        "dossier": courant,
        "r": lue,
        "titre_acte": lecture.titre(courant, acteur),
        "etat": lecture.etat_lu(courant, acteur),
        "cadre": lue.cadre_libelle,
        "articles": r.ligne_decision.articles_texte if r.ligne_decision and lue.cadre else "",
        "arrivee": r.arrivee,
        "requerant_nom": r.service_requerant.nom_externe,
        "demande": lecture.demande(r, lue),
        "echeance": courant.echeances.filter(nom="reponse").order_by("-pk").first(),
        "pieces": pieces_lues(courant, acteur, inventaire=peut_instruire(courant, acteur)),
        "evenements": lecture.evenements(courant, acteur),
        "memes_actes": memes,
        "meme_procedure": meme_procedure(courant, r, acteur, sauf=memes),
        **gel_de(courant, acteur),
        "ecrit_attendu": bool(attend_l_ecrit(courant, acteur)),
        **personne(request, courant),
        **de_l_audition(courant, acteur),
        **conclusions_dites(courant, acteur),
        **lecture.echanges(courant, acteur),
    }


def personne(request: Requete, courant: Dossier) -> dict[str, Any]:
    """The person concerned, masked unless this session was opened to it."""
    qui = courant.personnes.first()
    ferme = seulement_averti(courant, request.acteur) or not recoit(request.acteur.roles, Classe.IDENTITE)
    if qui is None or ferme:
        return {"personne": None, "nom_affiche": "", "affichee_jusqu_a": None, "motifs": identite.MOTIFS}
    jusqu_a = devoilee_jusqu_a(request, courant)
    naissance = f", {qui.naissance:%d/%m/%Y}" if qui.naissance else ""
    return {
        "personne": qui,
        "nom_affiche": f"{qui.complete}{naissance}" if jusqu_a else "",
        "affichee_jusqu_a": jusqu_a,
        "motifs": identite.MOTIFS,
    }


def _instruction(request: Requete, courant: Dossier, r: Requisition) -> dict[str, Any]:
    acteur = request.acteur
    grille = lecture.grille(list(courant.mentions.all()), _constats(courant, r))
    suivi = Participation.objects.vivantes().filter(content_object=courant, group_id__in=acteur.groupes)
    return {
        "grille": grille,
        "conformes": sum(point.ton == "ok" for point in grille),
        "parties": lecture.parties(courant, r),
        "suivi": suivi.select_related("suivi_par").first(),
        "actions": boutons(courant, acteur),
        **bloc_du_refus(courant, acteur),
        "controler": WORKFLOW.verdict("controler", courant, acteur) if courant.etat == etats.RECUE else None,
        "clore": WORKFLOW.verdict("clore", courant, acteur)
        if courant.etat in {etats.REMISE, etats.CONTESTEE}
        else None,
        "accord": accord_de(courant),
        "silence": bool(peut_constater_le_silence(courant, acteur)),
        "recusation": recusation_sans_suite(courant),
        "recusation_titre": PERSONNE_RECUSEE if type_acte(courant.variante).pas_que_des_medecins else MEDECIN_RECUSE,
        "remplacement": WORKFLOW.verdict("remplacer", courant, acteur),
        **levee_possible(courant, r, acteur),
        "derogations": list(courant.derogations.select_related("levee_par")),
        "acte_signe": courant.pieces.filter(intitule=ACTE_SIGNE).first(),
        "non_prevue": r.ligne_decision is None,
        "ligne": r.ligne_decision,
        "reportable": bool(peut_reporter(courant, acteur)),
        "acte": type_acte(courant.variante),
        "a_rappeler": r.authentifiee_le is None and courant.etat in OUVERTES,
        **_de_l_acte(courant, r, acteur),
    }


def _constats(courant: Dossier, r: Requisition) -> list[Any]:
    """What the controls say now; before the answer leaves, what they say of it too."""
    if courant.etat not in OUVERTES:
        return []
    bloquants, _, alertes = points_bloquants(courant, r)
    sortie = constats_de_sortie(courant, r) if courant.etat == etats.EN_EXECUTION else []
    return [*bloquants, *alertes, *(constat for constat in sortie if constat.numero not in MONTRES)]


def _de_l_acte(courant: Dossier, r: Requisition, acteur: Any) -> dict[str, Any]:
    """What only some acts have, and the demands that look like this one."""
    saisie = ordre_attendu(courant.variante) and courant.etat in OUVERTES
    rempli = Volet.objects.filter(dossier=courant).first()
    return {
        "elements": lecture.elements(courant, r, proposer=True) if _elements_utiles(courant) else [],
        **etapes_de(courant, r),
        **inventaire_de(courant, acteur),
        **preparation_lue(courant, r),
        "remise": courant.remises.select_related("ouverte_par", "prete_par").first(),
        **du_patient(courant, acteur),
        "volet": _volet(courant, acteur),
        "attestable": bool(peut_attester(courant, rempli)),
        "note_au_service": bool(peut_noter_au_service(courant, rempli)),
        "sans_magistrat": sans_magistrat(courant),
        "parquet": numero_du_parquet,
        "semblables": _semblables(courant, r, acteur),
        "memoire": getattr(courant, "memoire", None),
        "frais_a_transmettre": bool(peut_ouvrir_memoire(courant, acteur)),
        "protection": bool(peut_appeler_le_parquet(courant, acteur)),
        "restitution": bool(peut_suivre_restitution(courant, acteur)),
        "compte_rendu": type_acte(courant.variante).saisie and rempli is not None,
        "a_controler_apres": peut_controler_apres(courant, acteur) if controle_du(courant) else None,
        # The direction knows of the seizure; what the Ordre reports is for legal affairs.
        "compte_rendu_lu": agit(courant, acteur, Role.JURISTE, Role.GARDE),
        **_de_l_ordre(courant, convocable=saisie),
        "ordre_deplacable": bool(peut_deplacer_convocation(courant, acteur)),
    }


def _de_l_ordre(courant: Dossier, *, convocable: bool) -> dict[str, Any]:
    """What the Ordre answered to its summons; until it does, the number of whoever is on duty there."""
    convocation: Convocation | None = Convocation.objects.filter(dossier=courant).first()
    if convocation is None:
        appelable = convocable and not courant.evenements.filter(nom="convoquer_ordre").exists()
        return {"convocation": None, "ordre_a_convoquer": appelable}
    attendue = courant.echeances.filter(nom=ECHEANCE, tenue_le=None).first()
    suivants = appels(convocation.service) if attendue and courant.etat in ATTENDUE else []
    return {
        "convocation": convocation,
        "ordre_a_convoquer": False,
        "ordre_attendu": attendue if courant.etat in ATTENDUE else None,
        "ordre_en_retard": bool(suivants) and attendue is not None and attendue.echeance_le <= timezone.now(),
        "ordre_telephone": suivants[0].telephone if suivants else "",
    }


def _elements_utiles(courant: Dossier) -> bool:
    """From the execution on; a presence has one answer, worded elsewhere."""
    return courant.variante != "PRESENCE" and courant.etat in EXECUTEE


def _semblables(courant: Dossier, r: Requisition, acteur: Any) -> list[Dossier]:
    """Other units may ask the same thing: legal affairs alone see it."""
    if courant.etat not in etats.AVANT_REMISE:
        return []
    qui = courant.personnes.first()
    return list(semblables(r, qui.nom if qui else "", acteur)[:5])


def _volet(courant: Dossier, acteur: Any) -> list[Objet]:
    """What the executing person recorded, in the classes this reader receives."""
    rempli = Volet.objects.filter(dossier=courant).first()
    if rempli is None:
        return []
    lues = lignes(type_acte(courant.variante), rempli.donnees, classes=classes_lues(acteur))
    return [Objet(**ligne) for ligne in lues]
