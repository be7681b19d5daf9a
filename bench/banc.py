"""A throwaway cluster and a migrated database, for as long as a measure lasts."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager


def lancer(module: str, arguments: list[str], mesurer: Callable[[list[int]], int]) -> int:
    """Run `mesurer` in there, started again inside a cluster when the shell names another database."""
    if "DATABASE_URL_SUPERUTILISATEUR" not in os.environ:
        from lanceur import essais

        for nom in ("DATABASE_URL", "DATABASE_URL_PROPRIETAIRE"):
            os.environ.pop(nom, None)
        return essais.main(["-m", module, *arguments])
    import django

    django.setup()
    from django.db import connection

    ancien = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        return mesurer([int(argument) for argument in arguments])
    finally:
        connection.creation.destroy_test_db(ancien, verbosity=0)


@contextmanager
def role_de_la_production() -> Iterator[None]:
    """What fills the base is its owner; what is timed is what the web runs as, row-level security included."""
    import environ
    from django.db import connection

    reglages = connection.settings_dict
    avant = {nom: reglages[nom] for nom in ("USER", "PASSWORD", "CONN_MAX_AGE")}
    web = environ.Env.db_url_config(os.environ["DATABASE_URL"])
    connection.close()
    reglages.update(USER=web["USER"], PASSWORD=web["PASSWORD"], CONN_MAX_AGE=600)
    try:
        yield
    finally:
        connection.close()
        reglages.update(avant)
