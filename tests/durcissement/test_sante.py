"""REL-24: alive and ready are true and mute; a broken dependency shows in the status and nowhere else."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import FileSystemStorage, InMemoryStorage
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings

from accueil import sante
from journal.models import Entree
from tests.rapport import consigner

VIVANT, PRET = sante.VIVANT, sante.PRET


def etats(client: Client | None = None) -> tuple[int, int]:
    """Status of both addresses; each answer is empty and names nothing."""
    visiteur = client or Client(raise_request_exception=False)
    reponses = [visiteur.get(VIVANT), visiteur.get(PRET)]
    for reponse in reponses:
        assert reponse.content == b""
        assert reponse.headers["Cache-Control"] == "no-store"
        assert set(reponse.cookies) == set()
        assert not {"Retry-After", "Server", "X-Erreur"} & set(reponse.headers)
    return reponses[0].status_code, reponses[1].status_code


def base_absente(*args: Any, **options: Any) -> Any:
    raise OperationalError("connection refused on /tmp/prise for app_web")


def test_tout_va_bien(db: None) -> None:
    assert etats() == (204, 204)


def test_aucune_visite_de_sante_ne_laisse_de_trace(db: None) -> None:
    avant = Entree.objects.count()
    assert etats(Client(headers={"host": "10.0.0.3:8000"})) == (204, 204)
    assert Entree.objects.count() == avant


def test_chaque_panne_se_voit_et_ne_se_dit_pas(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    faux = 0

    def constater(nom: str, attendu: tuple[int, int]) -> None:
        nonlocal faux
        obtenu = etats()
        faux += obtenu != attendu
        assert obtenu == attendu, nom

    with monkeypatch.context() as panne:
        panne.setattr(connection, "cursor", base_absente)
        constater("base", (204, 503))
    with monkeypatch.context() as panne:
        panne.setattr(MigrationRecorder, "applied_migrations", lambda self: {})
        constater("schéma en retard", (204, 503))
    with monkeypatch.context() as panne:
        panne.setattr(sante, "default_storage", FileSystemStorage(location=fichier_sans_dossier(tmp_path)))
        constater("coffre", (204, 503))
    with monkeypatch.context() as panne:
        panne.setattr(InMemoryStorage, "exists", base_absente)
        constater("coffre qui ne répond pas", (204, 503))
    with override_settings(
        CELERY_BROKER_URL="redis://127.0.0.1:1/0", REDIS_URL="redis://127.0.0.1:1/0", CLAMD="/nulle/part"
    ):
        constater("Redis et antivirus absents", (204, 204))
    constater("tout est revenu", (204, 204))
    consigner("rel-24", pannes=5, etats_faux=faux, details=0)


def fichier_sans_dossier(tmp_path: Path) -> str:
    """A plain file where the folder of sealed files should be."""
    (tmp_path / "coffre").write_text("")
    return str(tmp_path / "coffre")


def test_la_base_absente_donne_une_page_503_aux_personnes(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as panne:
        panne.setattr(connection, "cursor", base_absente)
        reponse = Client(raise_request_exception=False).get("/aide/")
    assert reponse.status_code == 503
    assert reponse.headers["Retry-After"] == "30"
    page = reponse.content.decode()
    assert "Réessayez dans une minute" in page
    assert "app_web" not in page
