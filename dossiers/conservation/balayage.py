"""The daily scan. The beat only asks for it; each case is then one outbox row: one transaction, resumed by itself."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db.models import F, Q
from django.utils import timezone

from documents.models import Fichier
from dossiers.conservation import avertissements, bareme
from dossiers.conservation.conserver import FERMEES, etats_suivis, natures
from dossiers.conservation.examen import examiner
from dossiers.conservation.fichiers import effacer_fichiers
from dossiers.conservation.gels import a_revoir
from dossiers.models import Brouillon, Dossier
from dossiers.models.dossier import Phase
from notifications.avis import prevenir
from notifications.boite_envoi import publier
from notifications.models import Avis, Envoi

LOT = 2000
BALAYER, EXAMINER = "conservation.balayer", "conservation.examiner"
RAPPEL_GEL = timedelta(days=30)
RAPPEL_BROUILLON = timedelta(hours=48)


def demander_le_balayage() -> None:
    """Registered at the beat: one scan a day, whoever beats and however often."""
    jour = timezone.localdate().isoformat()
    publier(BALAYER, cle_unique=f"{BALAYER}:{jour}:0", charge={"jour": jour, "lot": 0})


def balayer(charge: Mapping[str, Any]) -> None:
    """Carry out `conservation.balayer`: hand over the cases that are due, batch after batch, then the other data."""
    jour, lot = str(charge["jour"]), int(charge["lot"])
    dus = list(a_examiner()[:LOT])
    for dossier in dus:
        publier(EXAMINER, cle_unique=f"{EXAMINER}:{dossier}:{jour}", charge={"dossier": dossier})
    if lot == 0:
        rappeler()
        purger()
    if len(dus) == LOT:
        suite = {"jour": jour, "lot": lot + 1, "apres": dus[-1]}
        dans = timezone.now() + timedelta(minutes=2)
        publier(BALAYER, cle_unique=f"{BALAYER}:{jour}:{lot + 1}", charge=suite, pas_avant=dans)


def a_examiner() -> Any:
    """Keys of the cases where something is due: new to the register, closed or reopened since, or at their date."""
    court = Q(phase__in=FERMEES) | Q(etat__in=etats_suivis())
    due = Q(conservation__prochaine__lte=timezone.localdate())
    inconnu = Q(conservation=None)
    nouveau = court & Q(conservation__depart=None, conservation__regle__isnull=False)
    sans_regle = court & Q(conservation__regle=None)
    rouvert = ~court & Q(conservation__depart__isnull=False)
    return (
        Dossier.objects.filter(nature__in=natures())
        .exclude(phase=Phase.BROUILLON)
        .filter(Q(inconnu) | Q(conservation__detruit_le=None) & (due | nouveau | sans_regle | rouvert))
        .order_by(F("conservation__prochaine").asc(nulls_first=True), "pk")
        .values_list("pk", flat=True)
    )


def examiner_un(charge: Mapping[str, Any]) -> None:
    """Carry out `conservation.examiner`."""
    examiner(int(charge["dossier"]))


def rappeler() -> None:
    """Holds to review, drafts about to expire: each told once for its date."""
    jour, maintenant = timezone.localdate(), timezone.now()
    for gel in a_revoir(jour, RAPPEL_GEL).select_related("dossier__conservation"):
        avertissements.gel_a_revoir(gel, gel.dossier.conservation)
    bientot = Brouillon.objects.filter(
        expire_le__gt=maintenant, expire_le__lte=maintenant + RAPPEL_BROUILLON + timedelta(days=1)
    )
    for brouillon in bientot.select_related("proprietaire"):
        prevenir(
            [brouillon.proprietaire],
            cle_unique=f"brouillon:{brouillon.cle}:{brouillon.expire_le:%Y%m%d}",
            texte="Un de vos brouillons va être effacé. Reprenez-le pour le garder trente jours de plus.",
            adresse="/",
            reference="",
        )


def purger() -> None:
    """Data without a case: old notices, done outbox rows, refused files. Durations are rows of the table."""
    regles, maintenant = bareme.en_vigueur(), timezone.localdate()
    if envois := regles.get("envois"):
        avant = maintenant - (envois.bareme.actif.depuis(maintenant) - maintenant)
        Avis.objects.filter(cree_le__date__lt=avant).delete()
        Envoi.objects.filter(pas_avant__date__lt=avant).delete()
    if quarantaine := regles.get("quarantaine"):
        avant = maintenant - (quarantaine.bareme.actif.depuis(maintenant) - maintenant)
        refuses = [Fichier.Etat.REFUSE, Fichier.Etat.EN_ATTENTE]
        vieux = Fichier.objects.filter(etat_fichier__in=refuses, cree_le__date__lt=avant)
        effacer_fichiers(vieux.values_list("pk", flat=True)[:LOT], motif="quarantaine")
