"""A produced document is withdrawn or replaced, never deleted; no setting of the session opens the trigger."""

from django.db import migrations

POSER = """
CREATE FUNCTION document_garder() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  RAISE EXCEPTION 'un document produit ne s''efface pas : il se retire';
END $$;
CREATE TRIGGER garde BEFORE DELETE ON documents_document FOR EACH ROW EXECUTE FUNCTION document_garder();
CREATE TRIGGER garde_contenu BEFORE UPDATE ON documents_document FOR EACH ROW
WHEN ((NEW.cle, NEW.genre, NEW.reference, NEW.objet_cle, NEW.empreinte, NEW.fichier_id, NEW.produit_le)
      IS DISTINCT FROM
      (OLD.cle, OLD.genre, OLD.reference, OLD.objet_cle, OLD.empreinte, OLD.fichier_id, OLD.produit_le))
EXECUTE FUNCTION document_garder();
"""
OTER = """
DROP TRIGGER garde ON documents_document;
DROP TRIGGER garde_contenu ON documents_document;
DROP FUNCTION document_garder();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0002_fichiers")]
    operations = [migrations.RunSQL(POSER, OTER)]
