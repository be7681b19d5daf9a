"""The number of a paper, which anybody can compute, no longer says that a case of somebody else carries it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0012_fichiers_attaches")]
    operations = [
        migrations.AlterField(
            model_name="reprisepapier",
            name="numero",
            field=models.CharField(db_index=True, max_length=50, verbose_name="numéro imprimé"),
        )
    ]
