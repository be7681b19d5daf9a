"""The two ways out, never mixed up: one party denounces and the convention goes on, or the whole is terminated."""

import calendar
from datetime import date

from django.db import transaction
from django.utils import timezone

from convention import regles
from convention.acteur import Acteur
from convention.documents import abroger_les_papiers
from convention.etats import OUVERTS, E
from convention.models import Convention, Denonciation, Resiliation, VersionConvention
from convention.workflow import WORKFLOW, avancer, conclure, exiger, verrouiller_convention
from journal.carnet import noter
from notifications.boite_envoi import publier
from transitions.verdict import Verdict
from transitions.workflow import TransitionRefusee


def apres_preavis(jour: date, mois: int) -> date:
    """The same day so many months later; the last of the month when it has no such day."""
    rang = jour.month - 1 + mois
    annee, numero = jour.year + rang // 12, rang % 12 + 1
    return date(annee, numero, min(jour.day, calendar.monthrange(annee, numero)[1]))


def effet_de(convention: Convention) -> date:
    """The first day out, for an act notified today."""
    return apres_preavis(timezone.localdate(), convention.preavis_mois or 0)


@transaction.atomic
def denoncer(*, convention: Convention, acteur: Acteur, motif: str) -> Denonciation:
    """The actor's institution leaves. It stays bound, and signs, until the notice has run."""
    convention = verrouiller_convention(convention.pk)
    trouve = regles.partie_a_denoncer(convention, acteur)
    if isinstance(trouve, Verdict):
        raise TransitionRefusee(trouve.raison)
    if not motif.strip():
        raise TransitionRefusee("Une dénonciation doit être motivée.")
    partie, _ = trouve
    denonciation = Denonciation.objects.create(
        partie=partie,
        motif=motif.strip(),
        notifiee_par_id=acteur.utilisateur_id,
        effet_le=effet_de(convention),
    )
    details = {"institution": partie.institution.code, "effet_le": denonciation.effet_le.isoformat()}
    noter("denoncer", acteur=acteur, objet="convention", details={"convention": convention.code, **details})
    _prevenir(convention, "denoncer", f"denonciation:{denonciation.pk}", acteur)
    return denonciation


@transaction.atomic
def resilier(*, convention: Convention, acteur: Acteur, motif: str) -> Resiliation:
    """The convention will end for everybody. The text stays in force during the notice; what was prepared falls."""
    convention = verrouiller_convention(convention.pk)
    exiger(regles.peut_resilier(convention, acteur))
    if not motif.strip():
        raise TransitionRefusee("Une résiliation doit être motivée.")
    resiliation = Resiliation.objects.create(
        convention=convention,
        motif=motif.strip(),
        prononcee_par_id=acteur.utilisateur_id,
        effet_le=effet_de(convention),
    )
    for ouverte in convention.versions.filter(etat__in=OUVERTS):
        WORKFLOW.appliquer("emporter", ouverte, acteur=acteur, avant_ecriture=avancer)
    details = {"convention": convention.code, "effet_le": resiliation.effet_le.isoformat()}
    noter("resilier", acteur=acteur, objet="convention", details=details)
    _prevenir(convention, "resilier_convention", f"resiliation:{resiliation.pk}", acteur)
    return resiliation


def _prevenir(convention: Convention, nom: str, cle: str, acteur: Acteur) -> None:
    charge = {"convention": convention.pk, "nom": nom, "cle": cle, "par": acteur.utilisateur_id}
    publier("convention.fin", cle_unique=f"convention:{convention.pk}:{cle}", charge=charge)


def appliquer_echeances() -> None:
    """What a date alone decides: a signed text takes effect, a missing party is out, a notice of termination ends."""
    jour = timezone.localdate()
    for version in VersionConvention.objects.filter(etat__in=[E.EN_SIGNATURE, E.SIGNEE]).order_by("pk"):
        with transaction.atomic():
            verrouiller_convention(version.convention_id)
            a_jour = VersionConvention.objects.select_related("convention", "institution_admise").get(pk=version.pk)
            if a_jour.etat in (E.EN_SIGNATURE, E.SIGNEE):
                conclure(a_jour, None)
    finies = VersionConvention.objects.filter(etat=E.EN_VIGUEUR, convention__resiliation__effet_le__lte=jour)
    for version in finies.order_by("pk"):
        with transaction.atomic():
            WORKFLOW.appliquer("resilier", version, acteur=None, avant_ecriture=_finir)
            abroger_les_papiers(version.convention)


def _finir(version: VersionConvention) -> None:
    avancer(version)
    version.fin_le = version.convention.resiliation.effet_le
