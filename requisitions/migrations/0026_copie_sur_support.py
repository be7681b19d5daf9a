"""What is handed over on a key has its own words and hash, apart from where the hospital keeps the frozen copy."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0025_ouverture")]

    operations = [
        operation
        for modele in ("requisition", "historicalrequisition")
        for operation in (
            migrations.AddField(
                model_name=modele,
                name="copie_support",
                field=models.CharField(
                    blank=True, default="", max_length=160, verbose_name="support remis au requérant"
                ),
                preserve_default=False,
            ),
            migrations.AddField(
                model_name=modele,
                name="copie_empreinte",
                field=models.CharField(blank=True, default="", max_length=64, verbose_name="empreinte de ce support"),
                preserve_default=False,
            ),
        )
    ]
