"""The letter without a patient is closed, sealed and frozen like its neighbour; no identity can hang on its case."""

from django.db import migrations

from dossiers.cloison import cloisonner
from dossiers.sceau import figer, sceller

# The envelope is read as the owner: a reader who may not see it would otherwise pass.
SANS_PERSONNE = """
CREATE FUNCTION declaration_sans_personne() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
  IF EXISTS (SELECT FROM public.dossiers_dossier WHERE id = NEW.dossier_id AND nature = 'DECLARATION') THEN
    RAISE EXCEPTION 'declaration : aucune identite ne s''y rattache';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER declaration_sans_personne BEFORE INSERT OR UPDATE OF dossier_id ON dossiers_personne
FOR EACH ROW EXECUTE FUNCTION declaration_sans_personne();
"""
DEFAIRE = """
DROP TRIGGER declaration_sans_personne ON dossiers_personne;
DROP FUNCTION declaration_sans_personne();
"""
TABLES = ("signalements_declaration", "signalements_historicaldeclaration")


class Migration(migrations.Migration):
    dependencies = [("signalements", "0006_declaration"), ("dossiers", "0008_declaration")]
    operations = [
        cloisonner(*TABLES),
        sceller(*TABLES),
        figer("signalements_declaration"),
        migrations.RunSQL(SANS_PERSONNE, DEFAIRE),
    ]
