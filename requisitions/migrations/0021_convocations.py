"""The summons of the Ordre: a row of the case, with its answer."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from dossiers.cloison import cloisonner


class Migration(migrations.Migration):
    dependencies = [
        ("convention", "0006_prise_de_fonction"),
        ("dossiers", "0013_papier_sans_oracle"),
        ("requisitions", "0020_memoires"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalConvocation",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "operation",
                    models.CharField(
                        choices=[
                            ("saisie", "Saisie"),
                            ("perquisition", "Perquisition"),
                            ("remise", "Remise d’un dossier avec l’accord du médecin"),
                        ],
                        max_length=12,
                        verbose_name="opération",
                    ),
                ),
                ("autorite", models.CharField(max_length=200, verbose_name="autorité")),
                (
                    "lieu",
                    models.CharField(
                        choices=[
                            ("accueil", "Accueil des autorités"),
                            ("direction", "Direction générale"),
                            ("juridique", "Affaires juridiques"),
                            ("archives", "Archives médicales"),
                            ("securite", "Poste de sécurité, entrée de nuit"),
                        ],
                        default="accueil",
                        max_length=10,
                        verbose_name="point de rendez-vous",
                    ),
                ),
                ("prevue_pour", models.DateTimeField(blank=True, null=True, verbose_name="heure prévue")),
                ("convoquee_le", models.DateTimeField()),
                (
                    "reponse",
                    models.CharField(
                        blank=True,
                        choices=[("vient", "Un conseiller vient"), ("empeche", "Aucun conseiller ne peut venir")],
                        max_length=8,
                        verbose_name="réponse de l’Ordre",
                    ),
                ),
                ("conseiller", models.CharField(blank=True, max_length=160, verbose_name="conseiller qui vient")),
                ("motif", models.CharField(blank=True, max_length=200, verbose_name="motif de l’absence")),
                ("repondue_le", models.DateTimeField(blank=True, null=True, verbose_name="répondue")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "convoquee_par",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
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
                    "repondue_par",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="convention.service",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical convocation",
                "verbose_name_plural": "historical convocations",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Convocation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "operation",
                    models.CharField(
                        choices=[
                            ("saisie", "Saisie"),
                            ("perquisition", "Perquisition"),
                            ("remise", "Remise d’un dossier avec l’accord du médecin"),
                        ],
                        max_length=12,
                        verbose_name="opération",
                    ),
                ),
                ("autorite", models.CharField(max_length=200, verbose_name="autorité")),
                (
                    "lieu",
                    models.CharField(
                        choices=[
                            ("accueil", "Accueil des autorités"),
                            ("direction", "Direction générale"),
                            ("juridique", "Affaires juridiques"),
                            ("archives", "Archives médicales"),
                            ("securite", "Poste de sécurité, entrée de nuit"),
                        ],
                        default="accueil",
                        max_length=10,
                        verbose_name="point de rendez-vous",
                    ),
                ),
                ("prevue_pour", models.DateTimeField(blank=True, null=True, verbose_name="heure prévue")),
                ("convoquee_le", models.DateTimeField()),
                (
                    "reponse",
                    models.CharField(
                        blank=True,
                        choices=[("vient", "Un conseiller vient"), ("empeche", "Aucun conseiller ne peut venir")],
                        max_length=8,
                        verbose_name="réponse de l’Ordre",
                    ),
                ),
                ("conseiller", models.CharField(blank=True, max_length=160, verbose_name="conseiller qui vient")),
                ("motif", models.CharField(blank=True, max_length=200, verbose_name="motif de l’absence")),
                ("repondue_le", models.DateTimeField(blank=True, null=True, verbose_name="répondue")),
                (
                    "convoquee_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="convocation", to="dossiers.dossier"
                    ),
                ),
                (
                    "repondue_par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="convention.service"
                    ),
                ),
            ],
            options={
                "ordering": ["-convoquee_le", "-pk"],
                "indexes": [models.Index(fields=["service", "reponse", "-convoquee_le"], name="convocation_liste")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("repondue_le", None), ("repondue_par", None), ("reponse", "")),
                            models.Q(
                                models.Q(("reponse", ""), _negated=True),
                                ("repondue_le__isnull", False),
                                ("repondue_par__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="convocation_reponse_signee",
                        violation_error_message="La réponse de l’Ordre, sa date et son auteur vont ensemble.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reponse", "vient"), models.Q(("conseiller", ""), _negated=True)),
                            models.Q(models.Q(("reponse", "vient"), _negated=True), ("conseiller", "")),
                            _connector="OR",
                        ),
                        name="convocation_conseiller_nomme",
                        violation_error_message="L’Ordre qui vient nomme son conseiller.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("reponse", "empeche"), models.Q(("motif", ""), _negated=True)),
                            models.Q(models.Q(("reponse", "empeche"), _negated=True), ("motif", "")),
                            _connector="OR",
                        ),
                        name="convocation_absence_motivee",
                        violation_error_message="L’Ordre qui ne vient pas dit pourquoi.",
                    ),
                ],
            },
        ),
        cloisonner("requisitions_convocation", "requisitions_historicalconvocation"),
    ]
