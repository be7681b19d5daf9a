"""An auditor reads the journal and its witnesses, by a role of their own (lanceur/roles.sql)."""

from django.db import migrations

# A cluster of before this role has none: docs/guides/journal.md says how to add it.
OUVRIR = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'audit') THEN
    GRANT SELECT ON journal_entree, journal_tete, journal_origine, journal_ancre, journal_verification TO audit;
  END IF;
END $$;
"""
FERMER = """
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'audit') THEN
    REVOKE ALL ON journal_entree, journal_tete, journal_origine, journal_ancre, journal_verification FROM audit;
  END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_ancres")]
    operations = [migrations.RunSQL(OUVRIR, FERMER)]
