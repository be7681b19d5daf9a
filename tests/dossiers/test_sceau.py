"""SEC-40: what was sent is not changed nor deleted by the running role's SQL; an approved destruction still goes."""

import pytest
from django.db import DatabaseError, connection, transaction

from dossiers.models import Conservation, Dossier, Personne
from tests.conftest import connexion_superutilisateur
from tests.distribution import Distribution
from tests.rapport import consigner
from tests.signalements.situation import pret, transmis

# What lives beside the case, not in it: drafts, exclusions and deadlines come and go.
LIBRES = {"dossiers_brouillon", "dossiers_exclusion", "dossiers_echeance"}
SUR_LA_LETTRE = (
    "UPDATE signalements_signalement SET faits_observes = ''",
    "UPDATE signalements_signalement SET fige_le = NULL, empreinte = ''",
    "UPDATE signalements_signalement SET dossier_id = dossier_id + 1",
    "UPDATE dossiers_personne SET nom = ''",
    "UPDATE dossiers_personne SET age = 3",
    "UPDATE dossiers_personne SET dossier_id = 0",
    "UPDATE dossiers_dossier SET reference = NULL, phase = 'brouillon'",
    "UPDATE dossiers_dossier SET reference = 'SIG-2020-0001'",
    "UPDATE dossiers_dossier SET cle = gen_random_uuid()",
    "UPDATE documents_document SET empreinte = ''",
    "UPDATE documents_document SET fichier_id = 0",
    "DELETE FROM documents_document",
    "WITH parti AS (DELETE FROM dossiers_personne RETURNING 1) SELECT count(*) FROM parti",
    "DO $$ BEGIN DELETE FROM signalements_signalement; END $$",
    "ALTER TABLE dossiers_personne DISABLE TRIGGER ALL",
    "DROP TRIGGER sceau ON dossiers_personne",
    "CREATE OR REPLACE FUNCTION dossier_sceau() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
    "TRUNCATE dossiers_personne CASCADE",
    "TRUNCATE signalements_signalement CASCADE",
)
# Under pgtrigger's own setting the sealed bytes may be sealed again, nothing else may change.
OUVERTURES = (
    "UPDATE signalements_signalement SET empreinte = repeat('0', 64)",
    "UPDATE signalements_signalement SET fige_le = NULL, empreinte = ''",
    "UPDATE dossiers_personne SET age = 3",
    "DELETE FROM signalements_signalement",
    "DELETE FROM dossiers_personne",
)


def scellees() -> set[str]:
    """Tables whose rows the seal keeps."""
    with connection.cursor() as curseur:
        curseur.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'sceau'")
        return {nom for (nom,) in curseur.fetchall()}


def test_toute_table_qui_tient_a_un_dossier_est_scellee(db: None) -> None:
    with connection.cursor() as curseur:
        curseur.execute(
            "SELECT c.table_name FROM information_schema.columns c"
            " JOIN information_schema.tables t USING (table_schema, table_name)"
            " WHERE c.table_schema = 'public' AND c.column_name = 'dossier_id' AND t.table_type = 'BASE TABLE'"
        )
        tenues = {nom for (nom,) in curseur.fetchall()}
    assert tenues - scellees() == LIBRES
    assert {"dossiers_dossier", "signalements_signalement", "dossiers_personne"} <= scellees()


def test_le_role_du_web_n_efface_ni_ne_change_ce_qui_est_transmis(distribution: Distribution) -> None:
    dossier = transmis(distribution.acteur("soignante"))
    ordres: list[tuple[str, ...]] = [(ordre,) for ordre in SUR_LA_LETTRE]
    with connection.cursor() as curseur:
        curseur.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'pgtrigger%'")
        noms = ",".join(nom for (nom,) in curseur.fetchall())
    reglage = f"SET LOCAL pgtrigger.ignore = '{{{noms}}}'"
    ordres += [(reglage, ordre) for ordre in OUVERTURES]
    pleines = []
    for table in sorted(scellees()):
        with connection.cursor() as curseur:
            curseur.execute(f"SELECT 1 FROM {table} LIMIT 1")
            if curseur.fetchone():
                pleines.append(table)
    ordres += [(f"DELETE FROM {table}",) for table in pleines]
    reussis = []
    for suite in ordres:
        try:
            with transaction.atomic(), connection.cursor() as curseur:
                for ordre in suite:
                    curseur.execute(ordre)
        except DatabaseError:
            continue
        reussis.append(suite[-1])
    assert reussis == []
    assert {"dossiers_dossier", "dossiers_personne", "dossiers_piece", "signalements_signalement"} <= set(pleines)
    assert Personne.objects.filter(dossier=dossier).exists()
    consigner("sec-40", ordres=len(ordres), tables=len(pleines), reussis=len(reussis))


def test_un_brouillon_reste_libre(distribution: Distribution) -> None:
    dossier = pret(distribution.acteur("soignante"))
    dossier.personnes.update(age=40)
    dossier.personnes.all().delete()
    assert not dossier.personnes.exists()


@pytest.mark.django_db(transaction=True)
def test_une_destruction_sans_deux_personnes_est_refusee_par_la_base(distribution: Distribution) -> None:
    """Even when the register says that the case is destroyed."""
    dossier = transmis(distribution.acteur("soignante"))
    Conservation.objects.update_or_create(
        dossier=dossier,
        defaults={
            "cle": dossier.cle,
            "nature": dossier.nature,
            "detruit_le": "2026-11-22T00:00:00Z",
            "detruit_par": distribution.utilisateur("dpo"),
        },
    )
    with pytest.raises(DatabaseError, match="dossier scelle"):
        Personne.objects.filter(dossier=dossier)._raw_delete("default")
    with connexion_superutilisateur() as maitre, pytest.raises(Exception, match="dossier scelle"):
        maitre.execute("DELETE FROM dossiers_personne")
    assert Dossier.objects.filter(pk=dossier.pk).exists()
