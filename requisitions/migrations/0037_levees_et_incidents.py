"""A lifted point and an alert passed over are told apart; a missed deadline enters the register of incidents."""

import django.db.models.deletion
from django.db import migrations, models

from dossiers.cloison import cloisonner
from dossiers.sceau import sceller

NIVEAU = {
    "choices": [("bloquant", "Point bloquant levé"), ("alerte", "Alerte passée outre")],
    "default": "bloquant",
    "max_length": 8,
}


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0014_plumes"),
        ("requisitions", "0036_silence_juge"),
    ]

    operations = [
        migrations.AddField(model_name="derogation", name="niveau", field=models.CharField(**NIVEAU)),
        migrations.AddField(model_name="historicalderogation", name="niveau", field=models.CharField(**NIVEAU)),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("echeance_le", models.DateTimeField(verbose_name="échéance dépassée")),
                ("inscrit_le", models.DateTimeField(auto_now_add=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="incidents", to="dossiers.dossier"
                    ),
                ),
            ],
            options={
                "ordering": ["inscrit_le", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "echeance_le"),
                        name="incident_une_echeance",
                        violation_error_message="Cette échéance est déjà au registre des incidents.",
                    )
                ],
            },
        ),
        cloisonner("requisitions_incident"),
        sceller("requisitions_incident"),
    ]
