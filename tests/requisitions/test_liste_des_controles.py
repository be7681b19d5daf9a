"""R-01 to R-50 of §13: each is a function with its test, or belongs to another floor and says which."""

import ast
import re
from pathlib import Path

import pytest

from prises_en_charge import controles as detention
from requisitions import controles

RACINE = Path(__file__).resolve().parents[2]
NUMEROS = [f"R-{rang:02d}" for rang in range(1, 51)]
DETENUS = {"R-30", "R-31", "R-32", "R-33", "R-34"}
SANS_APPLICATION = {
    **dict.fromkeys(("R-36", "R-37", "R-38", "R-39"), "soins sans consentement (§7)"),
    **dict.fromkeys(("R-40", "R-41", "R-42"), "décès et obstacle médico-légal (§8)"),
}
# Not about a requisition: kept by the floor that owns the fact, where a test of its own proves it.
AILLEURS = {
    "R-47": ("tests/dossiers", "test_chaque_abus_se_reconnait_et_lui_seul"),
    "R-50": ("tests/bilans", "test_un_effectif_sous_cinq_n_est_jamais_affiche"),
}


def essais(dossier: str) -> set[str]:
    """The names of the tests of a folder."""
    noms: set[str] = set()
    for fichier in (RACINE / dossier).rglob("test_*.py"):
        arbre = ast.parse(fichier.read_text(encoding="utf-8"))
        noms |= {noeud.name for noeud in ast.walk(arbre) if isinstance(noeud, ast.FunctionDef)}
    return noms


def test_chaque_numero_a_une_place_et_une_seule():
    ici = {nom.upper().replace("R", "R-") for nom in controles.__all__ if re.fullmatch(r"r\d\d", nom)} - {"R-00"}
    places = [*sorted(ici), *DETENUS, *SANS_APPLICATION, *AILLEURS]
    assert sorted(places) == NUMEROS


@pytest.mark.parametrize("nom", [nom for nom in controles.__all__ if re.fullmatch(r"r\d\d(_\w+)?", nom)])
def test_chaque_controle_porte_son_numero_et_son_essai(nom):
    assert any(essai.startswith(f"test_{nom[:3]}_") for essai in essais("tests/requisitions"))
    source = "".join(f.read_text(encoding="utf-8") for f in (RACINE / "requisitions/controles").glob("*.py"))
    assert f'"R-{nom[1:3]}"' in source


@pytest.mark.parametrize("numero", sorted(DETENUS))
def test_les_controles_de_la_detention_sont_chez_elle(numero):
    source = Path(detention.__file__).read_text(encoding="utf-8")
    assert numero in source


@pytest.mark.parametrize("numero", sorted(AILLEURS))
def test_ce_qui_ne_concerne_pas_une_requisition_est_tenu_ailleurs(numero):
    dossier, essai = AILLEURS[numero]
    assert essai in essais(dossier)


def test_ce_qui_manque_dit_pourquoi():
    assert all(SANS_APPLICATION.values())
