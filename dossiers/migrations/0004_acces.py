"""Break-glass openings and the ground of an exclusion; row-level security knows the former."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import documents.chiffrement
import dossiers.models.acces
from dossiers.cloison import LECTEUR, motifs

BRIS = f"""SELECT FROM dossiers_brisdeglace
          WHERE dossier_id = p_dossier AND expire_le > now() AND utilisateur_id = {LECTEUR}"""


class Migration(migrations.Migration):
    dependencies = [
        ("convention", "0001_initial"),
        ("dossiers", "0003_cloison"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField(
            "exclusion",
            "motif",
            models.CharField(
                choices=[
                    ("MIS_EN_CAUSE", "Mis en cause dans les faits"),
                    ("PROCHE", "Proche de la personne concernée"),
                    ("INTERET", "Intérêt personnel dans l’affaire"),
                    ("DEMANDE", "À la demande de la personne concernée"),
                ],
                default="MIS_EN_CAUSE",
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            "BrisDeGlace",
            [
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "raison",
                    models.CharField(
                        choices=[
                            ("SECURITE", "La sécurité de la personne l’exige maintenant"),
                            ("ABSENCE", "Personne de ce dossier n’est joignable"),
                            ("ECHEANCE", "Une échéance légale tombe"),
                            ("INCIDENT", "Un incident est en cours"),
                        ],
                        max_length=10,
                    ),
                ),
                ("motif", documents.chiffrement.ChampChiffre(editable=True)),
                ("ouvert_le", models.DateTimeField(auto_now_add=True)),
                ("expire_le", models.DateTimeField(default=dossiers.models.acces.expiration)),
                ("revu_le", models.DateTimeField(null=True)),
                (
                    "constat",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("JUSTIFIE", "Accès justifié"),
                            ("EVITABLE", "Accès évitable, règle rappelée"),
                            ("INJUSTIFIE", "Accès injustifié, suites données"),
                        ],
                        max_length=10,
                    ),
                ),
                ("avis", documents.chiffrement.ChampChiffre(blank=True, editable=True)),
                (
                    "dossier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bris_de_glace",
                        to="dossiers.dossier",
                    ),
                ),
                (
                    "revu_par",
                    models.ForeignKey(
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
                (
                    "utilisateur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-ouvert_le", "-pk"],
                "indexes": [
                    models.Index(fields=["utilisateur", "dossier", "expire_le"], name="bris_en_cours"),
                    models.Index(
                        condition=models.Q(("revu_le", None)),
                        fields=["service", "-ouvert_le"],
                        name="bris_a_examiner",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("constat", ""),
                            ("revu_le", None),
                            ("revu_par", None),
                        )
                        | (
                            models.Q(("revu_le__isnull", False), ("revu_par__isnull", False))
                            & models.Q(("constat", ""), _negated=True)
                        ),
                        name="bris_revu_apparie",
                        violation_error_message="Un accès examiné porte sa date, son auteur et son constat.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("revu_par", None))
                        | models.Q(("revu_par", models.F("utilisateur")), _negated=True),
                        name="bris_revu_par_un_autre",
                        violation_error_message="Un accès exceptionnel est examiné par une autre personne.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expire_le__gt", models.F("ouvert_le"))),
                        name="bris_expire_apres",
                        violation_error_message="Un accès exceptionnel se ferme après son ouverture.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(motifs(BRIS), motifs()),
    ]
