"""What time threatens: a freeze that nobody confirms, matter about to disappear (R-20), an answer or a control overdue
(R-46).
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from dossiers.models import Dossier, Echeance
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from notifications.boite_envoi import publier
from presentation.temps import date_fr, heure_fr
from requisitions.circuit import ACCUEIL, DAJ, DIRECTION, GARDE, service
from requisitions.etats import AVANT_REMISE, CONTESTEE, PRETE, SANS_SUITE
from requisitions.gels import JALONS, REGLES, jalon
from requisitions.gels.pertes import ENCORE_DUES, perte_de
from requisitions.models import Gel, Incident
from requisitions.notifications import gens, prevenir_de
from requisitions.saisie.perquisition import CONTROLE
from requisitions.workflow.gel import GEL, ORDONNE, SUJET_GEL, SUJET_PERTE, annoncer_le_gel

SUJET_RETARD = "requisition.retard"
RATTRAPAGE = timedelta(days=3)
EN_RETARD = "retard"
# A refusal or a withdrawal thaws nothing: somebody may still ask for it, or complain.
A_CONFIRMER = AVANT_REMISE | SANS_SUITE | {CONTESTEE}
# What a missed deadline is called: in the direction's list, then in the notice.
RETARDS = {
    "reponse": ("Réponse en retard", "Échéance de la réponse dépassée"),
    GEL: ("Gel en retard", "Gel non confirmé dans l’heure"),
    CONTROLE: ("Contrôle a posteriori en retard", "Contrôle a posteriori d’une perquisition non fait à temps"),
}


def alerter() -> None:
    """At each tick: what is not confirmed after its hour, then two marks before it disappears; answers overdue."""
    maintenant = timezone.now()
    recents = (maintenant - RATTRAPAGE, maintenant)
    attendus = Gel.objects.filter(confirme_le=None, perte="", dossier__etat__in=A_CONFIRMER)
    # Written down long after its reception, an order is late from its birth.
    dus = Q(confirmer_avant__range=recents) | Q(confirmer_avant__lte=maintenant, ordonne_le__range=recents)
    for gel in attendus.filter(dus).order_by("pk"):
        annoncer_le_gel(gel, EN_RETARD)
    proches = attendus.filter(ecrasement__gt=maintenant, ecrasement__lte=maintenant + timedelta(days=max(JALONS)))
    for gel in proches.order_by("pk"):
        if gel.ecrasement and (jours := jalon(gel.ecrasement - maintenant)):
            annoncer_le_gel(gel, str(jours))
    perimes = attendus.filter(ecrasement__range=recents, dossier__etat__in=ENCORE_DUES)
    for pk in perimes.order_by("pk").values_list("pk", flat=True):
        publier(SUJET_PERTE, cle_unique=f"perte:{pk}:presumee", charge={"gel": pk})
    for echeance in _echues().filter(echeance_le__range=recents).order_by("pk"):
        publier(SUJET_RETARD, cle_unique=_cle_du_retard(echeance), charge={"echeance": echeance.pk})


def _cle_du_retard(echeance: Echeance) -> str:
    return f"reponse-echue:{echeance.pk}:{echeance.echeance_le:%Y%m%d%H%M}"


def _echues() -> Any:
    """Answers still due: an answer put at disposal, a demand closed or put right by the requester are settled.

    The control of a search that nobody announced is due whatever came of it; a freeze, as long as it may be asked for.
    """
    reponses = Q(nom="reponse", dossier__etat__in=AVANT_REMISE - {PRETE})
    dues = Echeance.objects.select_related("dossier").filter(tenue_le=None, suspendue_le=None)
    return dues.filter(reponses | Q(nom=CONTROLE) | Q(nom=GEL, dossier__etat__in=A_CONFIRMER))


def prevenir_du_gel(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.gel`: idempotent, silent once it was confirmed. No word of what is kept about whom."""
    attendus = Gel.objects.select_related("dossier", "service").filter(confirme_le=None, perte="")
    gel = attendus.filter(pk=charge["gel"], dossier__etat__in=A_CONFIRMER).first()
    if gel is None:
        return
    quoi, regle = str(charge["quoi"]), REGLES[gel.objet]
    if quoi == ORDONNE:
        codes, mots = (
            [gel.service.code],
            f"À conserver tout de suite, à confirmer avant {heure_fr(gel.confirmer_avant)}",
        )
    elif quoi == EN_RETARD or gel.ecrasement is None:
        codes, mots = [gel.service.code, DAJ, GARDE], "Gel non confirmé dans l’heure"
    else:
        codes = [gel.service.code, DAJ]
        mots = f"{regle.fin} le {date_fr(gel.ecrasement)}, gel à confirmer"
    prevenir_de(gens(*codes), gel.dossier, f"gel:{gel.pk}:{quoi}", mots)


def prevenir_de_la_perte(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.perte`: idempotent. Legal affairs and the direction; silent once it was kept after all."""
    gel = Gel.objects.select_related("dossier").get(pk=charge["gel"])
    perte = perte_de(gel, timezone.now())
    if perte is None:
        return
    if perte.par_l_hopital:
        _montrer_a_la_direction(gel.dossier, "Éléments perdus par l’hôpital", "Perte à examiner")
    codes = (DAJ, DIRECTION) if perte.par_l_hopital else (DAJ,)
    suite = "presumee" if perte.presumee else perte.cause
    prevenir_de(gens(*codes), gel.dossier, f"perte:{gel.pk}:{suite}", f"Gel\u00a0: {perte.titre.lower()}")


def _montrer_a_la_direction(dossier: Dossier, ligne: str, motif: str) -> None:
    part = Octroi(Part.Role.OBSERVATEUR, ligne, motif, ACCUEIL, service=service(DIRECTION))
    accorder(dossier=dossier, octrois=[part], acteur=None)


def prevenir_du_retard(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.retard`, unless it was settled meanwhile."""
    echeance = _echues().filter(pk=charge["echeance"], echeance_le__lte=timezone.now()).first()
    if echeance is not None:
        inscrire_le_retard(echeance)


def inscrire_le_retard(echeance: Echeance) -> None:
    """Idempotent. The direction takes part from then on, to see and to decide; the missed deadline enters the register
    of incidents.
    """
    dossier = echeance.dossier
    ligne, mots = RETARDS[echeance.nom]
    _montrer_a_la_direction(dossier, ligne, "Échéance dépassée")
    Incident.objects.get_or_create(dossier=dossier, echeance_le=echeance.echeance_le)
    # Of a freeze, legal affairs are told already, with whoever keeps it.
    codes = (DIRECTION,) if echeance.nom == GEL else (DIRECTION, DAJ)
    prevenir_de(gens(*codes), dossier, _cle_du_retard(echeance), mots)


TRAITEMENTS = {SUJET_GEL: prevenir_du_gel, SUJET_RETARD: prevenir_du_retard, SUJET_PERTE: prevenir_de_la_perte}
TOURS = (alerter,)
