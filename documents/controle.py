"""Files that wait: scanned when the antivirus answers again; the quarantine ends after thirty days."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from documents import antivirus, coffre
from documents.models import Fichier
from documents.reception import prevenir

QUARANTAINE = timedelta(days=30)
LOT = 20


def en_attente() -> bool:
    return Fichier.objects.filter(etat_fichier=Fichier.Etat.EN_ATTENTE).exists()


def controler_en_attente() -> int:
    """Scan what waits, oldest first, until the antivirus is silent; returns how many got their answer."""
    faits = 0
    while faits < LOT:
        with transaction.atomic():
            fichier = _suivant()
            if fichier is None:
                break
            verdict = _analyser(fichier)
            if verdict is None:
                break
            _conclure(fichier, verdict)
        faits += 1
    return faits


def _suivant() -> Fichier | None:
    attente = Fichier.objects.filter(etat_fichier=Fichier.Etat.EN_ATTENTE)
    return attente.select_for_update(skip_locked=True).order_by("cree_le", "pk").first()


def _analyser(fichier: Fichier) -> Fichier.Analyse | None:
    if not antivirus.present():
        return Fichier.Analyse.ABSENT
    try:
        with coffre.ouvrir_origine(fichier) as flux:
            return Fichier.Analyse(antivirus.analyser(flux).value)
    except antivirus.AntivirusIndisponible:
        return None


def _conclure(fichier: Fichier, verdict: Fichier.Analyse) -> None:
    infecte = verdict == Fichier.Analyse.INFECTE
    fichier.analyse = verdict
    fichier.etat_fichier = Fichier.Etat.REFUSE if infecte else Fichier.Etat.PRET
    fichier.save(update_fields=["analyse", "etat_fichier"])
    if infecte:
        prevenir(fichier)


def vider_la_quarantaine() -> int:
    """Erase infected files kept for thirty days; returns how many."""
    anciens = Fichier.objects.filter(
        etat_fichier=Fichier.Etat.REFUSE, cree_le__lt=timezone.now() - QUARANTAINE
    ).order_by("cree_le")[:LOT]
    for fichier in anciens:
        coffre.effacer(fichier, motif="quarantaine")
    return len(anciens)
