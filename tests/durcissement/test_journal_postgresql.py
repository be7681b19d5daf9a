"""SEC-67: PostgreSQL's own log holds no value, even when every statement is kept and statements fail."""

import os
from pathlib import Path

import environ
import psycopg
import pytest
from django.db import connection, transaction

from tests.distribution import Distribution
from tests.durcissement.monde import Monde
from tests.durcissement.test_journaux import NOM, fuites, visites
from tests.rapport import consigner
from tests.requisitions.conftest import octets_pdf


def superutilisateur() -> psycopg.Connection:
    base = environ.Env.db_url_config(os.environ["DATABASE_URL_SUPERUTILISATEUR"])
    hote = base["HOST"] or base["OPTIONS"]["host"]
    return psycopg.connect(
        host=hote,
        port=base["PORT"] or None,
        user=base["USER"],
        password=base["PASSWORD"],
        dbname=connection.settings_dict["NAME"],
        autocommit=True,
    )


def fichier_du_journal() -> Path:
    """Beside the data of the cluster that the launcher runs."""
    with superutilisateur() as connexion:
        ligne = connexion.execute("SHOW data_directory").fetchone()
    assert ligne is not None
    return Path(ligne[0]).parent / "journal.log"


@pytest.mark.django_db(transaction=True)
def test_le_journal_de_postgresql_ne_contient_aucune_valeur(
    distribution: Distribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even when an operator asks for every statement, and when statements fail on a person's row."""
    nom_base = connection.settings_dict["NAME"]
    with superutilisateur() as connexion:
        connexion.execute(f'ALTER DATABASE "{nom_base}" SET log_min_duration_statement = 0')
    connection.close()
    fichier = fichier_du_journal()
    debut = fichier.stat().st_size
    monkeypatch.setattr("documents.render.rendre_pdf", lambda gabarit, contexte, **_: octets_pdf(gabarit))
    try:
        monde = Monde(distribution)
        visites(monde, sur=8)
        for requete, valeurs in (
            ("SELECT %s::date", [NOM]),
            ("INSERT INTO dossiers_personne (nom) VALUES (%s)", [NOM]),
            ("SELECT * FROM inexistante WHERE nom = %s", [NOM]),
        ):
            with pytest.raises(Exception, match=r".+"), transaction.atomic(), connection.cursor() as curseur:
                curseur.execute(requete, valeurs)
    finally:
        with superutilisateur() as connexion:
            connexion.execute(f'ALTER DATABASE "{nom_base}" RESET log_min_duration_statement')
        connection.close()
    with fichier.open("rb") as flux:
        flux.seek(debut)
        ecrit = flux.read().decode(errors="replace")
    lignes = ecrit.splitlines()
    assert "dossiers_personne" in ecrit
    assert sum("duration:" in ligne for ligne in lignes) >= 1000
    assert [ligne[:200] for ligne in lignes if fuites(ligne)] == []
    consigner("sec-67", lignes=len(lignes), canaris=0)
