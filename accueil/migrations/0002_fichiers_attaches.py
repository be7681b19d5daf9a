"""Crisis packs and long exports kept so far belong to the row that names them (ADR 18)."""

from django.db import migrations

ATTACHER = """
UPDATE documents_fichier AS f SET attache = p.cle FROM accueil_packsecours AS p WHERE p.fichier_id = f.id;
UPDATE documents_fichier AS f SET attache = e.cle FROM journal_export AS e WHERE e.fichier = f.cle;
"""


class Migration(migrations.Migration):
    dependencies = [("accueil", "0001_pdf"), ("documents", "0006_attache"), ("journal", "0003_ancres")]

    operations = [migrations.RunSQL(ATTACHER, migrations.RunSQL.noop)]
