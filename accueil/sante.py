"""Two addresses for the machines: is this process alive, and may it be sent requests? A status and nothing else.

Redis and the antivirus do not count: without them pages are served, jobs wait in the outbox and files are refused.
"""

import os
from collections.abc import Callable
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse

VIVANT, PRET = "/etat/vivant/", "/etat/pret/"
CHEMINS = {VIVANT, PRET}


class Sante:
    """Answers before the session and the transaction: a check costs no account, no journal entry, no host name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self._schema_a_jour = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path not in CHEMINS or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        return HttpResponse(status=204 if request.path == VIVANT or self._pret() else 503)

    def _pret(self) -> bool:
        try:
            with connection.cursor() as curseur:
                curseur.execute("SELECT 1")
            self._schema_a_jour = self._schema_a_jour or schema_a_jour()
            return self._schema_a_jour and coffre_ouvert()
        except Exception:  # whatever breaks, the answer is no, and says nothing else
            return False


def schema_a_jour() -> bool:
    """No migration waits; asked until it is true, since a running code knows its migrations once and for all."""
    executeur = MigrationExecutor(connection)
    return not executeur.migration_plan(executeur.loader.graph.leaf_nodes())


def coffre_ouvert() -> bool:
    """The store of sealed files answers; a local folder, which is made by the first file, must be writable."""
    default_storage.exists("sante")
    try:
        dossier = Path(default_storage.path(""))
    except NotImplementedError:
        return True
    existant = next(chemin for chemin in (dossier, *dossier.parents) if chemin.exists())
    return existant.is_dir() and os.access(existant, os.W_OK | os.X_OK)
