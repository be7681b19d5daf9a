"""Files while nobody looks: the antivirus answers at last, an infection is told, the quarantine ends."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from convention.acteur import rattachements_valides
from documents import controle, morceaux
from documents.models import Fichier
from dossiers.models import Piece
from journal.carnet import noter
from notifications.avis import prevenir
from notifications.boite_envoi import publier

CONTROLER, INFECTE = "fichier.controler", "fichier.infecte"
CADENCE = 30


def relancer() -> None:
    """The beat: a scan is asked of the worker while something waits; the scan itself is no part of the tick."""
    if controle.en_attente():
        publier(CONTROLER, cle_unique=f"{CONTROLER}:{int(timezone.now().timestamp()) // CADENCE}", charge={})
    controle.vider_la_quarantaine()
    morceaux.balayer()


def controler(charge: Mapping[str, Any]) -> None:
    controle.controler_en_attente()


def signaler(fichier: Fichier) -> None:
    """Registered with `documents`: note the infection, and tell those who watch over the data."""
    noter("refuser_fichier", acteur=None, objet="fichier", cle=fichier.cle, resultat="refuse", motif="infecte")
    publier(INFECTE, cle_unique=f"{INFECTE}:{fichier.cle}", charge={"fichier": str(fichier.cle)})


def prevenir_infection(charge: Mapping[str, Any]) -> None:
    """Carry out `fichier.infecte`: the depositor and the DPO of their house read a reference, never a name."""
    piece = Piece.objects.filter(fichier__cle=charge["fichier"]).select_related("dossier", "service").first()
    dpo = User.objects.filter(
        is_active=True, pk__in=rattachements_valides().filter(role=Role.DPO).values("utilisateur_id")
    )
    if piece is not None:
        dpo = dpo.filter(
            pk__in=rattachements_valides()
            .filter(role=Role.DPO, service__institution_id=piece.service.institution_id)
            .values("utilisateur_id")
        )
    reference = (piece.dossier.reference if piece else "") or ""
    quoi = f"fichier {str(charge['fichier'])[:8]}" + (f", dossier {reference}" if reference else "")
    if piece is not None and piece.deposee_par is not None:
        prevenir(
            [piece.deposee_par],
            cle_unique=f"{INFECTE}:{charge['fichier']}:deposant",
            texte=f"Pièce refusée par l’antivirus\u00a0: {reference or 'brouillon'}. Ajoutez-en une autre.",
            adresse=reverse("dossiers:piece", args=[piece.cle]),
            reference=reference,
        )
    prevenir(
        dpo.order_by("pk"),
        cle_unique=f"{INFECTE}:{charge['fichier']}",
        texte=f"Fichier infecté mis en quarantaine\u00a0: {quoi}.",
        adresse="/",
        reference=reference,
    )
