"""Fifty processes killed in the middle of a destruction (REL-32): nothing half gone, nothing left in the end."""

import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection, transaction

from documents.models import Fichier
from dossiers.conservation import effacement, verbes
from dossiers.models import Conservation, Dossier
from notifications.boite_envoi import executer
from notifications.models import Envoi
from tests.contrats.fabrique import fabriques
from tests.distribution import Distribution
from tests.dossiers.farce import en_clair, farcir
from tests.dossiers.test_conservation_destruction import MOTIF, approuver, clore, passer_le
from tests.rapport import consigner

PARIS = ZoneInfo("Europe/Paris")
COUPURES = 50


def tuer_pendant(envoi: int, coup: int) -> int:
    """Carry out an outbox row in a process that dies at its `coup`-th statement; returns the signal that ended it."""
    with transaction.atomic():
        Envoi.objects.select_for_update().get(pk=envoi)  # the server has let the former dead process go
    connection.close()
    enfant = os.fork()
    if enfant == 0:
        # Playwright's loop gives the parent a second connection: the child would take the first, still open, as its own.
        heritee, connection.connection = connection.connection, None
        compte = {"n": 0, "heritee": heritee}

        def mourir(executer_: Callable[..., object], *arguments: object) -> object:
            compte["n"] += 1
            if compte["n"] == coup:
                os.kill(os.getpid(), signal.SIGKILL)
            return executer_(*arguments)

        with connection.execute_wrapper(mourir):
            executer(envoi)
        os._exit(0)
    return os.waitpid(enfant, 0)[1]


def reste(dossier: Dossier) -> tuple[int, int, int]:
    """Rows, files that open, canaries in sealed columns."""
    lignes = sum(len(lignes) for _, lignes in effacement.recenser(dossier).lignes)
    return lignes, Fichier.objects.exclude(etat_fichier="efface").count(), en_clair().count("canari")


@pytest.mark.django_db(transaction=True)
def test_cinquante_coupures_ne_laissent_rien_a_moitie(
    distribution: Distribution, travailler: Callable[[], int]
) -> None:
    debut = datetime(2026, 11, 23, 9, 0, tzinfo=PARIS)
    with time_machine.travel(debut, tick=False):
        call_command("charger_conservation", stdout=StringIO())
        for nom in ("dpo", "juriste"):
            distribution.utilisateur(nom)
        dossier = fabriques()["signalements"].ouvrir(distribution)
        farcir(dossier, distribution.utilisateur("cadre"))
        travailler()
        clore(dossier)
    passer_le(debut + timedelta(days=1), travailler)
    suivi = Conservation.objects.get(dossier=dossier)
    for jour in (suivi.archivage, suivi.echeance - timedelta(days=30), suivi.echeance):
        passer_le(datetime.combine(jour, debut.timetz(), PARIS), travailler)
    trop = morts = 0
    with time_machine.travel(datetime.combine(suivi.echeance, debut.timetz(), PARIS), tick=False):
        suivi.refresh_from_db()
        approuver(
            verbes.demander_destruction(suivi=suivi, motif=MOTIF, acteur=distribution.acteur("dpo")), distribution
        )
        envoi = Envoi.objects.get(sujet=verbes.EXECUTER, fait_le=None)
        avant = reste(dossier)
        for coup in range(1, COUPURES + 1):
            morts += tuer_pendant(envoi.pk, 2 * coup) == signal.SIGKILL
            trop += reste(dossier) != avant
        while travailler():
            pass
        lignes, fichiers, canaris = reste(dossier)
    consigner("rel-32", coupures=morts, detruit_en_trop=trop, restes=lignes + fichiers + canaris)
    assert avant[0] > 50
    assert morts == COUPURES
    assert (trop, lignes, fichiers, canaris) == (0, 0, 0, 0)
    assert Conservation.objects.get(dossier=dossier).detruit_le is not None
