"""A requisition and what its instruction wrote are not deleted by SQL (`dossiers/sceau.py`)."""

from django.db import migrations

from dossiers.sceau import figer, sceller

TABLES = ("requisition", "controlemention", "derogation", "regularisation", "accordmedecin", "gel", "remise")


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0003_cloison"), ("dossiers", "0006_securite")]
    operations = [
        figer("requisitions_requisition"),
        sceller(*(f"requisitions_{prefixe}{table}" for table in TABLES for prefixe in ("", "historical"))),
    ]
