"""Row-level security on the envelope and on what the kernel hangs on it (`dossiers/cloison.py` says how)."""

from django.db import migrations

from dossiers.cloison import ENVELOPPES, SANS_PARTIE, cloisonner, enveloppe, fermer, ouvrir

# A policy weighs more in the planner's eyes than it costs: compiling it took 0.2 s a query, for nothing.
SANS_COMPILATION = """
DO $$ BEGIN
  EXECUTE format('ALTER DATABASE %I SET jit = off', current_database());
EXCEPTION WHEN insufficient_privilege THEN
  RAISE NOTICE 'Réglez jit = off sur cette base : le rôle propriétaire ne le peut pas.';
END $$;
"""
DEFAIRE = "DROP FUNCTION dossier_sans_partie(bigint);\n"


class Migration(migrations.Migration):
    dependencies = [("dossiers", "0002_copie_des_dates"), ("accounts", "0002_roles_sql")]
    operations = [
        # The history of a deleted draft is written after it: its own columns answer, as those of the envelope.
        migrations.RunSQL(
            SANS_COMPILATION + SANS_PARTIE + "".join(fermer(table, enveloppe(table)) for table in ENVELOPPES),
            "".join(map(ouvrir, ENVELOPPES)) + DEFAIRE,
        ),
        cloisonner(
            "dossiers_personne",
            "dossiers_historicalpersonne",
            "dossiers_piece",
            "dossiers_historicalpiece",
            "dossiers_message",
            "dossiers_evenement",
        ),
    ]
