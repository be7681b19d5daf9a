"""Frais de justice: a row of their own, which the accounts office reads without the case."""

import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from dossiers.cloison import GROUPES, fermer, ouvrir

# Whoever may read the case, and the accounts office that keeps the row: it never has the case itself.
LECTEURS = (
    "(EXISTS (SELECT FROM dossiers_dossier AS parent WHERE parent.id = dossier_id)"
    " OR EXISTS (SELECT FROM convention_service AS tenant WHERE tenant.id = service_id"
    " AND tenant.groupe_id = ANY (GROUPES)))"
).replace("GROUPES", GROUPES)
TABLES = ("requisitions_memoire", "requisitions_historicalmemoire")


class Migration(migrations.Migration):
    dependencies = [
        ("convention", "0005_programme"),
        ("dossiers", "0012_fichiers_attaches"),
        ("requisitions", "0019_regles_pieces"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalMemoire",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("reference", models.CharField(max_length=20, verbose_name="numéro de la réquisition")),
                ("pseudonyme", models.CharField(db_index=True, max_length=8)),
                ("num_procedure", models.CharField(blank=True, max_length=60, verbose_name="numéro de procédure")),
                ("prescripteur", models.CharField(max_length=200)),
                (
                    "acte",
                    models.CharField(
                        choices=[
                            ("examen", "Examen de garde à vue, avec rapport"),
                            ("prolongation", "Examen de prolongation, ou affaire de stupéfiants"),
                            ("victime", "Examen de victime, certificat"),
                            ("prelevement", "Prise de sang"),
                            ("imagerie", "Imagerie"),
                            ("copie", "Copies et supports"),
                            ("autre", "Autre acte"),
                        ],
                        max_length=15,
                    ),
                ),
                ("acte_du", models.DateTimeField(verbose_name="acte fait le")),
                ("ouvert_le", models.DateTimeField(blank=True, editable=False)),
                (
                    "situation",
                    models.CharField(
                        choices=[
                            ("a_etablir", "À établir"),
                            ("depose", "Déposé"),
                            ("rejete", "Rejeté"),
                            ("paye", "Payé"),
                        ],
                        default="a_etablir",
                        max_length=10,
                    ),
                ),
                ("numero", models.CharField(blank=True, max_length=40, verbose_name="numéro du mémoire")),
                (
                    "montant",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="montant, en euros"
                    ),
                ),
                ("motif", models.CharField(blank=True, max_length=200, verbose_name="motif du rejet")),
                ("suivi_le", models.DateTimeField(blank=True, null=True, verbose_name="dernière étape")),
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
                    "ouvert_par",
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
                (
                    "suivi_par",
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
                "verbose_name": "historical memoire",
                "verbose_name_plural": "historical memoires",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Memoire",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("reference", models.CharField(max_length=20, verbose_name="numéro de la réquisition")),
                ("pseudonyme", models.CharField(max_length=8, unique=True)),
                ("num_procedure", models.CharField(blank=True, max_length=60, verbose_name="numéro de procédure")),
                ("prescripteur", models.CharField(max_length=200)),
                (
                    "acte",
                    models.CharField(
                        choices=[
                            ("examen", "Examen de garde à vue, avec rapport"),
                            ("prolongation", "Examen de prolongation, ou affaire de stupéfiants"),
                            ("victime", "Examen de victime, certificat"),
                            ("prelevement", "Prise de sang"),
                            ("imagerie", "Imagerie"),
                            ("copie", "Copies et supports"),
                            ("autre", "Autre acte"),
                        ],
                        max_length=15,
                    ),
                ),
                ("acte_du", models.DateTimeField(verbose_name="acte fait le")),
                ("ouvert_le", models.DateTimeField(auto_now_add=True)),
                (
                    "situation",
                    models.CharField(
                        choices=[
                            ("a_etablir", "À établir"),
                            ("depose", "Déposé"),
                            ("rejete", "Rejeté"),
                            ("paye", "Payé"),
                        ],
                        default="a_etablir",
                        max_length=10,
                    ),
                ),
                ("numero", models.CharField(blank=True, max_length=40, verbose_name="numéro du mémoire")),
                (
                    "montant",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=8, null=True, verbose_name="montant, en euros"
                    ),
                ),
                ("motif", models.CharField(blank=True, max_length=200, verbose_name="motif du rejet")),
                ("suivi_le", models.DateTimeField(blank=True, null=True, verbose_name="dernière étape")),
                (
                    "dossier",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="memoire", to="dossiers.dossier"
                    ),
                ),
                (
                    "ouvert_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "service",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="convention.service"
                    ),
                ),
                (
                    "suivi_par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["acte_du", "pk"],
                "indexes": [models.Index(fields=["situation", "acte_du"], name="memoire_situation")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("situation", "a_etablir"),
                            models.Q(models.Q(("numero", ""), _negated=True), ("montant__gt", 0)),
                            _connector="OR",
                        ),
                        name="memoire_depose_chiffre",
                        violation_error_message="Un mémoire déposé porte son numéro et son montant.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("situation", "rejete"), _negated=True),
                            models.Q(("motif", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="memoire_rejet_motive",
                        violation_error_message="Un rejet porte son motif.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("suivi_le", None), ("suivi_par", None)),
                            models.Q(("suivi_le__isnull", False), ("suivi_par__isnull", False)),
                            _connector="OR",
                        ),
                        name="memoire_suivi_apparie",
                        violation_error_message="La date et l’auteur de l’étape vont ensemble.",
                    ),
                ],
            },
        ),
        migrations.RunSQL("".join(fermer(table, LECTEURS) for table in TABLES), "".join(map(ouvrir, TABLES))),
    ]
