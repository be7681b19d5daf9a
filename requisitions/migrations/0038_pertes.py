"""What was noted as already erased keeps its meaning, its date and its author; a loss by the hospital is another cause."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F

CAUSES = [
    ("avant", "Éléments déjà effacés ou détruits à la réception"),
    ("apres", "Éléments effacés ou détruits après la réception, avant d’être mis à l’abri"),
    ("support", "Copie ou objet conservé devenu inutilisable"),
]


def reprendre(apps, schema_editor):
    for nom in ("Gel", "HistoricalGel"):
        perdus = apps.get_model("requisitions", nom).objects.filter(perdu=True)
        perdus.update(perte="avant", perdu_le=F("confirme_le"), perdu_par=F("confirme_par"))
        apps.get_model("requisitions", nom).objects.filter(perte="avant").update(confirme_le=None, confirme_par=None)


class Migration(migrations.Migration):
    dependencies = [
        ("requisitions", "0037_levees_et_incidents"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        *(
            migrations.AddField(
                model_name=nom,
                name="perte",
                field=models.CharField(
                    blank=True, choices=CAUSES, default="", max_length=8, verbose_name="pourquoi il n’y a plus rien"
                ),
                preserve_default=False,
            )
            for nom in ("gel", "historicalgel")
        ),
        *(
            migrations.AddField(model_name=nom, name="perdu_le", field=models.DateTimeField(blank=True, null=True))
            for nom in ("gel", "historicalgel")
        ),
        migrations.AddField(
            model_name="gel",
            name="perdu_par",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalgel",
            name="perdu_par",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.RunPython(reprendre, migrations.RunPython.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="gel", name="perdu"),
        migrations.RemoveField(model_name="historicalgel", name="perdu"),
        migrations.AddConstraint(
            model_name="gel",
            constraint=models.CheckConstraint(
                condition=models.Q(perte="", perdu_le__isnull=True, perdu_par__isnull=True)
                | (~models.Q(perte="") & models.Q(perdu_le__isnull=False, perdu_par__isnull=False)),
                name="gel_perdu_apparie",
                violation_error_message="Une perte porte sa cause, sa date et son auteur.",
            ),
        ),
    ]
