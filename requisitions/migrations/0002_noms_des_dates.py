"""Plans and computed dates lose the suffix `_le`, which says that somebody did something then."""

from django.db import migrations

RENOMMES = (
    ("lignedecision", "debut_le", "debut"),
    ("lignedecision", "fin_le", "fin"),
    ("gel", "ecrasement_le", "ecrasement"),
    ("historicalgel", "ecrasement_le", "ecrasement"),
    ("remise", "expire_le", "expiration"),
    ("historicalremise", "expire_le", "expiration"),
    ("regularisation", "avant_le", "avant"),
    ("historicalregularisation", "avant_le", "avant"),
)


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0001_initial")]
    operations = [migrations.RenameField(modele, avant, apres) for modele, avant, apres in RENOMMES]
