"""Bundles kept so far belong to their case (ADR 18)."""

from django.db import migrations

ATTACHER = """
UPDATE documents_fichier AS f SET attache = d.cle
FROM requisitions_remise AS r JOIN dossiers_dossier AS d ON d.id = r.dossier_id WHERE r.fichier_id = f.id;
"""


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0011_cle_accord"), ("dossiers", "0012_fichiers_attaches")]

    operations = [migrations.RunSQL(ATTACHER, migrations.RunSQL.noop)]
