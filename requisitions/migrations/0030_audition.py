"""The sessions of a hearing, the certificates that follow the first, and the slot a deposit asks."""

import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import documents.chiffrement
from dossiers.cloison import cloisonner
from dossiers.sceau import sceller


class Migration(migrations.Migration):
    dependencies = [
        ("convention", "0007_fin_d_un_numero"),
        ("dossiers", "0014_plumes"),
        ("fiches", "0010_avis_avant_et_fil"),
        ("requisitions", "0029_grade_controleur"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AvisAptitude",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "valeur",
                    models.CharField(
                        choices=[
                            ("apte", "Apte à être entendue"),
                            ("conditions", "Apte sous conditions"),
                            ("inapte", "Inapte\xa0: l’audition est reportée"),
                        ],
                        max_length=12,
                        verbose_name="avis du médecin",
                    ),
                ),
                ("donne_le", models.DateTimeField(verbose_name="donné")),
                ("conditions", documents.chiffrement.ChampChiffre(blank=True, editable=True)),
                ("valable_jusqu_a", models.DateTimeField(blank=True, null=True)),
                ("reevaluer_avant", models.DateTimeField(blank=True, null=True, verbose_name="à réévaluer avant")),
                (
                    "accord",
                    models.CharField(
                        choices=[
                            ("ecrit", "Accord écrit"),
                            ("oral", "Accord oral, tracé"),
                            ("refus", "Refuse d’être entendue"),
                            ("sans_objet", "Accord non requis dans ce cadre"),
                        ],
                        max_length=12,
                        verbose_name="la personne",
                    ),
                ),
                ("remis_le", models.DateTimeField(blank=True, null=True, verbose_name="remis")),
            ],
            options={
                "ordering": ["donne_le", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalAvisAptitude",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                (
                    "valeur",
                    models.CharField(
                        choices=[
                            ("apte", "Apte à être entendue"),
                            ("conditions", "Apte sous conditions"),
                            ("inapte", "Inapte\xa0: l’audition est reportée"),
                        ],
                        max_length=12,
                        verbose_name="avis du médecin",
                    ),
                ),
                ("donne_le", models.DateTimeField(verbose_name="donné")),
                ("conditions", documents.chiffrement.ChampChiffre(blank=True, editable=True)),
                ("valable_jusqu_a", models.DateTimeField(blank=True, null=True)),
                ("reevaluer_avant", models.DateTimeField(blank=True, null=True, verbose_name="à réévaluer avant")),
                (
                    "accord",
                    models.CharField(
                        choices=[
                            ("ecrit", "Accord écrit"),
                            ("oral", "Accord oral, tracé"),
                            ("refus", "Refuse d’être entendue"),
                            ("sans_objet", "Accord non requis dans ce cadre"),
                        ],
                        max_length=12,
                        verbose_name="la personne",
                    ),
                ),
                ("remis_le", models.DateTimeField(blank=True, null=True, verbose_name="remis")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical avis aptitude",
                "verbose_name_plural": "historical avis aptitudes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalSeance",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("prevue_pour", models.DateTimeField(verbose_name="prévue pour")),
                (
                    "lieu",
                    models.CharField(
                        choices=[
                            ("local", "Local fermé de l’hôpital"),
                            ("chambre", "Chambre individuelle"),
                            ("service", "Dans le service enquêteur"),
                        ],
                        max_length=10,
                    ),
                ),
                ("programmee_le", models.DateTimeField(verbose_name="programmée")),
                (
                    "presence",
                    models.CharField(
                        blank=True,
                        choices=[("presente", "Présente à l’hôpital"), ("partie", "N’y est pas, ou plus")],
                        max_length=10,
                        verbose_name="présence vérifiée",
                    ),
                ),
                ("presence_le", models.DateTimeField(blank=True, null=True)),
                (
                    "issue",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("realisee", "L’audition a eu lieu"),
                            ("refusee_patient", "La personne a refusé d’être entendue"),
                            ("reportee_medical", "Reportée sur avis du médecin"),
                            ("non_tenue", "Elle n’a pas eu lieu, pour une autre raison"),
                        ],
                        max_length=20,
                    ),
                ),
                ("debut", models.DateTimeField(blank=True, null=True, verbose_name="début")),
                ("fin", models.DateTimeField(blank=True, null=True)),
                (
                    "interruption",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("medecin", "À la demande du médecin"),
                            ("personne", "À la demande de la personne"),
                            ("enqueteur", "Par l’enquêteur"),
                            ("incident", "Un incident"),
                        ],
                        max_length=10,
                        verbose_name="interrompue",
                    ),
                ),
                (
                    "incident",
                    documents.chiffrement.ChampChiffre(
                        blank=True, editable=True, verbose_name="incident, sans motif de santé ni ce qui s’est dit"
                    ),
                ),
                (
                    "representant",
                    documents.chiffrement.ChampChiffre(
                        blank=True, editable=True, verbose_name="représentant, curateur ou tuteur"
                    ),
                ),
                ("avocat", documents.chiffrement.ChampChiffre(blank=True, editable=True)),
                (
                    "interprete",
                    documents.chiffrement.ChampChiffre(blank=True, editable=True, verbose_name="interprète"),
                ),
                ("reevaluer_avant", models.DateTimeField(blank=True, null=True, verbose_name="à réévaluer avant")),
                (
                    "entendu",
                    models.CharField(
                        blank=True,
                        choices=[("temoin", "Témoin"), ("victime", "Victime"), ("mise_en_cause", "Mis en cause")],
                        max_length=14,
                        verbose_name="entendu comme",
                    ),
                ),
                ("statut_depuis", models.DateTimeField(blank=True, null=True, verbose_name="son statut a changé à")),
                ("constatee_le", models.DateTimeField(blank=True, null=True, verbose_name="constatée")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
            ],
            options={
                "verbose_name": "historical seance",
                "verbose_name_plural": "historical seances",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Seance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("prevue_pour", models.DateTimeField(verbose_name="prévue pour")),
                (
                    "lieu",
                    models.CharField(
                        choices=[
                            ("local", "Local fermé de l’hôpital"),
                            ("chambre", "Chambre individuelle"),
                            ("service", "Dans le service enquêteur"),
                        ],
                        max_length=10,
                    ),
                ),
                ("programmee_le", models.DateTimeField(verbose_name="programmée")),
                (
                    "presence",
                    models.CharField(
                        blank=True,
                        choices=[("presente", "Présente à l’hôpital"), ("partie", "N’y est pas, ou plus")],
                        max_length=10,
                        verbose_name="présence vérifiée",
                    ),
                ),
                ("presence_le", models.DateTimeField(blank=True, null=True)),
                (
                    "issue",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("realisee", "L’audition a eu lieu"),
                            ("refusee_patient", "La personne a refusé d’être entendue"),
                            ("reportee_medical", "Reportée sur avis du médecin"),
                            ("non_tenue", "Elle n’a pas eu lieu, pour une autre raison"),
                        ],
                        max_length=20,
                    ),
                ),
                ("debut", models.DateTimeField(blank=True, null=True, verbose_name="début")),
                ("fin", models.DateTimeField(blank=True, null=True)),
                (
                    "interruption",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("medecin", "À la demande du médecin"),
                            ("personne", "À la demande de la personne"),
                            ("enqueteur", "Par l’enquêteur"),
                            ("incident", "Un incident"),
                        ],
                        max_length=10,
                        verbose_name="interrompue",
                    ),
                ),
                (
                    "incident",
                    documents.chiffrement.ChampChiffre(
                        blank=True, editable=True, verbose_name="incident, sans motif de santé ni ce qui s’est dit"
                    ),
                ),
                (
                    "representant",
                    documents.chiffrement.ChampChiffre(
                        blank=True, editable=True, verbose_name="représentant, curateur ou tuteur"
                    ),
                ),
                ("avocat", documents.chiffrement.ChampChiffre(blank=True, editable=True)),
                (
                    "interprete",
                    documents.chiffrement.ChampChiffre(blank=True, editable=True, verbose_name="interprète"),
                ),
                ("reevaluer_avant", models.DateTimeField(blank=True, null=True, verbose_name="à réévaluer avant")),
                (
                    "entendu",
                    models.CharField(
                        blank=True,
                        choices=[("temoin", "Témoin"), ("victime", "Victime"), ("mise_en_cause", "Mis en cause")],
                        max_length=14,
                        verbose_name="entendu comme",
                    ),
                ),
                ("statut_depuis", models.DateTimeField(blank=True, null=True, verbose_name="son statut a changé à")),
                ("constatee_le", models.DateTimeField(blank=True, null=True, verbose_name="constatée")),
            ],
            options={
                "ordering": ["programmee_le", "pk"],
            },
        ),
        migrations.AddField(
            model_name="historicalrequisition",
            name="creneau_au",
            field=models.DateTimeField(blank=True, null=True, verbose_name="audition souhaitée jusqu’à"),
        ),
        migrations.AddField(
            model_name="historicalrequisition",
            name="creneau_du",
            field=models.DateTimeField(blank=True, null=True, verbose_name="audition souhaitée à partir de"),
        ),
        migrations.AddField(
            model_name="historicalrequisition",
            name="entendu_comme",
            field=models.CharField(
                blank=True,
                choices=[("temoin", "Témoin"), ("victime", "Victime"), ("mise_en_cause", "Mis en cause")],
                max_length=14,
                verbose_name="le professionnel est entendu comme",
            ),
        ),
        migrations.AddField(
            model_name="historicalrequisition",
            name="lieu_souhaite",
            field=models.CharField(
                blank=True,
                choices=[("hopital", "À l’hôpital"), ("service", "Dans le service enquêteur")],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="requisition",
            name="creneau_au",
            field=models.DateTimeField(blank=True, null=True, verbose_name="audition souhaitée jusqu’à"),
        ),
        migrations.AddField(
            model_name="requisition",
            name="creneau_du",
            field=models.DateTimeField(blank=True, null=True, verbose_name="audition souhaitée à partir de"),
        ),
        migrations.AddField(
            model_name="requisition",
            name="entendu_comme",
            field=models.CharField(
                blank=True,
                choices=[("temoin", "Témoin"), ("victime", "Victime"), ("mise_en_cause", "Mis en cause")],
                max_length=14,
                verbose_name="le professionnel est entendu comme",
            ),
        ),
        migrations.AddField(
            model_name="requisition",
            name="lieu_souhaite",
            field=models.CharField(
                blank=True,
                choices=[("hopital", "À l’hôpital"), ("service", "Dans le service enquêteur")],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="requisition",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("creneau_au", None), ("creneau_du", None)),
                    models.Q(("creneau_au__gt", models.F("creneau_du")), ("creneau_du__isnull", False)),
                    _connector="OR",
                ),
                name="requisition_creneau",
                violation_error_message="La fin du créneau suit son début.",
            ),
        ),
        migrations.AddField(
            model_name="avisaptitude",
            name="donne_par",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="avisaptitude",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="avis_aptitude", to="dossiers.dossier"
            ),
        ),
        migrations.AddField(
            model_name="avisaptitude",
            name="remis_par",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalavisaptitude",
            name="donne_par",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalavisaptitude",
            name="dossier",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="historicalavisaptitude",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalavisaptitude",
            name="remis_par",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalseance",
            name="constatee_par",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalseance",
            name="dossier",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="dossiers.dossier",
            ),
        ),
        migrations.AddField(
            model_name="historicalseance",
            name="history_user",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="historicalseance",
            name="presence_par",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalseance",
            name="programmee_par",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalseance",
            name="service_prevenu",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="convention.service",
            ),
        ),
        migrations.AddField(
            model_name="seance",
            name="constatee_par",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="seance",
            name="dossier",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="seances", to="dossiers.dossier"
            ),
        ),
        migrations.AddField(
            model_name="seance",
            name="presence_par",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="seance",
            name="programmee_par",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="seance",
            name="service_prevenu",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="convention.service",
            ),
        ),
        migrations.AddConstraint(
            model_name="avisaptitude",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reevaluer_avant__isnull", False), ("valeur", "inapte")),
                    models.Q(models.Q(("valeur", "inapte"), _negated=True), ("reevaluer_avant", None)),
                    _connector="OR",
                ),
                name="avis_inapte_a_reevaluer",
                violation_error_message="Un avis d’inaptitude dit quand il sera réévalué.",
            ),
        ),
        migrations.AddConstraint(
            model_name="avisaptitude",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("valable_jusqu_a", None), ("valable_jusqu_a__gt", models.F("donne_le")), _connector="OR"
                ),
                name="avis_fin_apres_debut",
                violation_error_message="L’avis cesse de valoir après l’heure où il est donné.",
            ),
        ),
        migrations.AddConstraint(
            model_name="avisaptitude",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("remis_le", None), ("remis_par", None)),
                    models.Q(("remis_le__isnull", False), ("remis_par__isnull", False)),
                    _connector="OR",
                ),
                name="avis_remise_signee",
                violation_error_message="La date et l’auteur de la remise vont ensemble.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("issue", "")),
                fields=("dossier",),
                name="seance_une_ouverte",
                violation_error_message="Une audition est déjà programmée\xa0: déplacez-la, ou constatez-la.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("constatee_le", None), ("constatee_par", None), ("issue", "")),
                    models.Q(
                        models.Q(("issue", ""), _negated=True),
                        ("constatee_le__isnull", False),
                        ("constatee_par__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="seance_issue_signee",
                violation_error_message="L’issue de l’audition, sa date et son auteur vont ensemble.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("debut__isnull", False), ("fin__isnull", False), ("issue", "realisee")),
                    models.Q(
                        models.Q(("issue", "realisee"), _negated=True),
                        ("debut", None),
                        ("fin", None),
                        ("interruption", ""),
                    ),
                    _connector="OR",
                ),
                name="seance_tenue_datee",
                violation_error_message="Une audition tenue a un début et une fin, les autres n’en ont pas.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seance",
            constraint=models.CheckConstraint(
                condition=models.Q(("debut", None), ("fin__gt", models.F("debut")), _connector="OR"),
                name="seance_fin_apres_debut",
                violation_error_message="La fin suit le début.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("issue", "reportee_medical"), ("reevaluer_avant__isnull", False)),
                    models.Q(models.Q(("issue", "reportee_medical"), _negated=True), ("reevaluer_avant", None)),
                    _connector="OR",
                ),
                name="seance_report_a_reevaluer",
                violation_error_message="Un report médical dit quand l’avis sera réévalué.",
            ),
        ),
        migrations.AddConstraint(
            model_name="seance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("presence", ""), ("presence_le", None), ("presence_par", None)),
                    models.Q(
                        models.Q(("presence", ""), _negated=True),
                        ("presence_le__isnull", False),
                        ("presence_par__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="seance_presence_signee",
                violation_error_message="La présence vérifiée, sa date et son auteur vont ensemble.",
            ),
        ),
        cloisonner(
            "requisitions_seance",
            "requisitions_historicalseance",
            "requisitions_avisaptitude",
            "requisitions_historicalavisaptitude",
        ),
        sceller(
            "requisitions_seance",
            "requisitions_historicalseance",
            "requisitions_avisaptitude",
            "requisitions_historicalavisaptitude",
        ),
    ]
