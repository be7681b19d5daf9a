"""SEC-73: a real Redis, the real worker; what was pushed there by somebody else is never carried out."""

import base64
import json
import os
import pickle
import subprocess
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from redis import Redis

from config.celery import app
from notifications.boite_envoi import publier
from notifications.models import Avis, Envoi
from tests.distribution import Distribution
from tests.rapport import consigner
from tests.signalements.situation import transmis
from tests.travailleur import attendre


class Piege:
    """Unpickled, it would write the file."""

    def __init__(self, temoin: Path) -> None:
        self.temoin = temoin

    def __reduce__(self) -> Any:
        return os.system, (f"touch {self.temoin}",)


def message(
    corps: bytes, *, genre: str = "application/json", tache: str = "notifications.executer", **entetes: Any
) -> str:
    """A Celery message as one would forge it, in the queue's own format."""
    cle = str(uuid.uuid4())
    return json.dumps(
        {
            "body": base64.b64encode(corps).decode(),
            "content-encoding": "utf-8" if genre.endswith("json") else "binary",
            "content-type": genre,
            "headers": {
                "lang": "py",
                "task": tache,
                "id": cle,
                "root_id": cle,
                "argsrepr": "()",
                "kwargsrepr": "{}",
                **entetes,
            },
            "properties": {
                "correlation_id": cle,
                "delivery_mode": 2,
                "delivery_info": {"exchange": "", "routing_key": "celery"},
                "priority": 0,
                "body_encoding": "base64",
                "delivery_tag": cle,
            },
        }
    )


def corps(*arguments: Any, **nommes: Any) -> bytes:
    return json.dumps([arguments, nommes, {"callbacks": None, "errbacks": None, "chain": None, "chord": None}]).encode()


def forges(temoin: Path, fait: int) -> list[str]:
    """Pickle, YAML, unknown names, ids of others, and what is no message at all."""
    piege = pickle.dumps(((Piege(temoin),), {}, {}))
    yaml_ = f"!!python/object/apply:os.system ['touch {temoin}']".encode()
    inconnues = (
        "os.system",
        "celery.backend_cleanup_x",
        "notifications.tasks.executer_envoi",
        "bilans.effacer",
        "__import__",
    )
    etrangers = (fait, 999_999_999, -1, 0, "1 OR 1=1", "../../etc/passwd", None, [1], {"pk": 1}, 2**70, True, 1.5, "")
    return [
        message(piege, genre="application/x-python-serialize"),
        message(piege, genre="application/x-python-serialize", tache="celery.ping"),
        message(yaml_, genre="application/x-yaml"),
        message(piege, genre="application/data"),
        message(piege, genre="application/x-msgpack"),
        message(b'{"auth": "forge"}', genre="application/data"),
        *(message(corps(str(temoin)), tache=nom) for nom in inconnues),
        *(message(corps(etranger)) for etranger in etrangers),
        message(corps(fait, fait)),
        message(corps(envoi_id=fait, cle="x")),
        message(b"{"),
        message(b"[]"),
        message(corps(fait), eta="2020-01-01T00:00:00+00:00", group="x", timelimit=[1, 1]),
    ]


@pytest.mark.django_db(transaction=True)
def test_le_travailleur_execute_la_boite_d_envoi_et_rien_de_ce_qui_est_forge(
    distribution: Distribution,
    redis_des_essais: Redis,
    travailleur: Callable[[], subprocess.Popen[bytes]],
    tmp_path: Path,
) -> None:
    parquet = distribution.utilisateur("parquet")
    publier("deja.fait", cle_unique="forge:fait", charge={})
    Envoi.objects.update(fait_le="2026-11-22T00:00:00+00:00", relaye_le="2026-11-22T00:00:00+00:00")
    temoin = tmp_path / "execute"
    faux = forges(temoin, Envoi.objects.get().pk)
    for texte in faux:
        redis_des_essais.lpush("celery", texte)
    for brut in (b"\x80\x04rien", b"{", b"null", b"[]"):
        redis_des_essais.lpush("celery-autre", brut)
    transmis(distribution.acteur("soignante"))
    vrais = Envoi.objects.filter(fait_le=None).count()
    assert vrais > 0
    processus = travailleur()
    attendre(lambda: not Envoi.objects.filter(fait_le=None).exists(), processus, tmp_path / "travailleur.log")
    attendre(lambda: redis_des_essais.llen("celery") == 0, processus, tmp_path / "travailleur.log")
    assert processus.poll() is None
    assert not temoin.exists()
    assert Avis.objects.filter(destinataire=parquet).count() == 1
    assert Envoi.objects.get(cle_unique="forge:fait").fait_le.isoformat() == "2026-11-22T00:00:00+00:00"
    consigner("sec-73", forges=len(faux), executes=0, vrais=vrais)


def test_la_file_n_accepte_que_du_json() -> None:
    app.loader.import_default_modules()
    assert list(app.conf.accept_content) == ["json"]
    assert app.conf.task_serializer == "json"
    assert app.conf.result_backend in {None, "disabled://"}
    notres = {nom for nom in app.tasks if not nom.startswith("celery.")}
    assert notres == {"notifications.executer"}
