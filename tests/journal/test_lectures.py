"""SEC-30: a GET writes the journal and the reader's own read marker, and no page is served without its entry."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from journal.models import Entree
from tests.architecture.adresses import Adresse, adresses, valeurs_d_exemple
from tests.conftest import connexion_superutilisateur
from tests.distribution import Distribution
from tests.rapport import consigner

LECTEURS = ("soignante", "opj", "medecin", "parquet", "usmp", "dpo")
PERMIS = re.compile(
    r"^[\s(]*(?:SELECT|SAVEPOINT|RELEASE SAVEPOINT|ROLLBACK TO SAVEPOINT|WITH \w+ AS MATERIALIZED \(SELECT|DECLARE|CLOSE)",
    re.I,
)
# The session is the browser's, not the case's; the read marker is the reader's own; the brake counts unknown codes.
TOLERES = re.compile(
    r'^\s*(?:(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(?:django_session|usersessions_usersession|accounts_frein)"'
    r'|UPDATE\s+"dossiers_participation(?:personnelle)?"\s+SET\s+"non_lu"\s+=)',
    re.I,
)
# Leaving, masking and the locked screen change the session of the visits that follow.
SORTIES = {"accounts:deconnexion", "accounts:masquer", "accounts:verrouille"}
# A burst of refusals alerts data protection by the outbox: the product's own act, on no case.
ALERTE = "dossier.alerte"
HORS = ("journal_%", "django_session", "usersessions_usersession", "notifications_envoi", "accounts_frein")


class EcritureRefusee(AssertionError):
    """A GET tried to write something else."""


@contextmanager
def lecture_seule() -> Iterator[list[str]]:
    refusees: list[str] = []

    def garder(executer: Any, sql: str, parametres: Any, plusieurs: bool, contexte: Any) -> Any:
        alerte = "notifications_envoi" in sql and ALERTE in str(parametres)
        if not (PERMIS.match(sql) or TOLERES.match(sql) or alerte):
            refusees.append(sql)
            raise EcritureRefusee(sql[:200])
        return executer(sql, parametres, plusieurs, contexte)

    with connection.execute_wrapper(garder):
        yield refusees


def empreintes_des_tables() -> dict[str, str]:
    """A hash of each table of data, without the read markers."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE %s AND tablename NOT IN (%s, %s, %s, %s)",
            HORS,
        )
        tables = sorted(nom for (nom,) in curseur.fetchall())
        resultat = {}
        for table in tables:
            curseur.execute(
                f"SELECT md5(coalesce(string_agg(h, '' ORDER BY h), '')) FROM"
                f" (SELECT md5((to_jsonb(t) - 'non_lu')::text) AS h FROM \"{table}\" AS t) AS lignes"
            )
            resultat[table] = curseur.fetchone()[0]
    return resultat


@contextmanager
def journal_en_panne() -> Iterator[None]:
    with connexion_superutilisateur() as maitre:
        maitre.execute("REVOKE EXECUTE ON FUNCTION journal_ajouter(text, text[]) FROM app_web")
        try:
            yield
        finally:
            maitre.execute("GRANT EXECUTE ON FUNCTION journal_ajouter(text, text[]) TO app_web")


def test_aucune_lecture_n_ecrit_et_aucune_page_ne_se_montre_sans_trace(distribution: Distribution) -> None:
    valeurs = valeurs_d_exemple(distribution)
    visitees = [adresse for adresse in adresses() if adresse.nom not in SORTIES]
    clients = {nom: distribution.client(nom) for nom in LECTEURS}
    for client in clients.values():
        client.raise_request_exception = False
        assert client.get("/compte/").status_code == 200

    def visites() -> Iterator[tuple[str, Adresse, Any]]:
        for nom, client in clients.items():
            for adresse in visitees:
                chemin = adresse.visite(valeurs.get(adresse.nom.split(":")[0], {}))
                yield nom, adresse, client.get(chemin)

    avant = empreintes_des_tables()
    servies, muettes, pannes = set(), [], []
    with lecture_seule() as ecritures:
        for nom, adresse, reponse in visites():
            if reponse.status_code == 500:
                pannes.append((nom, adresse.nom))
            if reponse.status_code == 200:
                servies.add((nom, adresse.nom))
    assert ecritures == []
    assert pannes == []
    apres = empreintes_des_tables()
    assert [table for table in avant if avant[table] != apres[table]] == []
    nombre = Entree.objects.count()
    with journal_en_panne():
        for nom, adresse, reponse in visites():
            if (nom, adresse.nom) in servies and reponse.status_code != 503:
                muettes.append((nom, adresse.nom, reponse.status_code))
            assert reponse.status_code != 500, (nom, adresse.nom)
    assert Entree.objects.count() == nombre
    assert muettes == []
    assert len(servies) >= 120
    consigner(
        "sec-30",
        lectures=len(LECTEURS) * len(visitees),
        ecritures=len(ecritures),
        servies_sans_trace=len(muettes),
        pages=len(servies),
    )
