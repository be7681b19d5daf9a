"""The append function and the guards of the journal."""

from django.db import migrations

AJOUTER = """
CREATE FUNCTION journal_enchainer(p_chaine text, p_contenus text[], p_les timestamptz[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_numero bigint; v_precedente text; v_contenu text; v_corps jsonb; v_le timestamptz; v_empreinte text; v_rang int := 0;
BEGIN
  INSERT INTO journal_tete (chaine, numero, empreinte) VALUES (p_chaine, 0, repeat('0', 64)) ON CONFLICT DO NOTHING;
  SELECT numero, empreinte INTO v_numero, v_precedente FROM journal_tete WHERE chaine = p_chaine FOR UPDATE;
  FOREACH v_contenu IN ARRAY p_contenus LOOP
    v_rang := v_rang + 1;
    v_numero := v_numero + 1;
    v_corps := v_contenu::jsonb;
    v_le := CASE WHEN p_les IS NULL THEN clock_timestamp() ELSE p_les[v_rang] END;
    v_empreinte := encode(sha256(convert_to(
      p_chaine || E'\\n' || v_numero || E'\\n' ||
      to_char(v_le AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || E'\\n' || v_precedente || E'\\n' || v_contenu,
      'UTF8')), 'hex');
    INSERT INTO journal_entree
      (chaine, numero, le, contenu, acteur, action, objet, cle, resultat, empreinte_precedente, empreinte)
    VALUES
      (p_chaine, v_numero, v_le, v_contenu, (v_corps->>'acteur')::uuid, v_corps->>'action', v_corps->>'objet',
       (v_corps->>'cle')::uuid, v_corps->>'resultat', v_precedente, v_empreinte);
    v_precedente := v_empreinte;
  END LOOP;
  UPDATE journal_tete SET numero = v_numero, empreinte = v_precedente WHERE chaine = p_chaine;
END $$;

CREATE FUNCTION journal_ajouter(p_chaine text, p_contenus text[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT journal_enchainer(p_chaine, p_contenus, NULL);
$$;

CREATE FUNCTION journal_refuser() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Le journal ne se modifie ni ne s''efface.';
END $$;
CREATE TRIGGER journal_entree_fixe BEFORE UPDATE OR DELETE ON journal_entree
  FOR EACH ROW EXECUTE FUNCTION journal_refuser();
CREATE TRIGGER journal_entree_entiere BEFORE TRUNCATE ON journal_entree
  FOR EACH STATEMENT EXECUTE FUNCTION journal_refuser();

-- Only the owner may give dates (demonstration seed); the running role appends at the clock's time.
REVOKE ALL ON FUNCTION journal_enchainer(text, text[], timestamptz[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION journal_ajouter(text, text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_ajouter(text, text[]) TO app_web;
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON journal_entree, journal_tete FROM app_web;
"""

DEFAIRE = """
DROP TRIGGER journal_entree_fixe ON journal_entree;
DROP TRIGGER journal_entree_entiere ON journal_entree;
DROP FUNCTION journal_refuser();
DROP FUNCTION journal_ajouter(text, text[]);
DROP FUNCTION journal_enchainer(text, text[], timestamptz[]);
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial"), ("accounts", "0002_roles_sql")]
    operations = [migrations.RunSQL(AJOUTER, DEFAIRE)]
