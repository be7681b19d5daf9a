"""Row-level security of the cases, as SQL for migrations: a tripwire under `visibles_par`, never a list's filter.

An envelope exists for a reader who has a living participation and is not excluded, or who is writing it and has not
given it to anybody yet. What hangs on an envelope exists when the envelope does.
A new table of a case app closes itself by `cloisonner(table)` in its own migration.
The conditions stand in the policies themselves: PostgreSQL then probes an index for one case and hashes for a search,
where a function would be called for every row (eight times slower to search 5 000 cases).
"""

import re

from django.db.migrations.operations import RunSQL

PORTEE = "(SELECT current_setting('tdu.portee', true)) = 'systeme'"
LECTEUR = "(SELECT NULLIF(current_setting('tdu.utilisateur', true), '')::bigint)"
GROUPES = "(SELECT string_to_array(current_setting('tdu.groupes', true), ','))::int[]"
ENVELOPPES = ("dossiers_dossier", "dossiers_historicaldossier")
NOM = "cloison"

VISIBLE = """(SELECT current_setting('tdu.groupes', true)) <> ''
      AND NOT EXISTS (
        SELECT FROM dossiers_exclusion WHERE dossier_id = p_dossier AND utilisateur_id = LECTEUR)
      AND (
        EXISTS (
          SELECT FROM dossiers_participation
          WHERE content_object_id = p_dossier AND fin_le IS NULL AND group_id = ANY (GROUPES))
        OR EXISTS (
          SELECT FROM dossiers_participationpersonnelle
          WHERE content_object_id = p_dossier AND fin_le IS NULL AND user_id = LECTEUR)AUTRES)"""
# Called for the reader's own envelopes only; as a function, it is never hashed over every participation.
SANS_PARTIE = """
CREATE FUNCTION dossier_sans_partie(p_dossier bigint) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT NOT EXISTS (SELECT FROM public.dossiers_participation WHERE content_object_id = p_dossier)
    AND NOT EXISTS (SELECT FROM public.dossiers_participationpersonnelle WHERE content_object_id = p_dossier)
$$;
"""


def enveloppe(table: str, *autres: str) -> str:
    """Who may read an envelope; `autres` are more grounds, each the inside of an EXISTS over `p_dossier`."""
    motifs = "".join(f"\n        OR EXISTS (\n          {autre})" for autre in autres)
    mots = {"LECTEUR": LECTEUR, "GROUPES": GROUPES, "p_dossier": f"{table}.id"}
    visible = re.sub("|".join(mots), lambda mot: mots[mot[0]], VISIBLE.replace("AUTRES", motifs))
    return f"({visible}\n    OR cree_par_id = {LECTEUR} AND dossier_sans_partie({table}.id))"


def fermer(table: str, condition: str) -> str:
    """Close a table to `app_web` but for this condition and the system's scope; its owner is not concerned."""
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
        f"CREATE POLICY {NOM} ON {table} FOR ALL TO app_web\n"
        f"  USING ({PORTEE} OR {condition})\n  WITH CHECK ({PORTEE} OR {condition});\n"
    )


def ouvrir(table: str) -> str:
    return f"DROP POLICY {NOM} ON {table};\nALTER TABLE {table} DISABLE ROW LEVEL SECURITY;\n"


def motifs(*autres: str) -> str:
    """Give the envelopes these other grounds of access, and no longer those given before."""
    return "".join(
        f"ALTER POLICY {NOM} ON {table}\n  USING ({PORTEE} OR {enveloppe(table, *autres)})\n"
        f"  WITH CHECK ({PORTEE} OR {enveloppe(table, *autres)});\n"
        for table in ENVELOPPES
    )


def cloisonner(*tables: str, par: str = "dossier_id", parent: str = "dossiers_dossier") -> RunSQL:
    """Rows of these tables exist for whoever may read the row of `parent` that their column `par` names."""
    condition = f"EXISTS (SELECT FROM {parent} AS parent WHERE parent.id = {par})"
    return RunSQL("".join(fermer(table, condition) for table in tables), "".join(map(ouvrir, tables)))
