"""R-01 to R-50 of §13: each is a function with its test, or belongs to another floor and says which. What §13 does not
number has a T number: one number, one function, one test.
"""

import ast
import inspect
import re
from functools import cache
from pathlib import Path

import pytest

from prises_en_charge import controles as detention
from requisitions import controles
from requisitions.controles.intitules import ANCIENS, INTITULES
from requisitions.levees import RAPPELS
from requisitions.workflow.sortie import SEUL
from requisitions.workflow.tenue import SANS_AVIS

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


@cache
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


REGLES = {
    regle.__name__: regle for regle in (*controles.A_LA_RECEPTION, *controles.AVANT_REMISE, *controles.AVANT_PURGE)
}
SANS_PARAGRAPHE_13 = {
    "T-01": "autorisation",
    "T-02": "ecrit_exige",
    "T-03": "titre_de_saisie",
    "T-04": "titre_revoque",
    "T-05": "audition",
    "T-06": "audition_professionnel",
    "T-07": "inventaire",
    "T-08": "signatures",
    "T-09": "elements",
    "T-10": "urgence",
    "T-12": "presence_du_jour",
    "T-14": "controle_apres",
    "T-15": "lieu_et_heures",
    "T-16": "chaine",
    "T-17": "appel_du_parquet",
}


def numeros_de(regle) -> set[str]:
    """The numbers that a rule writes: the first word of each finding of its own text."""
    arbre = ast.parse(inspect.getsource(regle))
    ecrits = {noeud.value for noeud in ast.walk(arbre) if isinstance(noeud, ast.Constant)}
    return {mot for mot in ecrits if isinstance(mot, str) and re.fullmatch(r"[RTM]-\d\d|§.*", mot)}


@pytest.mark.parametrize("nom", sorted(REGLES))
def test_une_regle_porte_un_numero_et_un_seul(nom):
    numero = f"R-{nom[1:3]}" if re.match(r"r\d\d", nom) else next(n for n, f in SANS_PARAGRAPHE_13.items() if f == nom)
    assert numeros_de(REGLES[nom]) == {numero}


@pytest.mark.parametrize("numero", sorted(SANS_PARAGRAPHE_13))
def test_un_numero_hors_du_paragraphe_13_a_un_essai_a_son_nom(numero):
    assert any(essai.startswith(f"test_t{numero[2:]}_") for essai in essais("tests/requisitions"))


def test_chaque_numero_a_un_intitule_et_chaque_intitule_un_numero():
    numeros = {numero for regle in REGLES.values() for numero in numeros_de(regle)}
    assert numeros | {SANS_AVIS, SEUL.numero} == set(INTITULES), "et ce qu’un verbe compte parmi les points levés"
    assert len(set(INTITULES.values())) == len(INTITULES)
    assert not ANCIENS.keys() & INTITULES.keys()


def test_ce_qui_ne_se_leve_pas_et_ce_qui_se_rappelle_sont_des_numeros():
    assert INTITULES.keys() >= controles.JAMAIS_LEVEES | RAPPELS
