"""What is said without a case ends too: readings, feedback, questions on secrecy. Durations are rows of the table."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from bilans.etats import CLOS
from bilans.models import RetourExperience
from dossiers.conservation import bareme
from fiches.models import AccuseLecture, ConsultationSecret, VersionFiche
from journal.carnet import noter
from notifications.boite_envoi import publier

SUJET = "bilan.conservation"
LOT = 2000


def demander() -> None:
    """Registered at the beat: once a day."""
    publier(SUJET, cle_unique=f"{SUJET}:{timezone.localdate()}", charge={})


def effacer_les_echus(charge: Mapping[str, Any]) -> None:
    """Carry out the subject: what is past its duration goes, with its history. A rule that is not loaded keeps all."""
    for code, lignes in echus(timezone.localdate()).items():
        cles = list(lignes.order_by("pk").values_list("pk", flat=True)[:LOT])
        if not cles:
            continue
        modele: Any = lignes.model
        modele.objects.filter(pk__in=cles).delete()
        # Afterwards: the deletion itself writes a last line of history.
        if historique := getattr(modele, "history", None):
            historique.filter(id__in=cles).delete()
        noter("effacer_au_terme", acteur=None, objet="conservation", details={"regle": code, "nombre": len(cles)})


def echus(jour: date) -> dict[str, QuerySet[Any]]:
    """The rows of each rule that are past their duration on that day."""
    regles = bareme.en_vigueur()
    avant = {code: _il_y_a(jour, regle.actif_mois, regle.actif_jours) for code, regle in regles.items()}
    lignes: dict[str, QuerySet[Any]] = {}
    if le := avant.get("accuse-lecture"):
        lignes["accuse-lecture"] = AccuseLecture.objects.filter(lu_le__lt=le).exclude(
            version_fiche__etat=VersionFiche.Etat.EN_VIGUEUR
        )
    if le := avant.get("retour-experience"):
        lignes["retour-experience"] = RetourExperience.objects.filter(etat=CLOS, clos_le__lt=le)
    if le := avant.get("consultation-secret"):
        lignes["consultation-secret"] = ConsultationSecret.objects.filter(
            Q(decidee_le__lt=le) | Q(decidee_le=None, ouverte_le__lt=le)
        )
    return lignes


def _il_y_a(jour: date, mois: int, jours: int) -> datetime:
    """The moment before which a duration is over; the last days of a month count as its 28th."""
    rang = jour.year * 12 + jour.month - 1 - mois
    annee, mois_ = divmod(rang, 12)
    debut = date(annee, mois_ + 1, min(jour.day, 28))
    return timezone.make_aware(datetime.combine(debut, time())) - timedelta(days=jours)
