"""A file says what it is bound to (ADR 18); documents of before are bound to themselves, then the case floors claim theirs."""

from django.db import migrations, models

DOCUMENTS = """
UPDATE documents_fichier AS f SET attache = d.cle FROM documents_document AS d WHERE d.fichier_id = f.id;
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_envoi")]

    operations = [
        migrations.AddField("fichier", "attache", models.UUIDField(null=True, editable=False)),
        migrations.RunSQL(DOCUMENTS, migrations.RunSQL.noop),
    ]
