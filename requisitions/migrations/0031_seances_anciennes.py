"""What the block of a hearing held of the hearing itself becomes a session; the block keeps its words, read no more."""

from datetime import datetime

from django.db import migrations

LIEUX = {"local": "local", "chambre": "chambre", "service": "service", "hopital": "local"}
OUVERTES = ("VALIDEE", "AFFECTEE", "EN_EXECUTION", "PRETE", "REMISE")


def reprendre(apps, schema_editor):
    """Held when its end was noted; else an appointment still open, where the case is."""
    Volet, Seance = apps.get_model("requisitions", "Volet"), apps.get_model("requisitions", "Seance")
    volets = Volet.objects.filter(dossier__variante__in=("AUD_PAT", "AUD_PRO"), dossier__seances=None)
    for volet in volets.select_related("dossier").order_by("pk"):
        debut, fin = (_moment(volet.donnees.get(nom)) for nom in ("debut", "fin"))
        tenue = bool(debut and fin and debut < fin)
        if debut is None or not (tenue or volet.dossier.etat in OUVERTES):
            continue
        Seance.objects.create(
            dossier=volet.dossier,
            prevue_pour=debut,
            lieu=LIEUX.get(volet.donnees.get("lieu", ""), "local"),
            programmee_le=volet.rempli_le,
            programmee_par_id=volet.rempli_par_id,
            **(_tenue(volet, debut, fin) if tenue else {}),
        )


def _tenue(volet, debut, fin):
    dit = volet.donnees.get("interruption") or volet.donnees.get("incident") or ""
    return {
        "issue": "realisee",
        "debut": debut,
        "fin": fin,
        "interruption": "incident" if dit else "",
        "incident": dit,
        "representant": volet.donnees.get("representant") or "",
        "avocat": volet.donnees.get("avocat") or "",
        "interprete": volet.donnees.get("interprete") or "",
        "entendu": volet.donnees.get("entendu") or "",
        "constatee_le": volet.rempli_le,
        "constatee_par_id": volet.rempli_par_id,
    }


def _moment(valeur):
    return datetime.fromisoformat(valeur) if valeur else None


class Migration(migrations.Migration):
    dependencies = [("requisitions", "0030_audition")]
    operations = [migrations.RunPython(reprendre, migrations.RunPython.noop)]
