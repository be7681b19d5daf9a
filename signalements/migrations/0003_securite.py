"""A sent letter, its complements and its outcomes are not deleted by SQL (`dossiers/sceau.py`)."""

from django.db import migrations

from dossiers.sceau import figer, sceller


class Migration(migrations.Migration):
    dependencies = [("signalements", "0002_cloison"), ("dossiers", "0006_securite")]
    operations = [
        sceller(
            "signalements_signalement",
            "signalements_historicalsignalement",
            "signalements_complement",
            "signalements_suite",
            "signalements_historicalsuite",
        ),
        figer("signalements_signalement", "signalements_complement"),
    ]
