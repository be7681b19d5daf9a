"""A doctor’s agreement has an opaque key, which its sealed comment is bound to (ADR 18)."""

import uuid

from django.db import migrations, models

AJOUTER = """
ALTER TABLE requisitions_accordmedecin ADD COLUMN cle uuid NOT NULL DEFAULT gen_random_uuid(), ADD CONSTRAINT requisitions_accordmedecin_cle_key UNIQUE (cle);
ALTER TABLE requisitions_accordmedecin ALTER COLUMN cle DROP DEFAULT;
"""


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0010_consigne_du_tri")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(AJOUTER, "ALTER TABLE requisitions_accordmedecin DROP COLUMN cle;")],
            state_operations=[
                migrations.AddField(
                    "accordmedecin", "cle", models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
                )
            ],
        ),
    ]
