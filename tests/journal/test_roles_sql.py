"""SEC-60: the running role adds entries and witnesses by their functions, and can do nothing else to them."""

import pytest
from django.db import DatabaseError, connection, transaction

from journal.ancres import ancrer, temoins_gardes
from journal.carnet import PLATEFORME, noter
from journal.chaine import verifier
from journal.models import Ancre, Entree, Verification
from tests.conftest import connexion_superutilisateur
from tests.rapport import consigner

TABLES = ("journal_entree", "journal_tete", "journal_ancre", "journal_origine")
SUR_CHAQUE_TABLE = (
    "UPDATE {t} SET chaine = 'x'",
    "DELETE FROM {t}",
    "TRUNCATE {t}",
    "DROP TABLE {t}",
    "ALTER TABLE {t} DISABLE TRIGGER ALL",
    "ALTER TABLE {t} RENAME TO autre",
    "ALTER TABLE {t} OWNER TO app_web",
    "CREATE RULE r AS ON UPDATE TO {t} DO INSTEAD NOTHING",
    "CREATE TRIGGER z BEFORE INSERT ON {t} FOR EACH ROW EXECUTE FUNCTION journal_refuser()",
    "SELECT 1 FROM {t} FOR UPDATE",
    "LOCK TABLE {t} IN ACCESS EXCLUSIVE MODE",
    "ALTER TABLE {t} ADD COLUMN z int",
    "COPY {t} FROM PROGRAM 'true'",
    "COPY {t} TO '/tmp/journal.copie'",
    "CREATE TEMP TABLE {t} (LIKE public.{t})",
    "CREATE TEMP VIEW {t} AS SELECT 1",
    "CREATE TABLE public.copie AS SELECT * FROM {t}",
    "DELETE FROM pg_catalog.pg_class WHERE relname = '{t}'",
)
INSERTIONS = (
    "INSERT INTO journal_entree (chaine, numero, le, contenu, action, objet, resultat, empreinte_precedente, empreinte)"
    " VALUES ('x', 1, now(), '{}', '', '', '', '', '')",
    "INSERT INTO journal_tete (chaine, numero, empreinte) VALUES ('x', 9, '')",
    "INSERT INTO journal_ancre (releve, genre, le, chaine, numero, empreinte, racine, envoye_a)"
    " VALUES (gen_random_uuid(), 'tete', now(), 'x', 1, '', '', '')",
    "INSERT INTO journal_origine (chaine, numero, empreinte, annee, entrees, le) VALUES ('x', 1, '', 2020, 1, now())",
    "UPDATE journal_verification SET ruptures = '[]'",
    "DELETE FROM journal_verification",
    "TRUNCATE journal_verification",
    "DELETE FROM journal_export",
)
DETOURNEMENTS = (
    "SELECT journal_enchainer('plateforme', ARRAY['{}'], ARRAY[now() - interval '1 year'])",
    "SELECT journal_purger('plateforme', 2020)",
    "SELECT journal_racine(ARRAY['a'])",
    "SET session_replication_role = replica",
    "SELECT set_config('session_replication_role', 'replica', false)",
    "SET ROLE proprietaire",
    "SET SESSION AUTHORIZATION proprietaire",
    "ALTER ROLE app_web SUPERUSER",
    "ALTER ROLE app_web BYPASSRLS",
    "CREATE OR REPLACE FUNCTION journal_ajouter(p_chaine text, p_contenus text[]) RETURNS void LANGUAGE sql AS $$ $$",
    "CREATE OR REPLACE FUNCTION journal_refuser() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
    "CREATE FUNCTION public.convert_to(text, name) RETURNS bytea LANGUAGE sql AS $$ SELECT ''::bytea $$",
    "CREATE FUNCTION public.sha256(text) RETURNS bytea LANGUAGE sql SECURITY DEFINER AS $$ SELECT ''::bytea $$",
    "CREATE FUNCTION pg_temp.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS $$ SELECT '2020-01-01'::timestamptz $$",
    "CREATE SCHEMA app_web",
    "DROP FUNCTION journal_ajouter(text, text[])",
    "ALTER FUNCTION journal_ajouter(text, text[]) RESET search_path",
    "ALTER FUNCTION journal_ajouter(text, text[]) SECURITY INVOKER",
    "DROP TRIGGER journal_entree_fixe ON journal_entree",
    "ALTER SEQUENCE journal_entree_id_seq RESTART",
    "SELECT setval('journal_entree_id_seq', 1)",
    "DROP INDEX journal_recents",
    "DO $$ BEGIN EXECUTE 'DELETE FROM journal_entree'; END $$",
    "WITH parti AS (DELETE FROM journal_entree RETURNING 1) SELECT count(*) FROM parti",
    "ALTER DATABASE postgres SET session_replication_role = replica",
)
ORDRES = [*(ordre.format(t=t) for t in TABLES for ordre in SUR_CHAQUE_TABLE), *INSERTIONS, *DETOURNEMENTS]


@pytest.fixture
def journal(db: None) -> None:
    for rang in range(5):
        noter("essai", acteur=None, objet=f"objet {rang}")
    ancrer()


def test_le_role_du_web_ne_peut_rien_changer_au_journal(journal: None) -> None:
    avant = (list(Entree.objects.values_list()), list(Ancre.objects.values_list()))
    reussis = []
    for ordre in ORDRES:
        try:
            with transaction.atomic(), connection.cursor() as curseur:
                curseur.execute(ordre)
        except DatabaseError:
            continue
        reussis.append(ordre)
    assert reussis == []
    assert len(ORDRES) >= 20
    assert (list(Entree.objects.values_list()), list(Ancre.objects.values_list())) == avant
    assert verifier(temoins_gardes()) == []
    consigner("sec-60", ordres=len(ORDRES), reussis=len(reussis))


def test_un_octroi_a_soi_meme_ne_donne_rien(journal: None) -> None:
    """PostgreSQL answers such a GRANT by a warning: what counts is that nothing was given."""
    with connection.cursor() as curseur:
        for table in TABLES:
            curseur.execute(f"GRANT ALL ON {table} TO app_web")
            curseur.execute("SELECT has_table_privilege(%s, 'INSERT, UPDATE, DELETE, TRUNCATE, TRIGGER')", [table])
            assert curseur.fetchone() == (False,), table


def test_un_chemin_de_recherche_detourne_ne_trompe_pas_la_fonction(journal: None) -> None:
    with transaction.atomic(), connection.cursor() as curseur:
        curseur.execute("SET LOCAL search_path = pg_temp, pg_catalog")
        curseur.execute(
            'SELECT public.journal_ajouter(\'plateforme\', ARRAY[\'{"action": "a", "objet": "", "resultat": "fait"}\'])'
        )
        curseur.execute("SET LOCAL search_path = public")
    assert Entree.objects.filter(chaine=PLATEFORME).count() == 6
    assert verifier() == []


def test_le_role_du_web_ne_choisit_ni_la_date_ni_le_numero(journal: None) -> None:
    """A date or a number inside the content changes nothing of the row."""
    from journal.carnet import ajouter

    ajouter(PLATEFORME, ['{"action":"a","le":"2020-01-01","numero":99,"objet":"","resultat":"fait"}'])
    derniere = Entree.objects.order_by("-numero").first()
    assert derniere is not None
    assert (derniere.numero, derniere.le.year >= 2026) == (6, True)


def test_une_ancre_dit_les_tetes_de_la_base_et_rien_d_autre(journal: None) -> None:
    with connection.cursor() as curseur:
        curseur.execute("SELECT releve FROM journal_ancre LIMIT 1")
        releve = curseur.fetchone()[0]
        curseur.execute("SELECT journal_ancre_attester(%s, 'tete', NULL, 'x')", [releve])
    assert Ancre.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("table", ["journal_entree", "journal_ancre", "journal_origine", "journal_verification"])
def test_meme_un_superutilisateur_bute_sur_les_declencheurs(table: str) -> None:
    noter("essai", acteur=None)
    ancrer()
    Verification.objects.create(entrees=1, ancres=1)
    with connexion_superutilisateur() as superutilisateur, superutilisateur.cursor() as curseur:
        curseur.execute(
            "INSERT INTO journal_origine (chaine, numero, empreinte, annee, entrees, le) VALUES ('x', 1, '', 2020, 1, now())"
        )
        for ordre in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}", f"TRUNCATE {table}"):
            with pytest.raises(Exception, match="ne se modifie ni ne s'efface"):
                curseur.execute(ordre)
