"""A sent letter is not deleted by SQL (`dossiers/sceau.py`)."""

from django.db import migrations

from dossiers.sceau import figer, sceller


class Migration(migrations.Migration):
    dependencies = [("prises_en_charge", "0002_cloison"), ("dossiers", "0006_securite")]
    operations = [
        sceller("prises_en_charge_extraction", "prises_en_charge_historicalextraction"),
        figer("prises_en_charge_extraction"),
    ]
