"""A refusal proposed by legal affairs and signed by the direction: a row of the case, closed and sealed."""

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
        ("dossiers", "0014_plumes"),
        ("requisitions", "0026_copie_sur_support"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="HistoricalRefusPropose",
            fields=[
                ("id", models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name="ID")),
                ("cle", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                (
                    "motif",
                    models.CharField(
                        choices=[
                            ("incompetence", "Autorité incompétente, cadre ou autorisation manquants"),
                            ("secret", "Secret médical\xa0: ni accord du médecin, ni saisie"),
                            ("recusation", "Médecin traitant ou intérêt personnel"),
                            ("technique", "Incompétence technique"),
                            ("indisponibilite", "Impossibilité matérielle ou force majeure"),
                            ("expertise_detenu", "Expertise demandée au médecin de l’unité sanitaire"),
                            ("pubertaire", "Examen pubertaire pour déterminer l’âge"),
                            ("refus_personne", "Geste refusé par la personne, sans cadre de contrainte"),
                            ("sans_objet", "Demande sans objet d’enquête"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "texte",
                    documents.chiffrement.ChampChiffre(editable=True, verbose_name="lu par le requérant une fois visé"),
                ),
                ("viser_avant", models.DateTimeField()),
                ("calcul", models.CharField(max_length=200)),
                ("propose_le", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("vise", "Visé par la direction"),
                            ("renvoye", "Renvoyé par la direction"),
                            ("retire", "Retiré par les affaires juridiques"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "mot",
                    documents.chiffrement.ChampChiffre(
                        blank=True, editable=True, verbose_name="ce que la direction répond aux affaires juridiques"
                    ),
                ),
                ("decide_le", models.DateTimeField(blank=True, null=True)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.TextField(null=True)),
                (
                    "history_type",
                    models.CharField(choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1),
                ),
                (
                    "decide_par",
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
                    "propose_par",
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
                "verbose_name": "historical refus propose",
                "verbose_name_plural": "historical refus proposes",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="RefusPropose",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "motif",
                    models.CharField(
                        choices=[
                            ("incompetence", "Autorité incompétente, cadre ou autorisation manquants"),
                            ("secret", "Secret médical\xa0: ni accord du médecin, ni saisie"),
                            ("recusation", "Médecin traitant ou intérêt personnel"),
                            ("technique", "Incompétence technique"),
                            ("indisponibilite", "Impossibilité matérielle ou force majeure"),
                            ("expertise_detenu", "Expertise demandée au médecin de l’unité sanitaire"),
                            ("pubertaire", "Examen pubertaire pour déterminer l’âge"),
                            ("refus_personne", "Geste refusé par la personne, sans cadre de contrainte"),
                            ("sans_objet", "Demande sans objet d’enquête"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "texte",
                    documents.chiffrement.ChampChiffre(editable=True, verbose_name="lu par le requérant une fois visé"),
                ),
                ("viser_avant", models.DateTimeField()),
                ("calcul", models.CharField(max_length=200)),
                ("propose_le", models.DateTimeField()),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("vise", "Visé par la direction"),
                            ("renvoye", "Renvoyé par la direction"),
                            ("retire", "Retiré par les affaires juridiques"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "mot",
                    documents.chiffrement.ChampChiffre(
                        blank=True, editable=True, verbose_name="ce que la direction répond aux affaires juridiques"
                    ),
                ),
                ("decide_le", models.DateTimeField(blank=True, null=True)),
                (
                    "decide_par",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="refus_proposes",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "propose_par",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["propose_le", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("decision", "")),
                        fields=("dossier",),
                        name="refus_une_proposition",
                        violation_error_message="Un refus attend déjà le visa de la direction.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decide_le", None), ("decide_par", None), ("decision", "")),
                            models.Q(
                                models.Q(("decision", ""), _negated=True),
                                ("decide_le__isnull", False),
                                ("decide_par__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="refus_decision_signee",
                        violation_error_message="La décision, sa date et son auteur vont ensemble.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision__in", ["vise", "renvoye"]), _negated=True),
                            models.Q(("decide_par", models.F("propose_par")), _negated=True),
                            _connector="OR",
                        ),
                        name="refus_deux_personnes",
                        violation_error_message="Le visa est donné par une autre personne que celle qui propose.",
                    ),
                ],
            },
        ),
        cloisonner("requisitions_refuspropose", "requisitions_historicalrefuspropose"),
        sceller("requisitions_refuspropose", "requisitions_historicalrefuspropose"),
    ]
