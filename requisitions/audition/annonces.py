"""Who is told of a hearing, and when time says that nothing came: a certificate to give again, a session unrecorded."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention.models import Service
from dossiers.models import Dossier, Echeance, Exclusion
from notifications.avis import prevenir
from notifications.boite_envoi import publier
from presentation.temps import date_fr, heure_fr
from requisitions.audition import PREVENUE, PROGRAMMABLE, direction_a_prevenir
from requisitions.audition.aptitude import ECHEANCE as REEVALUATION
from requisitions.circuit import DAJ, DIRECTION, GARDE
from requisitions.designation import designes
from requisitions.etats import SANS_SUITE
from requisitions.models import AvisAptitude, Seance
from requisitions.notifications import gens, prevenir_de

SUJET_SERVICE, SUJET_REEVALUATION = "requisition.audition_service", "requisition.reevaluation"
SUJET_CONSTAT, SUJET_AVIS = "requisition.audition_a_constater", "requisition.avis_aptitude"
SUJET_QUITTE, SUJET_DIRECTION = "requisition.audition_quittee", "requisition.audition_direction"
RATTRAPAGE = timedelta(days=3)
CONSTATER_APRES = timedelta(hours=4)
ABANDON = "sans-suite"
AU_SERVICE = (Role.CADRE, Role.MEDECIN_RESPONSABLE, Role.SOIGNANT)


def annoncer_au_service(seance: Seance) -> None:
    """A slot, another slot, or none after all."""
    cle = f"audition-service:{seance.pk}:{seance.programmee_le:%Y%m%d%H%M%S%f}:{seance.issue}"
    publier(SUJET_SERVICE, cle_unique=cle, charge={"seance": seance.pk, "cle": cle})


def prevenir_le_service(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.audition_service`: idempotent. The ward has no part in the case: no name, no way in."""
    seance = Seance.objects.select_related("service_prevenu", "dossier").get(pk=charge["seance"])
    if seance.service_prevenu is None or not charge["cle"].endswith((f":{seance.issue}", f":{ABANDON}")):
        return
    _prevenir_l_equipe(seance.service_prevenu.pk, charge["cle"], mots_pour_le_service(seance))


def _prevenir_l_equipe(service: int, cle: str, texte: str) -> None:
    ici = {"rattachements__service": service, "rattachements__fin_le": None}
    equipe = User.objects.filter(**ici, rattachements__role__in=AU_SERVICE, is_active=True).distinct()
    prevenir(equipe.order_by("pk"), cle_unique=cle, texte=texte, adresse="", reference="")


def annoncer_au_service_quitte(seance: Seance, quitte: Service, prevue_pour: datetime) -> None:
    """The slot goes to another ward: the one that was preparing it is told at once."""
    cle = f"audition-quitte:{seance.pk}:{quitte.pk}:{seance.programmee_le:%Y%m%d%H%M%S%f}"
    charge = {"service": quitte.pk, "prevue_pour": prevue_pour.isoformat(), "cle": cle}
    publier(SUJET_QUITTE, cle_unique=cle, charge=charge)


def prevenir_le_service_quitte(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.audition_quittee`: idempotent."""
    prevue_pour = timezone.localtime(datetime.fromisoformat(charge["prevue_pour"]))
    _prevenir_l_equipe(charge["service"], charge["cle"], mots_d_abandon(prevue_pour))


def mots_d_abandon(prevue_pour: datetime) -> str:
    return f"L’audition prévue {date_fr(prevue_pour)} à {heure_fr(prevue_pour)} dans le service n’aura pas lieu"


def mots_pour_le_service(seance: Seance) -> str:
    if seance.issue or seance.dossier.etat in SANS_SUITE:
        return mots_d_abandon(seance.prevue_pour)
    quand = f"{date_fr(seance.prevue_pour)} à {heure_fr(seance.prevue_pour)}"
    return f"Une personne du service sera entendue {quand}\u00a0: lisez la note des affaires juridiques"


def direction(dossier: Dossier) -> QuerySet[User]:
    """Its people, but for whoever must never know of this case."""
    ecartes = Exclusion.objects.filter(dossier_id=dossier.pk).values("utilisateur")
    return gens(DIRECTION).exclude(pk__in=ecartes)


def mots_pour_la_direction(seance: Seance | None) -> str:
    """That a hearing takes place in the house: neither who is heard, nor by whom, nor in which ward."""
    if seance is None:
        return "Une audition est demandée à l’hôpital, les affaires juridiques la suivent"
    quand = f"{date_fr(seance.prevue_pour)} à {heure_fr(seance.prevue_pour)}"
    if seance.issue or seance.dossier.etat in SANS_SUITE:
        return f"Une audition prévue à l’hôpital {quand} n’a pas lieu"
    return f"Une audition se tient à l’hôpital {quand}"


def annoncer_a_la_direction(*, dossier: Dossier, mots: str) -> None:
    """The words of now: a slot that moves is told again."""
    _publier_a_la_direction(dossier, mots, f"audition-direction:{dossier.pk}:{dossier.version}")


def _publier_a_la_direction(dossier: Dossier, mots: str, cle: str) -> None:
    publier(SUJET_DIRECTION, cle_unique=cle, charge={"dossier": dossier.pk, "mots": mots, "cle": cle})


def prevenir_de_l_audition(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.audition_direction`: idempotent. No part in the case: no name, no way in."""
    personnes = direction(Dossier.objects.get(pk=charge["dossier"])).order_by("pk")
    prevenir(personnes, cle_unique=charge["cle"], texte=charge["mots"], adresse="", reference="")


def annoncer_avis(avis: AvisAptitude) -> None:
    publier(SUJET_AVIS, cle_unique=f"avis-aptitude:{avis.pk}", charge={"avis": avis.pk})


def prevenir_de_l_avis(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.avis_aptitude`: idempotent, silent once it was handed over."""
    avis = AvisAptitude.objects.select_related("dossier").filter(pk=charge["avis"], remis_le=None).first()
    if avis is not None:
        prevenir_de(gens(DAJ, GARDE), avis.dossier, f"avis-aptitude:{avis.pk}", "Nouvel avis d’aptitude à remettre")


def rappeler() -> None:
    """At each tick, once each: a certificate due again, a session four hours old of which nobody said anything, and
    one that the end of its demand has emptied: the ward prepares nothing any more."""
    maintenant = timezone.now()
    recents = (maintenant - RATTRAPAGE, maintenant)
    dues = Echeance.objects.filter(nom=REEVALUATION, tenue_le=None, echeance_le__range=recents)
    for pk, avant in dues.filter(dossier__etat__in=PROGRAMMABLE).order_by("pk").values_list("pk", "echeance_le"):
        cle = f"reevaluation:{pk}:{avant:%Y%m%d%H%M}"
        publier(SUJET_REEVALUATION, cle_unique=cle, charge={"echeance": pk, "cle": cle})
    abandonnees = Seance.objects.filter(issue="", prevue_pour__gt=maintenant, dossier__etat__in=SANS_SUITE)
    for pk in abandonnees.exclude(service_prevenu=None).order_by("pk").values_list("pk", flat=True):
        cle = f"audition-service:{pk}:{ABANDON}"
        publier(SUJET_SERVICE, cle_unique=cle, charge={"seance": pk, "cle": cle})
    for seance in (
        abandonnees.filter(dossier__evenements__nom=PREVENUE).select_related("dossier__requisition").distinct()
    ):
        if direction_a_prevenir(seance.dossier.requisition, seance):
            cle = f"audition-direction:{seance.dossier_id}:{seance.pk}:{ABANDON}"
            _publier_a_la_direction(seance.dossier, mots_pour_la_direction(seance), cle)
    passees = (maintenant - CONSTATER_APRES - RATTRAPAGE, maintenant - CONSTATER_APRES)
    tues = Seance.objects.filter(issue="", prevue_pour__range=passees, dossier__etat__in=PROGRAMMABLE)
    for pk, prevue in tues.order_by("pk").values_list("pk", "prevue_pour"):
        cle = f"audition-constat:{pk}:{prevue:%Y%m%d%H%M}"
        publier(SUJET_CONSTAT, cle_unique=cle, charge={"seance": pk, "cle": cle})


def prevenir_de_la_reevaluation(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.reevaluation`: idempotent, silent once another certificate was given."""
    dues = Echeance.objects.select_related("dossier").filter(tenue_le=None, echeance_le__lte=timezone.now())
    echeance = dues.filter(pk=charge["echeance"], dossier__etat__in=PROGRAMMABLE).first()
    if echeance is None:
        return
    medecins = User.objects.filter(pk__in=designes(echeance.dossier).values("user"), is_active=True)
    prevenir_de(medecins, echeance.dossier, charge["cle"], "Avis d’aptitude à donner de nouveau")
    prevenir_de(gens(DAJ, GARDE), echeance.dossier, charge["cle"], "Avis d’aptitude attendu du médecin")


def prevenir_du_constat(charge: Mapping[str, Any]) -> None:
    """Carry out `requisition.audition_a_constater`: idempotent, silent once it was said or moved."""
    limite = timezone.now() - CONSTATER_APRES
    tues = Seance.objects.select_related("dossier").filter(issue="", prevue_pour__lte=limite)
    seance = tues.filter(pk=charge["seance"]).first()
    if seance is not None:
        mots = "Audition passée, notez ce qui s’est passé"
        medecins = User.objects.filter(pk__in=designes(seance.dossier).values("user"), is_active=True)
        prevenir_de(medecins, seance.dossier, charge["cle"], mots)
        prevenir_de(gens(DAJ, GARDE), seance.dossier, charge["cle"], mots)


TRAITEMENTS = {
    SUJET_SERVICE: prevenir_le_service,
    SUJET_QUITTE: prevenir_le_service_quitte,
    SUJET_DIRECTION: prevenir_de_l_audition,
    SUJET_REEVALUATION: prevenir_de_la_reevaluation,
    SUJET_CONSTAT: prevenir_du_constat,
    SUJET_AVIS: prevenir_de_l_avis,
}
TOURS = (rappeler,)
