"""What left the draft is never deleted, not even by SQL of the running role: triggers, as SQL for migrations.

The one way out is the destruction that two persons approved: the trigger reads it in the tables themselves, so no
setting of the session opens it, and `pgtrigger.ignore` does not concern these triggers. A new table that hangs on a
case is sealed by `sceller(table)` in its own migration (tested). `figer` guards a frozen letter in the same way, but
for its sealed bytes: a new master key seals them again, and `empreinte`, which cannot change, tells if they lie.
"""

from django.db.migrations.operations import RunSQL

# The reference is given once, on leaving the draft: it says that the content was sent or decided.
FONCTIONS = """
CREATE FUNCTION dossier_sceau() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_dossier bigint := (to_jsonb(OLD) ->> TG_ARGV[0])::bigint;
BEGIN
  IF to_jsonb(OLD) ->> 'fige_le' IS NULL
     AND NOT EXISTS (SELECT FROM public.dossiers_dossier WHERE id = v_dossier AND reference IS NOT NULL)
  THEN
    RETURN OLD;
  END IF;
  IF EXISTS (
    SELECT FROM public.dossiers_conservation suivi
    JOIN public.dossiers_decisionconservation decision ON decision.suivi_id = suivi.id AND decision.acte = 'detruire'
    JOIN public.convention_demandedouble demande ON demande.objet = decision.cle
    WHERE suivi.dossier_id = v_dossier AND suivi.detruit_le IS NOT NULL
      AND demande.acte = 'conservation.detruire' AND demande.consommee_le IS NOT NULL
      AND demande.approuvee_par_id <> demande.demandee_par_id)
  THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'dossier scelle : une ligne de % ne s''efface pas', TG_TABLE_NAME;
END $$;

CREATE FUNCTION dossier_lettre_figee() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
  v_scelles text[] := ARRAY(
    SELECT attname::text FROM pg_attribute WHERE attrelid = TG_RELID AND atttypid = 'bytea'::regtype);
BEGIN
  IF (to_jsonb(OLD) - v_scelles) IS DISTINCT FROM (to_jsonb(NEW) - v_scelles) AND (
    to_jsonb(OLD) ->> 'fige_le' IS NOT NULL
    OR TG_ARGV[0] = 'envoyee' AND EXISTS (
      SELECT FROM public.dossiers_dossier WHERE id = OLD.dossier_id AND reference IS NOT NULL))
  THEN
    RAISE EXCEPTION 'dossier scelle : une ligne de % ne change plus', TG_TABLE_NAME;
  END IF;
  RETURN NEW;
END $$;

CREATE FUNCTION dossier_reference_fixe() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public AS $$
BEGIN
  RAISE EXCEPTION 'dossier scelle : sa reference et sa cle ne changent plus';
END $$;
"""
REFERENCE = """
CREATE TRIGGER sceau_reference BEFORE UPDATE ON dossiers_dossier FOR EACH ROW
WHEN (OLD.reference IS NOT NULL AND (NEW.reference, NEW.cle, NEW.nature) IS DISTINCT FROM
      (OLD.reference, OLD.cle, OLD.nature))
EXECUTE FUNCTION dossier_reference_fixe();
"""
DEFAIRE = """
DROP TRIGGER sceau_reference ON dossiers_dossier;
DROP FUNCTION dossier_reference_fixe();
DROP FUNCTION dossier_lettre_figee();
DROP FUNCTION dossier_sceau();
"""


def _poser(table: str, par: str) -> str:
    return (
        f"CREATE TRIGGER sceau BEFORE DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION dossier_sceau('{par}');\n"
        f"REVOKE TRUNCATE ON {table} FROM app_web;\n"
    )


def sceller(*tables: str, par: str = "dossier_id") -> RunSQL:
    """Rows of these tables cannot be deleted once the case that their column `par` names has left the draft."""
    return RunSQL(
        "".join(_poser(table, par) for table in tables),
        "".join(f"DROP TRIGGER sceau ON {table};\n" for table in tables),
    )


def figer(*tables: str, envoyees: bool = False) -> RunSQL:
    """What is frozen keeps every column that is not sealed; `envoyees` freezes with the envelope, not by `fige_le`."""
    moment = "envoyee" if envoyees else "figee"
    return RunSQL(
        "".join(
            f"CREATE TRIGGER sceau_lettre BEFORE UPDATE ON {table} FOR EACH ROW"
            f" EXECUTE FUNCTION dossier_lettre_figee('{moment}');\n"
            for table in tables
        ),
        "".join(f"DROP TRIGGER sceau_lettre ON {table};\n" for table in tables),
    )
