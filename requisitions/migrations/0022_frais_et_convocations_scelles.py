"""Court fees and summonses of a numbered case are not deleted by SQL (`dossiers/sceau.py`)."""

from django.db import migrations

from dossiers.sceau import sceller

TABLES = ("memoire", "convocation")


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0021_convocations"), ("dossiers", "0006_securite")]
    operations = [sceller(*(f"requisitions_{prefixe}{table}" for table in TABLES for prefixe in ("", "historical")))]
