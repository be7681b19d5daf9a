"""A message has an opaque key, which its sealed text is bound to (ADR 18); drawn by the database, frozen rows included."""

import uuid

from django.db import migrations, models

AJOUTER = """
ALTER TABLE dossiers_message ADD COLUMN cle uuid NOT NULL DEFAULT gen_random_uuid(), ADD CONSTRAINT dossiers_message_cle_key UNIQUE (cle);
ALTER TABLE dossiers_message ALTER COLUMN cle DROP DEFAULT;
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0010_noms")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(AJOUTER, "ALTER TABLE dossiers_message DROP COLUMN cle;")],
            state_operations=[
                migrations.AddField("message", "cle", models.UUIDField(default=uuid.uuid4, unique=True, editable=False))
            ],
        ),
    ]
