"""Witnesses of the heads, origins after a purge, verifications, exports; what writes them and what guards them."""

import uuid

from django.db import migrations, models

FONCTIONS = """
-- Merkle root of leaves given in order; `journal.ancres.racine` computes the same in Python.
CREATE FUNCTION journal_racine(p_feuilles text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  v_rang text[] := p_feuilles; v_suivant text[]; v_n int; v_i int;
BEGIN
  LOOP
    v_n := coalesce(array_length(v_rang, 1), 0);
    IF v_n = 0 THEN RETURN repeat('0', 64); END IF;
    IF v_n = 1 THEN RETURN v_rang[1]; END IF;
    v_suivant := '{}'; v_i := 1;
    WHILE v_i <= v_n LOOP
      v_suivant := array_append(v_suivant, CASE WHEN v_i = v_n THEN v_rang[v_i] ELSE
        encode(sha256(convert_to('noeud' || E'\\n' || v_rang[v_i] || E'\\n' || v_rang[v_i + 1], 'UTF8')), 'hex') END);
      v_i := v_i + 2;
    END LOOP;
    v_rang := v_suivant;
  END LOOP;
END $$;

-- The heads are read by the function itself: the running role chooses neither what is witnessed nor when.
CREATE FUNCTION journal_ancrer() RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v_releve uuid := gen_random_uuid(); v_le timestamptz := clock_timestamp();
  v_chaines text[]; v_numeros bigint[]; v_empreintes text[]; v_feuilles text[];
BEGIN
  SELECT array_agg(chaine ORDER BY chaine COLLATE "C"), array_agg(numero ORDER BY chaine COLLATE "C"),
         array_agg(empreinte ORDER BY chaine COLLATE "C"),
         array_agg(encode(sha256(convert_to('feuille' || E'\\n' || chaine || E'\\n' || numero || E'\\n' || empreinte,
           'UTF8')), 'hex') ORDER BY chaine COLLATE "C")
    INTO v_chaines, v_numeros, v_empreintes, v_feuilles FROM journal_tete;
  IF v_chaines IS NULL THEN RETURN NULL; END IF;
  INSERT INTO journal_ancre (releve, genre, le, chaine, numero, empreinte, racine, envoye_a)
    SELECT v_releve, 'tete', v_le, t.chaine, t.numero, t.empreinte, journal_racine(v_feuilles), ''
    FROM unnest(v_chaines, v_numeros, v_empreintes) AS t (chaine, numero, empreinte);
  RETURN v_releve;
END $$;

CREATE FUNCTION journal_ancre_attester(p_releve uuid, p_genre text, p_jeton bytea, p_envoye_a text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO journal_ancre (releve, genre, le, chaine, numero, empreinte, racine, jeton, envoye_a)
    SELECT releve, p_genre, clock_timestamp(), '', 0, '', racine, p_jeton, p_envoye_a
    FROM journal_ancre WHERE releve = p_releve AND genre = 'tete' AND p_genre <> 'tete' LIMIT 1
  ON CONFLICT DO NOTHING;
$$;

-- Whole years only, three full years kept; the rows go, their last link stays as the origin of what follows.
CREATE FUNCTION journal_purger(p_chaine text, p_avant int) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  v_limite timestamptz := make_timestamptz(p_avant, 1, 1, 0, 0, 0, 'UTC'); v_suivant bigint; v_dernier bigint;
  v_nombre bigint;
BEGIN
  IF p_avant > extract(year FROM clock_timestamp() AT TIME ZONE 'UTC') - 3 THEN
    RAISE EXCEPTION 'Le journal se garde trois ans entiers.';
  END IF;
  PERFORM 1 FROM journal_tete WHERE chaine = p_chaine FOR UPDATE;
  SELECT min(numero) INTO v_suivant FROM journal_entree WHERE chaine = p_chaine AND le >= v_limite;
  SELECT max(numero) INTO v_dernier FROM journal_entree
    WHERE chaine = p_chaine AND (v_suivant IS NULL OR numero < v_suivant);
  IF v_dernier IS NULL THEN RETURN 0; END IF;
  INSERT INTO journal_origine (chaine, numero, empreinte, annee, entrees, le)
    SELECT p_chaine, numero, empreinte, p_avant - 1,
           (SELECT count(*) FROM journal_entree WHERE chaine = p_chaine AND numero <= v_dernier), clock_timestamp()
    FROM journal_entree WHERE chaine = p_chaine AND numero = v_dernier;
  DELETE FROM journal_entree WHERE chaine = p_chaine AND numero <= v_dernier;
  GET DIAGNOSTICS v_nombre = ROW_COUNT;
  RETURN v_nombre;
END $$;

-- A row may go once an origin covers it and it is three years old; nothing else ever may.
CREATE FUNCTION journal_refuser_effacement() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF OLD.le < date_trunc('year', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - interval '3 years'
     AND EXISTS (SELECT 1 FROM journal_origine o WHERE o.chaine = OLD.chaine AND o.numero >= OLD.numero) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'Le journal ne se modifie ni ne s''efface.';
END $$;
DROP TRIGGER journal_entree_fixe ON journal_entree;
CREATE TRIGGER journal_entree_fixe BEFORE UPDATE ON journal_entree FOR EACH ROW EXECUTE FUNCTION journal_refuser();
CREATE TRIGGER journal_entree_gardee BEFORE DELETE ON journal_entree
  FOR EACH ROW EXECUTE FUNCTION journal_refuser_effacement();

DO $$
DECLARE v_table text;
BEGIN
  FOREACH v_table IN ARRAY ARRAY['journal_ancre', 'journal_origine', 'journal_verification'] LOOP
    EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION journal_refuser()',
                   v_table || '_fixe', v_table);
    EXECUTE format('CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION journal_refuser()',
                   v_table || '_entiere', v_table);
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON %I FROM app_web', v_table);
  END LOOP;
  -- A temporary table would stand in front of the journal for the rest of its session.
  EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
END $$;
GRANT INSERT ON journal_verification TO app_web;
REVOKE DELETE, TRUNCATE ON journal_export FROM app_web;

REVOKE ALL ON FUNCTION journal_racine(text[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION journal_ancrer() FROM PUBLIC;
REVOKE ALL ON FUNCTION journal_ancre_attester(uuid, text, bytea, text) FROM PUBLIC;
REVOKE ALL ON FUNCTION journal_purger(text, int) FROM PUBLIC;
REVOKE ALL ON FUNCTION journal_refuser() FROM PUBLIC;
REVOKE ALL ON FUNCTION journal_refuser_effacement() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION journal_ancrer() TO app_web;
GRANT EXECUTE ON FUNCTION journal_ancre_attester(uuid, text, bytea, text) TO app_web;
"""

DEFAIRE = """
DROP TRIGGER journal_entree_gardee ON journal_entree;
DROP TRIGGER journal_entree_fixe ON journal_entree;
CREATE TRIGGER journal_entree_fixe BEFORE UPDATE OR DELETE ON journal_entree
  FOR EACH ROW EXECUTE FUNCTION journal_refuser();
DROP TRIGGER journal_ancre_fixe ON journal_ancre;
DROP TRIGGER journal_ancre_entiere ON journal_ancre;
DROP TRIGGER journal_origine_fixe ON journal_origine;
DROP TRIGGER journal_origine_entiere ON journal_origine;
DROP TRIGGER journal_verification_fixe ON journal_verification;
DROP TRIGGER journal_verification_entiere ON journal_verification;
DROP FUNCTION journal_refuser_effacement();
DROP FUNCTION journal_purger(text, int);
DROP FUNCTION journal_ancre_attester(uuid, text, bytea, text);
DROP FUNCTION journal_ancrer();
DROP FUNCTION journal_racine(text[]);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0002_chaine"),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("cle", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("chaine", models.CharField(max_length=20)),
                ("du", models.DateField()),
                ("au", models.DateField()),
                ("motif", models.SlugField(max_length=40)),
                (
                    "statut",
                    models.CharField(
                        choices=[("en_attente", "En préparation"), ("pret", "Prêt"), ("echec", "Non abouti")],
                        default="en_attente",
                        max_length=12,
                    ),
                ),
                ("fichier", models.UUIDField(null=True)),
                ("demande_le", models.DateTimeField(auto_now_add=True)),
                ("demande_par", models.UUIDField()),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("le", models.DateTimeField(auto_now_add=True)),
                ("entrees", models.BigIntegerField()),
                ("ancres", models.BigIntegerField()),
                ("ruptures", models.JSONField(default=list)),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Ancre",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("releve", models.UUIDField()),
                (
                    "genre",
                    models.CharField(
                        choices=[("tete", "Tête de chaîne"), ("horodatage", "Horodatage"), ("courriel", "Courriel")],
                        max_length=12,
                    ),
                ),
                ("le", models.DateTimeField()),
                ("chaine", models.CharField(blank=True, max_length=20)),
                ("numero", models.BigIntegerField()),
                ("empreinte", models.CharField(max_length=64)),
                ("racine", models.CharField(max_length=64)),
                ("jeton", models.BinaryField(null=True)),
                ("envoye_a", models.CharField(blank=True, max_length=20)),
            ],
            options={
                "indexes": [models.Index(fields=["chaine", "numero"], name="journal_ancre_chaine")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("releve", "genre", "chaine", "envoye_a"), name="journal_ancre_unique"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("genre", "horodatage"), ("jeton__isnull", False)),
                            models.Q(models.Q(("genre", "horodatage"), _negated=True), ("jeton", None)),
                            _connector="OR",
                        ),
                        name="journal_ancre_jeton",
                        violation_error_message="Seul un horodatage porte un jeton.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Origine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chaine", models.CharField(max_length=20)),
                ("numero", models.BigIntegerField()),
                ("empreinte", models.CharField(max_length=64)),
                ("annee", models.PositiveSmallIntegerField()),
                ("entrees", models.BigIntegerField()),
                ("le", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("chaine", "numero"), name="journal_origine_unique")],
            },
        ),
        migrations.RunSQL(FONCTIONS, DEFAIRE),
    ]
