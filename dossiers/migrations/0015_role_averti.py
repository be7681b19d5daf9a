"""« Averti à l’avance » is a role of its own; until now it was a reason written on an executor's part."""

from typing import Any

from django.db import migrations, models

ROLES = [
    ("auteur", "Auteur"),
    ("destinataire", "Destinataire"),
    ("executant", "Exécutant"),
    ("copie", "En copie"),
    ("observateur", "Informé"),
    ("averti", "Averti à l’avance"),
]
PART = {"motif": "Averti à l’avance"}
ROLE = {"role": "averti", "motif": "Circuit de la table de décision"}


def nommer_le_role(apps: Any, _editeur: Any) -> None:
    apps.get_model("dossiers", "Participation").objects.filter(**PART).update(**ROLE)


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0014_plumes")]
    operations = [
        migrations.AlterField(modele, "role", models.CharField(choices=ROLES, max_length=15))
        for modele in ("participation", "participationpersonnelle")
    ] + [migrations.RunPython(nommer_le_role, migrations.RunPython.noop, elidable=True)]
