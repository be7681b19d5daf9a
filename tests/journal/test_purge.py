"""Three full years are kept; older years leave whole, and what remains is verified from their last link."""

import os
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from journal.carnet import noter
from journal.chaine import Rupture, Temoin, verifier
from journal.models import Entree, Origine
from tests.conftest import connexion_superutilisateur

CHAINE = "CHV"
ANNEES = (2020, 2021, 2022, 2025, 2026)
PAR_AN = 4
pytestmark = pytest.mark.django_db(transaction=True)


def en_proprietaire(*ordres: str) -> list[object]:
    """The owner's own connection; the running role of the tests is app_web."""
    with connexion_superutilisateur() as connexion, connexion.cursor() as curseur:
        curseur.execute("SET ROLE proprietaire")
        resultats = []
        for ordre in ordres:
            curseur.execute(ordre)
            resultats.append(curseur.fetchone()[0] if curseur.description else None)
        return resultats


@pytest.fixture
def journal_ancien() -> None:
    for annee in ANNEES:
        dates = ", ".join(f"'{annee}-0{mois}-01T00:00:00Z'::timestamptz" for mois in range(1, PAR_AN + 1))
        contenus = ", ".join(
            f"""'{{"action":"essai","objet":"{annee}-{rang}","resultat":"fait"}}'""" for rang in range(PAR_AN)
        )
        en_proprietaire(f"SELECT journal_enchainer('{CHAINE}', ARRAY[{contenus}], ARRAY[{dates}])")
    assert verifier() == []


def purger(avant: int) -> object:
    return en_proprietaire(f"SELECT journal_purger('{CHAINE}', {avant})")[0]


def test_les_annees_anciennes_partent_et_la_suite_reste_verifiable(journal_ancien: None) -> None:
    derniere = Entree.objects.get(numero=3 * PAR_AN)
    assert purger(2023) == 3 * PAR_AN
    origine = Origine.objects.get()
    assert (origine.numero, origine.empreinte, origine.annee, origine.entrees) == (12, derniere.empreinte, 2022, 12)
    assert list(Entree.objects.order_by("numero").values_list("numero", flat=True)) == list(range(13, 21))
    assert verifier() == []
    noter("essai", acteur=None)
    assert purger(2023) == 0
    assert verifier() == []


def test_on_purge_aussi_annee_par_annee(journal_ancien: None) -> None:
    assert [purger(annee) for annee in (2021, 2022, 2023)] == [PAR_AN] * 3
    assert Origine.objects.count() == 3
    assert verifier() == []


def test_une_fraude_apres_la_purge_se_voit_encore(journal_ancien: None) -> None:
    purger(2023)
    with connexion_superutilisateur() as connexion, connexion.cursor() as curseur:
        curseur.execute("SET session_replication_role = replica")
        curseur.execute("DELETE FROM journal_entree WHERE numero = 13")
    assert verifier() == [Rupture(CHAINE, 13, "entrée manquante")]


@pytest.mark.parametrize("avant", [2024, 2026, 2030])
def test_trois_ans_entiers_se_gardent_toujours(journal_ancien: None, avant: int) -> None:
    with pytest.raises(Exception, match="trois ans"):
        purger(avant)
    assert Entree.objects.count() == len(ANNEES) * PAR_AN


def test_hors_d_une_purge_le_proprietaire_n_efface_rien(journal_ancien: None) -> None:
    for ordre in ("DELETE FROM journal_entree WHERE numero = 1", "DELETE FROM journal_entree WHERE numero = 20"):
        with pytest.raises(Exception, match="ne se modifie ni ne s'efface"):
            en_proprietaire(ordre)


def test_une_fausse_origine_sur_des_entrees_recentes_est_dementie_par_une_ancre(journal_ancien: None) -> None:
    """The owner forges an origin and removes rows of this year: a witness of this year knew a lower number."""
    avant = Entree.objects.get(numero=17)
    ancre = Temoin(CHAINE, 17, avant.empreinte, "2026-02-01T00:00:00Z")
    with connexion_superutilisateur() as connexion, connexion.cursor() as curseur:
        curseur.execute("SET session_replication_role = replica")
        curseur.execute(
            "INSERT INTO journal_origine (chaine, numero, empreinte, annee, entrees, le)"
            " SELECT chaine, numero, empreinte, 2022, 19, now() FROM journal_entree WHERE numero = 19"
        )
        curseur.execute("DELETE FROM journal_entree WHERE numero <= 19")
    assert verifier() == []
    assert verifier([ancre]) == [Rupture(CHAINE, 19, "entrées trop récentes effacées")]


def test_une_origine_modifiee_est_dementie(journal_ancien: None) -> None:
    juste = Temoin(CHAINE, 12, Entree.objects.get(numero=12).empreinte, "2022-12-31T00:00:00Z")
    purger(2023)
    assert verifier([juste]) == []
    assert verifier([juste._replace(empreinte="a" * 64)])[0].raison.startswith("chaîne réécrite")
    assert verifier([juste._replace(numero=4, empreinte="b" * 64)]) == []


def test_la_commande_refuse_le_role_du_web_et_dit_quoi_faire(journal_ancien: None) -> None:
    with pytest.raises(CommandError, match="TDU_ROLE=proprietaire"):
        call_command("purger_journal", avant=2023)
    assert Entree.objects.filter(chaine=CHAINE).count() == len(ANNEES) * PAR_AN


def test_la_commande_ne_purge_pas_un_journal_rompu(journal_ancien: None) -> None:
    with connexion_superutilisateur() as connexion, connexion.cursor() as curseur:
        curseur.execute("SET session_replication_role = replica")
        curseur.execute("UPDATE journal_entree SET objet = 'x' WHERE numero = 2")
    with pytest.raises(CommandError, match="pas intègre"):
        call_command("purger_journal", avant=2023)


def test_la_commande_du_proprietaire_purge_et_l_inscrit(journal_ancien: None, settings: object) -> None:
    """In the same process, the connection of the tests becomes the owner's for the time of the command."""
    from django.db import connection

    web = {nom: connection.settings_dict[nom] for nom in ("USER", "PASSWORD")}
    import environ

    maitre = environ.Env.db_url_config(os.environ["DATABASE_URL_PROPRIETAIRE"])
    connection.close()
    connection.settings_dict.update(USER=maitre["USER"], PASSWORD=maitre["PASSWORD"])
    try:
        sortie = StringIO()
        call_command("purger_journal", avant=2023, stdout=sortie)
        assert f"{CHAINE} : 12 entrées effacées." in sortie.getvalue()
        sortie = StringIO()
        call_command("purger_journal", avant=2023, stdout=sortie)
        assert "Rien à effacer" in sortie.getvalue()
    finally:
        connection.close()
        connection.settings_dict.update(web)
    trace = Entree.objects.get(action="purger_journal")
    assert (trace.chaine, trace.le.year) == (CHAINE, datetime.now(UTC).year)
    assert '"annee":2022' in trace.contenu
    assert verifier() == []


def test_le_role_du_web_n_appelle_pas_la_fonction(journal_ancien: None) -> None:
    from django.db import connection

    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as curseur:
        curseur.execute("SELECT journal_purger(%s, 2020)", [CHAINE])
