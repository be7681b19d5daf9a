"""A notice survives the death of whoever carries it (REL-02), and Redis is only a courier (REL-03, REL-04)."""

import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import F
from redis import Redis

from notifications import boite_envoi
from notifications.avis import prevenir
from notifications.boite_envoi import executer, publier, relayer
from notifications.models import Avis, Envoi
from prises_en_charge.models import Extraction
from tests.distribution import Distribution
from tests.fiabilite.ampleur import nombre
from tests.fiabilite.poster import ADRESSE, demande, poster
from tests.rapport import consigner
from tests.serveur import serveur_lance
from tests.travailleur import attendre

AVIS, COUPS = nombre(2000, 200), nombre(50, 15)
VIDAGES = 20
REDIS_ABSENT = "redis://127.0.0.1:1/0"


@dataclass(frozen=True)
class Personne:
    """What a notice needs of a person."""

    pk: int
    courriel: str = "parquet@demo.test"


def _le_temps_passe() -> None:
    """The longest wait and more: what was handed over and never done is handed over again."""
    Envoi.objects.filter(fait_le=None, relaye_le__isnull=False).update(relaye_le=F("relaye_le") - timedelta(days=1))


def _travailler_jusqu_a_la_mort() -> int:
    """A child that relays and carries out, on its own connection; returns its process id."""
    enfant = os.fork()
    if enfant:
        return enfant
    heritee, connection.connection = connection.connection, None
    try:
        while True:
            relayer(executer, lot=5)
            time.sleep(0.001)
    finally:
        assert heritee is None or heritee
        os._exit(1)


def _faits() -> int:
    return Envoi.objects.exclude(fait_le=None).count()


@pytest.mark.django_db(transaction=True)
def test_un_avis_survit_a_la_mort_de_qui_le_porte(
    distribution: Distribution, monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    destinataire = distribution.acteur("parquet")

    def traiter(charge: Mapping[str, Any]) -> None:
        cle = f"essai:{charge['n']}"
        prevenir([Personne(destinataire.utilisateur_id)], cle_unique=cle, texte="Un essai.", adresse="/", reference="")

    monkeypatch.setitem(boite_envoi._traitements, "essai", traiter)
    for rang in range(AVIS):
        publier("essai", cle_unique=f"essai:{rang}", charge={"n": rang})
    hasard = random.Random(20261126)
    for _ in range(COUPS):
        avant, enfant = _faits(), _travailler_jusqu_a_la_mort()
        limite = time.monotonic() + 60
        while _faits() == avant and time.monotonic() < limite:
            time.sleep(0.002)
        time.sleep(hasard.uniform(0, 0.03))
        os.kill(enfant, signal.SIGKILL)
        os.waitpid(enfant, 0)
        _le_temps_passe()
    while relayer(executer):
        pass
    morceaux = [bloc for chemin in tmp_path.iterdir() for bloc in chemin.read_bytes().split(b"-" * 79)]
    cles = [message_from_bytes(bloc.lstrip())["Message-ID"] for bloc in morceaux if b"Message-ID" in bloc]
    consigner(
        "rel-02", avis=AVIS, coups=COUPS, perdus=AVIS - len(set(cles)), avis_doubles=Avis.objects.count() - AVIS,
        courriels_doubles=len(cles) - len(set(cles)),
    )  # fmt: skip
    assert Envoi.objects.filter(fait_le=None).count() == 0
    assert Avis.objects.filter(destinataire_id=destinataire.utilisateur_id).count() == AVIS
    assert len(set(cles)) == AVIS
    assert len(cles) - AVIS <= COUPS


@pytest.mark.django_db(transaction=True)
def test_sans_redis_rien_n_echoue_et_vide_rien_ne_se_perd(
    distribution: Distribution,
    redis_des_essais: Redis,
    travailleur: Callable[[], subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    distribution.utilisateur("maison_arret")
    session = distribution.client("usmp").cookies["tdu_session"].value
    champs = demande(distribution)
    with monkeypatch.context() as panne:
        panne.setenv("REDIS_URL", REDIS_ABSENT)
        with serveur_lance(tmp_path) as serveur:
            serveur.ouvrier()
            statuts = [poster(serveur, session, uuid4(), champs) for _ in range(VIDAGES)]
    assert statuts == [302] * VIDAGES
    a_faire = Envoi.objects.filter(fait_le=None).count()
    assert a_faire >= VIDAGES
    processus, vides = travailleur(), 0

    def fini() -> bool:
        nonlocal vides
        redis_des_essais.flushall()
        vides += 1
        _le_temps_passe()
        return vides > VIDAGES and not Envoi.objects.filter(fait_le=None).exists()

    # A row is tried ten times at most: each flush costs one, so they are given back.
    attendre(lambda: Envoi.objects.update(tentatives=0) >= 0 and fini(), processus, tmp_path / "travailleur.log")
    consigner(
        "rel-03-04", envois=VIDAGES, echecs=sum(statut != 302 for statut in statuts), vidages=min(vides, 999),
        a_faire=a_faire, perdus=Envoi.objects.filter(fait_le=None).count(),
    )  # fmt: skip
    assert Avis.objects.count() >= Extraction.objects.count() == VIDAGES


@pytest.mark.django_db(transaction=True)
def test_sans_redis_les_avis_partent_quand_meme(
    distribution: Distribution, travailleur: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    """The worker carries out itself what no courier takes."""
    greffe = distribution.acteur("maison_arret")
    for _ in range(3):
        envoi = distribution.client("usmp").post(ADRESSE, {"demande_cle": uuid4(), **demande(distribution)})
        assert envoi.status_code == 302
    processus = travailleur(REDIS_ABSENT)
    attendre(lambda: not Envoi.objects.filter(fait_le=None).exists(), processus, tmp_path / "travailleur.log")
    assert Avis.objects.filter(destinataire_id=greffe.utilisateur_id).count() >= 3
