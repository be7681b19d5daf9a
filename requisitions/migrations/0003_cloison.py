"""Row-level security on the letter and on what its instruction writes."""

from django.db import migrations

from dossiers.cloison import cloisonner


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0002_noms_des_dates"), ("dossiers", "0003_cloison")]
    operations = [
        cloisonner(
            "requisitions_requisition",
            "requisitions_historicalrequisition",
            "requisitions_controlemention",
            "requisitions_historicalcontrolemention",
            "requisitions_derogation",
            "requisitions_historicalderogation",
            "requisitions_regularisation",
            "requisitions_historicalregularisation",
            "requisitions_accordmedecin",
            "requisitions_historicalaccordmedecin",
            "requisitions_gel",
            "requisitions_historicalgel",
            "requisitions_remise",
            "requisitions_historicalremise",
        ),
        cloisonner("requisitions_tri", "requisitions_historicaltri", par="piece_id", parent="dossiers_piece"),
    ]
