"""The rows of a declaration are closed and sealed like its letter; its victims freeze with the envelope."""

from django.db import migrations

from dossiers.cloison import cloisonner
from dossiers.sceau import figer, sceller

TABLES = ("signalements_victime", "signalements_mesure", "signalements_historicalmesure")


class Migration(migrations.Migration):
    dependencies = [("signalements", "0010_suivi_des_declarations")]
    operations = [cloisonner(*TABLES), sceller(*TABLES), figer("signalements_victime", envoyees=True)]
