"""Whom a transaction reads for. PostgreSQL's row-level security answers to these settings and to nothing else.

Three settings of the transaction (SET LOCAL, so that a pooled connection forgets them): `tdu.utilisateur` and
`tdu.groupes` name a reader; `tdu.portee` is `systeme` while the product itself acts. Unset, no case exists.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext

from django.db import connection, transaction
from psycopg.pq import TransactionStatus

SYSTEME = "systeme"


def lire_pour(utilisateur_id: int | None, groupes: Iterable[int]) -> None:
    """From here to the end of the transaction, rows are those of this reader; None reads no case."""
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT set_config('tdu.utilisateur', %s, true), set_config('tdu.groupes', %s, true), "
            "set_config('tdu.portee', 'lecteur', true)",
            ["" if utilisateur_id is None else str(utilisateur_id), ",".join(map(str, groupes))],
        )


@contextmanager
def portee_systeme(raison: str) -> Iterator[None]:
    """Every row, for as long as the block lasts: the worker, or a count that names nobody.

    `raison` is a sentence; each use is listed with it by `tests/droits`. The reader comes back after an exception
    too; after an error of PostgreSQL, the rollback that must follow gives them back.
    """
    with nullcontext() if connection.in_atomic_block else transaction.atomic():
        with connection.cursor() as curseur:
            curseur.execute(
                "WITH avant AS MATERIALIZED (SELECT current_setting('tdu.portee', true) AS portee) "
                "SELECT portee, set_config('tdu.portee', %s, true) FROM avant",
                [SYSTEME],
            )
            avant = curseur.fetchone()[0]
        try:
            yield
        finally:
            if connection.connection.info.transaction_status == TransactionStatus.INTRANS:
                with connection.cursor() as curseur:
                    curseur.execute("SELECT set_config('tdu.portee', %s, true)", [avant or ""])
