"""The envelope's dates and filters are copied to the participations by the database, so lists never join."""

from django.db import migrations

COPIER = """
CREATE FUNCTION dossiers_copier_dates() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  v_tri timestamptz := CASE
    WHEN NEW.echeance_le IS NULL OR NEW.echeance_suspendue OR NEW.phase IN ('clos', 'archive')
    THEN '9999-01-01 00:00:00+00'::timestamptz ELSE NEW.echeance_le END;
BEGIN
  UPDATE dossiers_participation SET phase = NEW.phase, urgence = NEW.urgence, nature = NEW.nature,
    derniere_activite = NEW.derniere_activite, echeance_tri = v_tri WHERE content_object_id = NEW.id;
  UPDATE dossiers_participationpersonnelle SET phase = NEW.phase, urgence = NEW.urgence, nature = NEW.nature,
    derniere_activite = NEW.derniere_activite, echeance_tri = v_tri WHERE content_object_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER dossiers_copier_dates AFTER UPDATE ON dossiers_dossier FOR EACH ROW
  WHEN ((OLD.phase, OLD.urgence, OLD.nature, OLD.derniere_activite, OLD.echeance_le, OLD.echeance_suspendue)
        IS DISTINCT FROM
        (NEW.phase, NEW.urgence, NEW.nature, NEW.derniere_activite, NEW.echeance_le, NEW.echeance_suspendue))
  EXECUTE FUNCTION dossiers_copier_dates();
"""

DEFAIRE = """
DROP TRIGGER dossiers_copier_dates ON dossiers_dossier;
DROP FUNCTION dossiers_copier_dates();
"""


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0001_initial")]
    operations = [migrations.RunSQL(COPIER, DEFAIRE)]
