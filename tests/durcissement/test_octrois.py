"""SEC-77: what each database role may do is what `octrois.yaml` says, object by object, and nothing more."""

from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml

from tests.conftest import connexion_superutilisateur
from tests.rapport import consigner

ATTENDU: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("octrois.yaml").read_text(encoding="utf-8"))
# An extension's objects belong to the superuser and are PostgreSQL's own.
_PROPRE = (
    "NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = o.oid AND d.classid = '{}'::regclass AND d.deptype = 'e')"
)
_CHEZ_NOUS = "o.{} NOT IN (SELECT oid FROM pg_namespace WHERE nspname ~ '^pg_(catalog|toast|temp)|^information_schema')"
# One line per object, with the privileges of whoever does not own it; a null list is PostgreSQL's default.
_OCTROIS = (
    "coalesce((SELECT jsonb_object_agg(qui, droits) FROM (SELECT coalesce(r.rolname, 'PUBLIC') AS qui, "
    "jsonb_agg(a.privilege_type || CASE WHEN a.is_grantable THEN '*' ELSE '' END ORDER BY a.privilege_type) AS droits "
    "FROM aclexplode(coalesce(o.{acl}, acldefault('{genre}', o.{proprio}))) a LEFT JOIN pg_roles r ON r.oid = a.grantee "
    "WHERE a.grantee <> o.{proprio} GROUP BY 1) s), '{{}}')"
)


def _relations(genre: str, types: str) -> str:
    acl = _OCTROIS.format(acl="relacl", genre=genre, proprio="relowner")
    return (
        f"SELECT o.relname, o.relowner::regrole::text, {acl} FROM pg_class o WHERE o.relkind IN ({types}) AND "
        f"{_CHEZ_NOUS.format('relnamespace')} AND {_PROPRE.format('pg_class')}"
    )


TABLES = _relations("r", "'r', 'p', 'v', 'm', 'f'")
SEQUENCES = _relations("S", "'S'")
FONCTIONS = (
    "SELECT o.oid::regprocedure::text, o.proowner::regrole::text, "
    + _OCTROIS.format(acl="proacl", genre="f", proprio="proowner")
    + ", o.prorettype = 'trigger'::regtype, o.prosecdef, o.proconfig::text FROM pg_proc o WHERE "
    + f"{_CHEZ_NOUS.format('pronamespace')} AND {_PROPRE.format('pg_proc')}"
)
SCHEMAS = (
    "SELECT o.nspname, " + _OCTROIS.format(acl="nspacl", genre="n", proprio="nspowner") + " FROM pg_namespace o "
    "WHERE o.nspname !~ '^pg_(catalog|toast|temp)|^information_schema'"
)
BASE = (
    "SELECT 'base', "
    + _OCTROIS.format(acl="datacl", genre="d", proprio="datdba")
    + (" FROM pg_database o WHERE o.datname = current_database()")
)
ROLES = (
    "SELECT rolname, array_remove(ARRAY[CASE WHEN rolsuper THEN 'SUPERUSER' END, CASE WHEN rolcanlogin THEN 'LOGIN' END, "
    "CASE WHEN rolcreatedb THEN 'CREATEDB' END, CASE WHEN rolcreaterole THEN 'CREATEROLE' END, CASE WHEN rolreplication "
    "THEN 'REPLICATION' END, CASE WHEN rolbypassrls THEN 'BYPASSRLS' END], NULL) || coalesce(rolconfig, '{}') "
    "FROM pg_roles WHERE rolname !~ '^pg_'"
)
APPARTENANCES = (
    "SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members WHERE member::regrole::text !~ '^pg_'"
)
# Nothing is said of a column, a type or a foreign server alone; a default says what is born later.
COLONNES = "SELECT attrelid::regclass::text || '.' || attname FROM pg_attribute o WHERE attacl IS NOT NULL AND attrelid >= 16384"
TYPES = f"SELECT typname FROM pg_type o WHERE typacl IS NOT NULL AND {_CHEZ_NOUS.format('typnamespace')}"
PAR_DEFAUT = (
    "SELECT o.defaclrole::regrole::text, o.defaclnamespace::regnamespace::text, o.defaclobjtype::text, "
    + _OCTROIS.format(acl="defaclacl", genre="r", proprio="defaclrole")
    + " FROM pg_default_acl o"
)
PARAMETRES = "SELECT o.parname, " + (
    "(SELECT jsonb_object_agg(a.grantee::regrole::text, a.privilege_type) FROM aclexplode(o.paracl) a "
    "WHERE a.grantee <> 10) FROM pg_parameter_acl o"
)


@pytest.fixture
def maitre(db: None) -> Any:
    with connexion_superutilisateur() as connexion:
        yield connexion


def _hors_regle(relations: list[tuple[str, str, Any]], attendu: dict[str, Any]) -> dict[str, Any]:
    """What does not fall under the rule: another owner, or other grants."""
    return {nom: octrois for nom, proprio, octrois in relations if (proprio, octrois) != ("proprietaire", attendu)}


def test_les_octrois_de_la_base_sont_ceux_qui_sont_ecrits(maitre: psycopg.Connection) -> None:
    def lire(requete: str) -> list[Any]:
        return maitre.execute(requete).fetchall()

    tables, sequences, fonctions = lire(TABLES), lire(SEQUENCES), lire(FONCTIONS)
    # Nobody calls a trigger function by hand, whatever PUBLIC may.
    appelables = {nom: octrois for nom, _, octrois, declencheur, *_ in fonctions if not declencheur}
    trouve = {
        "roles": {nom: sorted(attributs) for nom, attributs in lire(ROLES)},
        "appartenances": dict(lire(APPARTENANCES)),
        "base": lire(BASE)[0][1],
        "schemas": dict(lire(SCHEMAS)),
        "tables": {
            "regle": ATTENDU["tables"]["regle"],
            "exceptions": _hors_regle(tables, ATTENDU["tables"]["regle"]),
        },
        "sequences": {
            "regle": ATTENDU["sequences"]["regle"],
            "exceptions": _hors_regle(sequences, ATTENDU["sequences"]["regle"]),
        },
        "fonctions": appelables,
        "par_defaut": {f"{role} {schema} {genre}": octrois for role, schema, genre, octrois in lire(PAR_DEFAUT)},
        "parametres": dict(lire(PARAMETRES)),
        "colonnes": [nom for (nom,) in lire(COLONNES)],
        "types": [nom for (nom,) in lire(TYPES)],
    }
    ecarts = {
        rubrique: (trouve[rubrique], ATTENDU[rubrique]) for rubrique in ATTENDU if trouve[rubrique] != ATTENDU[rubrique]
    }
    assert ecarts == {}
    assert trouve.keys() == ATTENDU.keys()
    assert {proprio for _, proprio, *_ in fonctions} == {"proprietaire"}
    egarees = [
        nom for nom, *_, definisseur, reglages in fonctions if definisseur and "search_path" not in (reglages or "")
    ]
    assert egarees == []
    assert len(tables) >= 100
    consigner("sec-77", tables=len(tables), sequences=len(sequences), fonctions=len(fonctions), inattendus=len(ecarts))


ECRITURES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")


def test_l_audit_ne_lit_que_le_journal_et_la_sauvegarde_ne_change_rien(maitre: psycopg.Connection) -> None:
    noms = [nom for nom, *_ in maitre.execute(TABLES).fetchall()]

    def peut(role: str, droit: str) -> set[str]:
        requete = "SELECT n FROM unnest(%s::text[]) n WHERE has_table_privilege(%s, quote_ident(n), %s)"
        return {nom for (nom,) in maitre.execute(requete, [noms, role, droit]).fetchall()}

    lues = peut("audit", "SELECT")
    assert lues == {f"journal_{nom}" for nom in ("entree", "tete", "origine", "ancre", "verification")}
    assert peut("sauvegarde", "SELECT") == set(noms)
    assert {role: peut(role, droit) for role in ("audit", "sauvegarde") for droit in ECRITURES} == {
        "audit": set(),
        "sauvegarde": set(),
    }
    for role in ("audit", "sauvegarde"):
        maitre.execute(f"SET ROLE {role}")
        for ordre in (
            "SELECT journal_ajouter('x', ARRAY['{}'])",
            "CREATE TABLE t (i int)",
            "CREATE TEMP TABLE t (i int)",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                maitre.execute(ordre)
        maitre.execute("RESET ROLE")
