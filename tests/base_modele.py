"""The migrations applied once a run, to a model of which each worker takes a copy: they cost two minutes of processor."""

import fcntl
import os
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

MODELE = "modele_des_essais"


def preparer(commun: Path, superutilisateur: psycopg.Connection) -> None:
    """Give this process its own test database; `commun` is a folder that every worker of the run shares."""
    with open(commun / MODELE, "a+") as etat:
        fcntl.flock(etat, fcntl.LOCK_EX)
        # Read under the lock: where the file ended when it was opened says nothing of what another wrote since.
        if os.fstat(etat.fileno()).st_size == 0:
            _migrer()
            etat.write("migré")
        reglages = connection.settings_dict
        copier(superutilisateur, connection.creation._get_test_db_name(), proprietaire=reglages["USER"])


def _migrer() -> None:
    reglages = connection.settings_dict
    nom, essai = reglages["NAME"], reglages["TEST"]["NAME"]
    reglages["TEST"]["NAME"] = MODELE
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        reglages["TEST"]["NAME"] = essai
        reglages["NAME"] = settings.DATABASES[connection.alias]["NAME"] = nom


def copier(superutilisateur: psycopg.Connection, nom: str, *, proprietaire: str) -> None:
    """A database of its own with the schema of the model, the former one dropped."""
    noms = {
        "copie": sql.Identifier(nom),
        "modele": sql.Identifier(MODELE),
        "proprietaire": sql.Identifier(proprietaire),
    }
    for ordre in (
        "DROP DATABASE IF EXISTS {copie} WITH (FORCE)",
        "CREATE DATABASE {copie} TEMPLATE {modele} OWNER {proprietaire}",
    ):
        superutilisateur.execute(sql.SQL(ordre).format(**noms))
    # PostgreSQL copies what a database holds, not what was granted on the database itself.
    superutilisateur.execute(
        "UPDATE pg_database SET datacl = (SELECT datacl FROM pg_database WHERE datname = %s) WHERE datname = %s",
        [MODELE, nom],
    )
