"""The receipt is the first opening: a receipt signed without one becomes one, its pieces handed over."""

from django.conf import settings
from django.db import migrations, models

# Deferred keys are checked at once, so that the tables may change in the same transaction.
OUVRIR = """
INSERT INTO dossiers_piece_remise_a (piece_id, service_id)
SELECT lien.piece_id, lettre.service_requerant_id
FROM requisitions_remise AS remise
JOIN requisitions_remise_pieces AS lien ON lien.remise_id = remise.id
JOIN requisitions_requisition AS lettre ON lettre.dossier_id = remise.dossier_id
WHERE remise.recue_le IS NOT NULL AND remise.ouverte_le IS NULL AND remise.revoquee_le IS NULL
ON CONFLICT DO NOTHING;
UPDATE requisitions_remise SET ouverte_le = recue_le, ouverte_par_id = recue_par_id
WHERE recue_le IS NOT NULL AND ouverte_le IS NULL AND revoquee_le IS NULL;
SET CONSTRAINTS ALL IMMEDIATE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0006_attache"),
        ("dossiers", "0014_plumes"),
        ("requisitions", "0024_arrivee"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(OUVRIR, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="remise", name="remise_recue_appariee"),
        *(
            migrations.RemoveField(model_name=modele, name=nom)
            for modele in ("historicalremise", "remise")
            for nom in ("recue_le", "recue_par")
        ),
        migrations.AddConstraint(
            model_name="remise",
            constraint=models.CheckConstraint(
                condition=models.Q(("ouverte_le", None), ("ouverte_par", None))
                | models.Q(("ouverte_le__isnull", False), ("ouverte_par__isnull", False), ("support", "plateforme")),
                name="remise_ouverte_appariee",
                violation_error_message="L’ouverture d’un pli numérique dit par qui et quand.",
            ),
        ),
    ]
