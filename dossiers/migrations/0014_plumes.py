"""Which window last kept each page of a draft: a second window overwrites nothing unseen."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0013_papier_sans_oracle")]
    operations = [migrations.AddField("brouillon", "plumes", models.JSONField(default=dict, editable=False))]
