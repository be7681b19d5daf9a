"""Frais de justice: legal affairs open the row, the accounts office carries it to its payment."""

import secrets
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier
from dossiers.suivi import verrouiller
from journal.carnet import noter
from requisitions.circuit import REGIE, service
from requisitions.frais import SUITES, Situation
from requisitions.models import Memoire
from requisitions.notifications import ISSUES, annoncer_memoire, relater_en_interne
from requisitions.policies import peut_ouvrir_memoire, peut_tenir_les_frais
from requisitions.workflow.table import ouverte
from transitions.workflow import TransitionRefusee

# No letter nor digit that another looks like.
ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@transaction.atomic
def ouvrir_memoire(*, dossier: Dossier, acteur: Acteur, acte: str, acte_du: datetime, num_procedure: str) -> Memoire:
    """What the accounts office will read: a number, a pseudonym, who asked, which act and when."""
    dossier = verrouiller(dossier)
    verdict = peut_ouvrir_memoire(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    if hasattr(dossier, "memoire"):
        raise TransitionRefusee("Les frais de cette réquisition sont déjà transmis.")
    if acte_du > timezone.now():
        raise TransitionRefusee("L’acte n’a pas encore eu lieu à cette heure.")
    memoire: Memoire = Memoire.objects.create(
        dossier=dossier,
        service=service(REGIE),
        reference=dossier.reference or "",
        pseudonyme="".join(secrets.choice(ALPHABET) for _ in range(8)),
        num_procedure=num_procedure,
        prescripteur=ouverte(dossier).service_requerant.nom_externe,
        acte=acte,
        acte_du=acte_du,
        ouvert_par_id=acteur.utilisateur_id,
    )
    relater_en_interne(
        dossier=dossier, nom="ouvrir_memoire", libelle="Frais de justice transmis à la régie", acteur=acteur
    )
    annoncer_memoire(memoire=memoire)
    return memoire


@transaction.atomic
def suivre_memoire(
    *,
    memoire: Memoire,
    acteur: Acteur,
    situation: str,
    numero: str = "",
    montant: Decimal | None = None,
    motif: str = "",
) -> Memoire:
    """Deposited with its number and amount, rejected with a ground, or paid."""
    memoire = Memoire.objects.select_for_update().get(pk=memoire.pk)
    verdict = peut_tenir_les_frais(acteur)
    if not verdict or memoire.service_id not in acteur.services:
        raise TransitionRefusee(verdict.raison or "Ces frais sont tenus par un autre service.")
    if situation not in SUITES[memoire.situation]:
        raise TransitionRefusee(f"Ce mémoire est déjà «\u00a0{memoire.get_situation_display().lower()}\u00a0».")
    if situation == Situation.DEPOSE and not (numero and montant and montant > 0):
        raise TransitionRefusee("Indiquez le numéro du mémoire et son montant.")
    if situation == Situation.REJETE and not motif:
        raise TransitionRefusee("Indiquez le motif du rejet.")
    if situation == Situation.DEPOSE:
        memoire.numero, memoire.montant = numero, montant
    memoire.situation, memoire.motif = situation, motif if situation == Situation.REJETE else ""
    memoire.suivi_le, memoire.suivi_par_id = timezone.now(), acteur.utilisateur_id
    memoire.save()
    if situation in ISSUES:
        annoncer_memoire(memoire=memoire)
    noter("suivre_memoire", acteur=acteur, objet="memoire", cle=memoire.cle, details={"situation": situation})
    return memoire
