"""The decision table: what it foresees, what it does not, and how an edition replaces another."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from requisitions.delais import calculer, hors_heures_ouvrees
from requisitions.models import LigneDecision
from requisitions.table import TableInvalide, charger, chercher, lignes_en_vigueur, lire
from tests.requisitions.conftest import TABLE

LE = date(2026, 11, 20)
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture(scope="module")
def lignes():
    return lire(TABLE)


@pytest.mark.parametrize(
    ("cadre", "type_acte", "rang", "autorisation"),
    [
        ("FLAG", "DOSSIER", 22, "aucune"),
        ("PRELIM", "DOSSIER", 23, "procureur"),
        ("CR", "DOSSIER", 24, "commission"),
        ("FLAG", "PRESENCE", 28, "aucune"),
        ("DISP", "PRESENCE", 31, "instructions"),
        ("PRELIM", "VIDEO", 36, "instruction"),
        ("CR", "RH", 38, "commission"),
    ],
)
def test_une_combinaison_prevue_donne_sa_ligne(lignes, cadre, type_acte, rang, autorisation):
    ligne = chercher(lignes, cadre, type_acte, le=LE)
    assert (ligne.rang, ligne.autorisation) == (rang, autorisation)


@pytest.mark.parametrize(("cadre", "type_acte"), [("DOUANE_ADM", "DOSSIER"), ("CIVIL", "VIDEO"), ("ROUTE", "PRESENCE")])
def test_une_combinaison_absente_ne_donne_rien(lignes, cadre, type_acte):
    assert chercher(lignes, cadre, type_acte, le=LE) is None


def test_une_ligne_precisee_ne_sert_que_si_on_la_demande(lignes):
    assert chercher(lignes, "FLAG", "EX_GAV", le=LE).rang == 1
    assert chercher(lignes, "FLAG", "EX_GAV", le=LE, precision="mineur de moins de 16 ans").rang == 4


def test_la_table_d_avant_son_debut_est_vide(lignes):
    assert chercher(lignes, "FLAG", "DOSSIER", le=date(2024, 1, 1)) is None


def test_charger_deux_fois_n_ajoute_rien(db):
    call_command("charger_table_requisitions", verbosity=0)
    nombre = LigneDecision.objects.count()
    call_command("charger_table_requisitions", verbosity=0)
    assert LigneDecision.objects.count() == nombre > 50


def test_une_nouvelle_edition_termine_la_precedente(db, lignes):
    charger(lire(TABLE))
    suivante = [ligne for ligne in lire(TABLE) if ligne.rang == 22]
    for ligne in suivante:
        ligne.edition, ligne.debut = "2027.1", date(2027, 1, 1)
    charger(suivante)
    assert len(lignes_en_vigueur(LE)) == len(lignes)
    assert [ligne.edition for ligne in lignes_en_vigueur(date(2027, 2, 1))] == ["2027.1"]


def test_un_fichier_fautif_nomme_sa_ligne_et_ne_charge_rien(db, tmp_path: Path):
    faux = tmp_path / "table.yaml"
    faux.write_text(TABLE.read_text(encoding="utf-8").replace("types: [CORPS]", "types: [CORPSE]"), encoding="utf-8")
    with pytest.raises(TableInvalide, match=r"Ligne 18.*CORPSE"):
        lire(faux)
    with pytest.raises(CommandError):
        call_command("charger_table_requisitions", str(faux))
    assert not LigneDecision.objects.exists()


def test_delai_ordinaire_et_urgent(lignes):
    vendredi = datetime(2026, 11, 20, 10, tzinfo=PARIS)
    dossier = chercher(lignes, "FLAG", "DOSSIER", le=LE)
    assert calculer(dossier, "ORDINAIRE", vendredi).echeance_le == datetime(2026, 11, 27, 10, tzinfo=PARIS)
    assert calculer(dossier, "JOUR", vendredi).echeance_le == datetime(2026, 11, 22, 10, tzinfo=PARIS)


def test_la_garde_a_vue_raccourcit_et_le_calcul_le_dit(lignes):
    recue = datetime(2026, 11, 20, 10, tzinfo=PARIS)
    dossier = chercher(lignes, "FLAG", "DOSSIER", le=LE)
    delai = calculer(dossier, "IMMEDIATE", recue, fin_mesure=datetime(2026, 11, 20, 15, tzinfo=PARIS))
    assert delai.echeance_le == datetime(2026, 11, 20, 13, tzinfo=PARIS)
    assert "avant la fin de la mesure" in delai.calcul
    assert calculer(dossier, "IMMEDIATE", recue).echeance_le == datetime(2026, 11, 20, 16, tzinfo=PARIS)


def test_une_combinaison_non_prevue_a_un_delai_de_premier_retour():
    delai = calculer(None, "ORDINAIRE", datetime(2026, 11, 20, 10, tzinfo=PARIS))
    assert delai.echeance_le == datetime(2026, 11, 20, 12, tzinfo=PARIS)
    assert "non prévue" in delai.calcul


def test_la_nuit_et_le_dimanche_sont_hors_heures_ouvrees():
    assert hors_heures_ouvrees(datetime(2026, 11, 22, 11, tzinfo=PARIS))
    assert hors_heures_ouvrees(datetime(2026, 11, 20, 22, tzinfo=PARIS))
    assert not hors_heures_ouvrees(datetime(2026, 11, 20, 11, tzinfo=PARIS))
