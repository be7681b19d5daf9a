"""Files of the pieces kept so far belong to their case; `tourner_cles` then wraps their keys for it (ADR 18)."""

from django.db import migrations

ATTACHER = """
UPDATE documents_fichier AS f SET attache = d.cle
FROM dossiers_piece AS p JOIN dossiers_dossier AS d ON d.id = p.dossier_id WHERE p.fichier_id = f.id;
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0011_cle_message"), ("documents", "0006_attache")]

    operations = [migrations.RunSQL(ATTACHER, migrations.RunSQL.noop)]
