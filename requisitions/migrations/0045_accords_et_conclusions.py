"""What the patient says of the copy of their record; conclusions given by word of mouth: closed and sealed."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from dossiers.cloison import cloisonner
from dossiers.sceau import sceller

TABLES = (
    "requisitions_accordpatient",
    "requisitions_historicalaccordpatient",
    "requisitions_conclusionorale",
    "requisitions_historicalconclusionorale",
)


class Migration(migrations.Migration):
    dependencies = [
        ("dossiers", "0015_role_averti"),
        ("requisitions", "0044_passages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalAccordPatient",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "valeur",
                    models.CharField(
                        choices=[
                            ("ecrit", "Accord donné par écrit"),
                            ("oral", "Accord oral, tracé"),
                            ("refus", "Refuse la remise"),
                            ("non_recueilli", "Non recueilli"),
                        ],
                        max_length=14,
                        verbose_name="la personne",
                    ),
                ),
                ("recueilli_le", models.DateField(blank=True, null=True, verbose_name="dit le")),
                ("note_le", models.DateTimeField(blank=True, editable=False)),
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
                    "note_par",
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
                "verbose_name": "historical accord patient",
                "verbose_name_plural": "historical accord patients",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalConclusionOrale",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("donnee_le", models.DateTimeField(verbose_name="données oralement le")),
                ("officier", models.CharField(max_length=160, verbose_name="nom et qualité de qui les a reçues")),
                ("numero", models.CharField(max_length=20, verbose_name="numéro de l’annuaire composé")),
                ("note_le", models.DateTimeField(blank=True, editable=False)),
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
                    "note_par",
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
                "verbose_name": "historical conclusion orale",
                "verbose_name_plural": "historical conclusion orales",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="AccordPatient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "valeur",
                    models.CharField(
                        choices=[
                            ("ecrit", "Accord donné par écrit"),
                            ("oral", "Accord oral, tracé"),
                            ("refus", "Refuse la remise"),
                            ("non_recueilli", "Non recueilli"),
                        ],
                        max_length=14,
                        verbose_name="la personne",
                    ),
                ),
                ("recueilli_le", models.DateField(blank=True, null=True, verbose_name="dit le")),
                ("note_le", models.DateTimeField(auto_now=True)),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="accord_patient",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "note_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("recueilli_le", None), ("valeur", "non_recueilli")),
                            models.Q(
                                models.Q(("valeur", "non_recueilli"), _negated=True), ("recueilli_le__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="accord_patient_date",
                        violation_error_message="Ce que la personne a dit porte sa date, et rien n’est daté sans sa parole.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ConclusionOrale",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("donnee_le", models.DateTimeField(verbose_name="données oralement le")),
                ("officier", models.CharField(max_length=160, verbose_name="nom et qualité de qui les a reçues")),
                ("numero", models.CharField(max_length=20, verbose_name="numéro de l’annuaire composé")),
                ("note_le", models.DateTimeField(auto_now_add=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="conclusions_orales",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "note_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["donnee_le", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("dossier", "donnee_le", "officier"),
                        name="conclusion_orale_une_fois",
                        violation_error_message="Ces conclusions sont déjà notées.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("officier", ""), _negated=True), models.Q(("numero", ""), _negated=True)
                        ),
                        name="conclusion_orale_adressee",
                        violation_error_message="Des conclusions orales disent à qui, et à quel numéro de l’annuaire.",
                    ),
                ],
            },
        ),
        cloisonner(*TABLES),
        sceller(*TABLES),
    ]
