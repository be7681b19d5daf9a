"""The inventory that the block of a seizure held in texts becomes lines; the block keeps its words, read no more.

A line of the text is a piece, whole. The text did not code who made a reservation nor as what somebody signed: what it
says of it stays in the words, under legal affairs who wrote them, and under the authority whose record it is.
"""

from django.db import migrations


def reprendre(apps, schema_editor):
    Volet = apps.get_model("requisitions", "Volet")
    volets = Volet.objects.filter(dossier__variante="SAISIE", dossier__inventaire=None)
    for volet in volets.order_by("pk"):
        if volet.donnees.get("inventaire"):
            _lignes(apps, volet, volet.donnees)


def _lignes(apps, volet, dites):
    def modele(nom):
        return apps.get_model("requisitions", nom).objects

    commun = {"dossier_id": volet.dossier_id}
    copie = bool(dites.get("copie_conservee"))
    modele("Inventaire").create(**commun, copie_conservee=copie, rempli_par_id=volet.rempli_par_id)
    scelle = None
    if numero := dites.get("scelle_numero"):
        genre, motif = dites.get("scelle_type") or "ferme", dites.get("scelle_motif") or ""
        scelle = modele("Scelle").create(**commun, numero=numero[:60], genre=genre, motif=motif)
    natures = [ligne.strip() for ligne in dites["inventaire"].splitlines() if ligne.strip()]
    for rang, nature in enumerate(natures, start=1):
        support = dites.get("support") or "copie"
        modele("PieceSaisie").create(**commun, rang=rang, nature=nature, support=support, scelle=scelle)
    if texte := dites.get("reserves"):
        modele("Reserve").create(**commun, auteur="juridique", texte=texte, au_pv=True)
    if nom := dites.get("signataires"):
        modele("SignatureSaisie").create(**commun, qualite="autorite", nom=nom)


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0034_criteres_de_recherche")]
    operations = [migrations.RunPython(reprendre, migrations.RunPython.noop)]
