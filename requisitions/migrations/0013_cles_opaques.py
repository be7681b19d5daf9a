"""A sorting, a title and a restitution have an opaque key, which their sealed columns are bound to (ADR 18)."""

import uuid

from django.db import migrations, models

NOMS = ("tri", "titrejudiciaire", "restitution")


def _ajouter(nom: str) -> str:
    """Drawn by the database for the rows there are."""
    table = f"requisitions_{nom}"
    return (
        f"ALTER TABLE {table} ADD COLUMN cle uuid NOT NULL DEFAULT gen_random_uuid(),"
        f" ADD CONSTRAINT {table}_cle_key UNIQUE (cle);"
        f" ALTER TABLE {table} ALTER COLUMN cle DROP DEFAULT;"
    )


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0012_plis_attaches")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(_ajouter(nom), f"ALTER TABLE requisitions_{nom} DROP COLUMN cle;") for nom in NOMS
            ],
            state_operations=[
                migrations.AddField(nom, "cle", models.UUIDField(default=uuid.uuid4, unique=True, editable=False))
                for nom in NOMS
            ],
        ),
    ]
