"""What the yearly figures count of the sealed answers is copied beside them; the former rows are copied once, here."""

from datetime import datetime

from django.db import migrations, models

EN_CLAIR = {
    "AUD_PAT": {"aptitude": "aptitude", "aptitude_le": "aptitude_le", "accord": "accord_patient"},
    "AUD_PRO": {"accompagnement": "accompagnement"},
    "SAISIE": {"ordre_presence": "ordre_presence", "debut": "debut"},
}
CODES = (
    ("aptitude", 12, "premier avis d’aptitude"),
    ("accord", 12, "ce que la personne a dit au médecin"),
    ("accompagnement", 10, "accompagnement du professionnel"),
    ("ordre_presence", 10, "présence de l’Ordre"),
)
MOMENTS = (("aptitude_le", "premier avis donné"), ("debut", "début de l’opération"))


def recopier(apps, schema_editor):
    Volet = apps.get_model("requisitions", "Volet")
    volets = Volet.objects.filter(dossier__variante__in=EN_CLAIR).select_related("dossier").order_by("pk")
    for volet in volets.iterator(chunk_size=500):
        champs = EN_CLAIR[volet.dossier.variante]
        dites = {colonne: volet.donnees[nom] for colonne, nom in champs.items() if volet.donnees.get(nom)}
        for colonne, _ in MOMENTS:
            if colonne in dites:
                dites[colonne] = datetime.fromisoformat(dites[colonne])
        if dites:
            Volet.objects.filter(pk=volet.pk).update(**dites)


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0038_pertes")]
    operations = [
        *(
            migrations.AddField(
                model_name=modele,
                name=nom,
                field=models.CharField(blank=True, editable=False, max_length=longueur, verbose_name=mots),
            )
            for modele in ("volet", "historicalvolet")
            for nom, longueur, mots in CODES
        ),
        *(
            migrations.AddField(
                model_name=modele,
                name=nom,
                field=models.DateTimeField(editable=False, null=True, verbose_name=mots),
            )
            for modele in ("volet", "historicalvolet")
            for nom, mots in MOMENTS
        ),
        migrations.RunPython(recopier, migrations.RunPython.noop),
    ]
