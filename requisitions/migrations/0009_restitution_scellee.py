"""A restitution is read by the parties of its case alone and is not deleted by SQL."""

from django.db import migrations

from dossiers.cloison import cloisonner
from dossiers.sceau import sceller


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0008_titres_restitutions")]
    operations = [
        cloisonner("requisitions_restitution", "requisitions_historicalrestitution"),
        sceller("requisitions_restitution", "requisitions_historicalrestitution"),
    ]
