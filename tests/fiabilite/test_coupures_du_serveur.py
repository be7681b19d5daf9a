"""What was acknowledged exists, once and whole, whatever dies and however often it is sent (REL-01, REL-05)."""

import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from dossiers.models import Dossier, Participation
from journal.models import Entree
from notifications.models import Envoi
from prises_en_charge.models import Extraction
from tests.distribution import Distribution
from tests.fiabilite.ampleur import nombre
from tests.fiabilite.poster import demande, poster
from tests.rapport import consigner
from tests.serveur import Serveur, serveur_lance

ENVOIS, ESSAIS, ENSEMBLE = nombre(500, 80), nombre(200, 10), 20


class Tueur(threading.Thread):
    """Kills everybody who answers, 0 to 400 ms after an acknowledgement, again and again until told to stop."""

    def __init__(self, serveur: Serveur) -> None:
        super().__init__(daemon=True)
        self.serveur, self.arret, self.coups = serveur, threading.Event(), 0
        self.acquittee = threading.Event()
        self.hasard = random.Random(20261126)

    def run(self) -> None:
        while not self.arret.is_set():
            if not self.acquittee.wait(1):
                continue
            time.sleep(self.hasard.uniform(0, 0.4))
            for pid in self.serveur.ouvriers():
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self.coups += 1
            self.acquittee.clear()


def _insister(tueur: Tueur, session: str, cle: UUID, champs: dict[str, object]) -> int:
    """Every other client sends the same page again, up to four times, as a person does who saw it fail."""
    for _ in range(1 + cle.int % 2 * 4):
        statut = poster(tueur.serveur, session, cle, champs)
        if statut:
            tueur.acquittee.set()
            return statut
        time.sleep(0.2)
    return 0


def parties_manquantes(extraction: Extraction) -> int:
    """Of what one acknowledged demand is made: envelope, parties, deadline, event, journal line, notices to send."""
    dossier = extraction.dossier
    lignes = Entree.objects.filter(cle=dossier.cle, action="demander")
    return sum(
        nombre != attendu
        for nombre, attendu in (
            (dossier.evenements.filter(nom="demander").count(), 1),
            (dossier.echeances.count(), 1),
            (Participation.objects.filter(content_object=dossier).exists(), True),
            (lignes.count(), 1),
            (Envoi.objects.filter(cle_unique__contains=str(dossier.evenements.get(nom="demander").pk)).exists(), True),
        )
    )


@pytest.mark.django_db(transaction=True)
def test_une_demande_acquittee_existe_une_fois_et_entiere_quoi_qu_il_meure(
    distribution: Distribution, tmp_path: Path
) -> None:
    session = distribution.client("usmp").cookies["tdu_session"].value
    distribution.utilisateur("maison_arret")
    champs, cles = demande(distribution), [uuid4() for _ in range(ENVOIS)]
    with serveur_lance(tmp_path, processus=2, fils=2) as serveur:
        serveur.ouvrier()
        tueur = Tueur(serveur)
        tueur.start()
        with ThreadPoolExecutor(4) as clients:
            statuts = list(clients.map(lambda cle: _insister(tueur, session, cle, champs), cles))
        tueur.arret.set()
        tueur.join()
    acquittees = {cle for cle, statut in zip(cles, statuts, strict=True) if statut == 302}
    extractions = Extraction.objects.select_related("dossier")
    ecrites = {extraction.demande_cle: extraction for extraction in extractions}
    perdues = acquittees - ecrites.keys()
    partielles = [cle for cle, extraction in ecrites.items() if parties_manquantes(extraction)]
    consigner(
        "rel-01", envois=ENVOIS, coups=tueur.coups, acquittees=len(acquittees), perdues=len(perdues),
        doublees=Extraction.objects.count() - len(ecrites), partielles=len(partielles),
    )  # fmt: skip
    assert set(statuts) <= {0, 302}
    assert tueur.coups >= ENVOIS // 10
    assert len(acquittees) >= ENVOIS // 4
    assert perdues == set()
    assert partielles == []
    assert Dossier.objects.filter(nature="EXTRACTION").count() == Extraction.objects.count() == len(ecrites)


@pytest.mark.django_db(transaction=True)
def test_vingt_envois_au_meme_instant_n_ouvrent_qu_un_dossier(distribution: Distribution, tmp_path: Path) -> None:
    session = distribution.client("usmp").cookies["tdu_session"].value
    champs = demande(distribution)
    rates, ouvertes = 0, []
    with serveur_lance(tmp_path, processus=2, fils=4) as serveur, ThreadPoolExecutor(ENSEMBLE) as clients:
        serveur.ouvrier()
        for _ in range(ESSAIS):
            cle = uuid4()
            ouvertes.append(cle)
            statuts = list(clients.map(lambda _, cle=cle: poster(serveur, session, cle, champs), range(ENSEMBLE)))
            rates += sum(statut != 302 for statut in statuts)
        autres = {**champs, "consignes": "Tout autre chose."}
        refus = [poster(serveur, session, cle, autres) for cle in ouvertes[:10]]
    consigner(
        "rel-05", essais=ESSAIS, envois=ESSAIS * ENSEMBLE, objets=Extraction.objects.count(), echecs=rates,
        reemplois_refuses=refus.count(409),
    )  # fmt: skip
    assert rates == 0
    assert sorted(Extraction.objects.values_list("demande_cle", flat=True)) == sorted(ouvertes)
    assert refus == [409] * 10
    assert {extraction.consignes for extraction in Extraction.objects.all()} == {"À jeun."}
