"""What an executing person recorded is read by the parties alone and is not deleted by SQL."""

from django.db import migrations

from dossiers.cloison import cloisonner
from dossiers.sceau import sceller


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0005_table_instructions_volet")]
    operations = [
        cloisonner("requisitions_volet", "requisitions_historicalvolet"),
        sceller("requisitions_volet", "requisitions_historicalvolet"),
    ]
