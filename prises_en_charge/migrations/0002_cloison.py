"""Row-level security on the letter of an extraction."""

from django.db import migrations

from dossiers.cloison import cloisonner


class Migration(migrations.Migration):
    dependencies = [("prises_en_charge", "0001_initial"), ("dossiers", "0003_cloison")]
    operations = [cloisonner("prises_en_charge_extraction", "prises_en_charge_historicalextraction")]
