"""A named doctor who declines: a row of the case, closed and sealed."""

import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from dossiers.cloison import cloisonner
from dossiers.sceau import sceller


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0014_plumes"),
        ("requisitions", "0027_refus_propose"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalRecusation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("cle", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "motif",
                    models.CharField(
                        choices=[
                            ("lien", "Je soigne cette personne ou j’ai un intérêt personnel"),
                            ("absence", "Je suis absent ou indisponible"),
                            ("competence", "La demande est hors de ma compétence"),
                        ],
                        max_length=12,
                    ),
                ),
                ("recuse_le", models.DateTimeField(blank=True, editable=False)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recuse_par",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "historical recusation",
                "verbose_name_plural": "historical recusations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Recusation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "motif",
                    models.CharField(
                        choices=[
                            ("lien", "Je soigne cette personne ou j’ai un intérêt personnel"),
                            ("absence", "Je suis absent ou indisponible"),
                            ("competence", "La demande est hors de ma compétence"),
                        ],
                        max_length=12,
                    ),
                ),
                ("recuse_le", models.DateTimeField(auto_now_add=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="recusations", to="dossiers.dossier"
                    ),
                ),
                (
                    "recuse_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["recuse_le", "pk"],
            },
        ),
        cloisonner("requisitions_recusation", "requisitions_historicalrecusation"),
        sceller("requisitions_recusation", "requisitions_historicalrecusation"),
    ]
