"""The outbox: a committed row runs, once for good; a rolled-back one never; two relays never share a row."""

import threading
from collections.abc import Callable, Mapping
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from celery.exceptions import OperationalError
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from notifications import boite_envoi
from notifications.boite_envoi import ESSAIS, executer, publier, relayer
from notifications.models import Envoi


@pytest.fixture
def faits(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, Any]]:
    """What the subject « essai » carried out."""
    journal: list[Mapping[str, Any]] = []
    monkeypatch.setitem(boite_envoi._traitements, "essai", journal.append)
    return journal


@pytest.fixture
def confies(django_capture_on_commit_callbacks: Callable[..., Any]) -> Callable[[], list[int]]:
    def faire() -> list[int]:
        recus: list[int] = []
        with django_capture_on_commit_callbacks(execute=True):
            relayer(recus.append)
        return recus

    return faire


def test_un_envoi_confirme_part_une_fois(db: None, faits: list[Any], confies: Callable[[], list[int]]) -> None:
    publier("essai", cle_unique="a", charge={"n": 1})
    ids = confies()
    assert len(ids) == 1
    assert confies() == []
    executer(ids[0])
    executer(ids[0])
    assert faits == [{"n": 1}]
    assert Envoi.objects.get().fait_le is not None


def test_un_envoi_annule_ne_part_jamais(db: None, faits: list[Any], confies: Callable[[], list[int]]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publier("essai", cle_unique="a", charge={})
        raise ZeroDivisionError
    assert confies() == []
    assert not Envoi.objects.exists()


def test_la_meme_cle_ne_s_ecrit_qu_une_fois(db: None) -> None:
    for n in (1, 2):
        publier("essai", cle_unique="a", charge={"n": n})
    assert Envoi.objects.get().charge == {"n": 1}


def test_un_envoi_attend_son_heure(db: None, confies: Callable[[], list[int]]) -> None:
    publier("essai", cle_unique="a", charge={}, pas_avant=timezone.now() + timedelta(hours=1))
    assert confies() == []
    Envoi.objects.update(pas_avant=timezone.now() - timedelta(seconds=1))
    assert len(confies()) == 1


def test_un_envoi_perdu_en_route_repart(db: None, faits: list[Any], confies: Callable[[], list[int]]) -> None:
    publier("essai", cle_unique="a", charge={})
    premier = confies()
    Envoi.objects.update(relaye_le=timezone.now() - timedelta(minutes=3))
    assert confies() == premier
    Envoi.objects.update(relaye_le=timezone.now() - timedelta(days=1), tentatives=ESSAIS)
    assert confies() == []


def test_chaque_reprise_attend_deux_fois_plus_que_la_precedente(db: None, confies: Callable[[], list[int]]) -> None:
    """The tries last a night: a mail server that is down until the morning loses nothing."""
    publier("essai", cle_unique="a", charge={})
    attente = timedelta()
    assert len(confies()) == 1
    for rang in range(1, ESSAIS):
        delai = timedelta(minutes=2) * 2 ** (rang - 1)
        Envoi.objects.update(relaye_le=timezone.now() - delai + timedelta(seconds=30))
        assert confies() == [], rang
        Envoi.objects.update(relaye_le=timezone.now() - delai - timedelta(seconds=1))
        assert len(confies()) == 1, rang
        attente += delai
    assert attente > timedelta(hours=12)


def test_un_envoi_epuise_se_dit_une_fois_et_se_reprend_par_la_commande(
    db: None, confies: Callable[[], list[int]], caplog: pytest.LogCaptureFixture
) -> None:
    publier("essai", cle_unique="a", charge={"secret": "rien"})
    Envoi.objects.update(relaye_le=timezone.now() - timedelta(hours=24), tentatives=ESSAIS)
    assert [confies(), confies()] == [[], []]
    assert [trace.levelname for trace in caplog.records] == ["ERROR"]
    assert "rien" not in caplog.text
    sortie = StringIO()
    call_command("reprendre_envois", stdout=sortie)
    assert sortie.getvalue().strip() == "1 envoi remis en attente."
    assert len(confies()) == 1


def test_sans_courrier_le_relais_execute_lui_meme_et_un_echec_n_arrete_pas_les_autres(
    db: None,
    faits: list[Any],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Redis may stay down for a night: notices leave meanwhile, and what fails keeps its tries."""

    def echouer(charge: Mapping[str, Any]) -> None:
        raise ZeroDivisionError

    monkeypatch.setitem(boite_envoi._traitements, "rate", echouer)
    for rang, sujet in enumerate(["essai", "rate", "essai"]):
        publier(sujet, cle_unique=str(rang), charge={"secret": rang})
    pris: list[int] = []

    def confier(envoi: int) -> None:
        if pris:
            raise OperationalError
        pris.append(envoi)

    with django_capture_on_commit_callbacks(execute=True):
        relayer(confier)
    assert faits == [{"secret": 2}], "le premier est au courrier, le deuxième a échoué"
    assert "secret" not in caplog.text
    assert [(trace.levelname, trace.args) for trace in caplog.records] == [
        ("WARNING", ()),
        ("ERROR", ("ZeroDivisionError", pris[0] + 1)),
    ]
    publier("essai", cle_unique="retour", charge={})
    with django_capture_on_commit_callbacks(execute=True):
        relayer(pris.append)
    assert caplog.records[-1].getMessage() == "Redis répond de nouveau."
    rate = Envoi.objects.get(sujet="rate")
    assert (rate.tentatives, rate.fait_le) == (1, None)


def test_un_traitement_qui_echoue_reste_a_faire(
    db: None, monkeypatch: pytest.MonkeyPatch, confies: Callable[[], list[int]]
) -> None:
    def echouer(charge: Mapping[str, Any]) -> None:
        publier("essai", cle_unique="trace", charge={})
        raise ZeroDivisionError

    monkeypatch.setitem(boite_envoi._traitements, "essai", echouer)
    publier("essai", cle_unique="a", charge={})
    (envoi,) = confies()
    with pytest.raises(ZeroDivisionError):
        executer(envoi)
    assert Envoi.objects.get().fait_le is None


@pytest.mark.django_db(transaction=True)
def test_deux_relais_ne_prennent_pas_le_meme_envoi(faits: list[Any]) -> None:
    """The second relay, while the first holds its rows, skips them and takes the others."""
    for rang in range(6):
        publier("essai", cle_unique=str(rang), charge={"n": rang})
    premiers: list[int] = []
    seconds: list[int] = []
    tenu, fini = threading.Event(), threading.Event()

    def premier() -> None:
        try:
            with transaction.atomic():
                relayer(premiers.append, lot=4)
                tenu.set()
                assert fini.wait(10)
        finally:
            connection.close()

    fil = threading.Thread(target=premier)
    fil.start()
    assert tenu.wait(10)
    assert relayer(seconds.append, lot=10) == 2
    fini.set()
    fil.join()
    assert len(premiers) == 4
    assert set(premiers).isdisjoint(seconds)
    assert len({*premiers, *seconds}) == 6


@pytest.mark.django_db(transaction=True)
def test_un_travailleur_tue_avant_la_fin_n_a_rien_fait_et_un_autre_le_fait(faits: list[Any]) -> None:
    publier("essai", cle_unique="a", charge={})
    envoi = Envoi.objects.get().pk
    tenu, fini = threading.Event(), threading.Event()

    def travailler() -> None:
        try:
            with transaction.atomic():
                executer(envoi)
                tenu.set()
                assert fini.wait(10)
                transaction.set_rollback(True)
        finally:
            connection.close()

    fil = threading.Thread(target=travailler)
    fil.start()
    assert tenu.wait(10)
    executer(envoi)  # the row is held: skipped, not waited for
    assert len(faits) == 1
    fini.set()
    fil.join()
    assert Envoi.objects.get().fait_le is None
    executer(envoi)
    assert Envoi.objects.get().fait_le is not None
