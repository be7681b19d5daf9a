"""Row-level security on the letter, its complements and its outcomes."""

from django.db import migrations

from dossiers.cloison import cloisonner


class Migration(migrations.Migration):
    dependencies = [("signalements", "0001_initial"), ("dossiers", "0003_cloison")]
    operations = [
        cloisonner(
            "signalements_signalement",
            "signalements_historicalsignalement",
            "signalements_complement",
            "signalements_suite",
            "signalements_historicalsuite",
        )
    ]
