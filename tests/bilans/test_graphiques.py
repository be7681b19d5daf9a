"""Charts: valid XML, no style attribute, nothing drawn at the height of a hidden figure."""

import xml.etree.ElementTree as ET

import pytest

from bilans.graphiques import Serie, barres, barres_horizontales, courbes, nombre
from bilans.indicateurs.releve import Tableau, croiser
from bilans.presentation import dessiner, figure

SVG = "{http://www.w3.org/2000/svg}"
DESSINS = {
    "barres": barres(["a", "b"], [Serie("x", [4, None]), Serie("y", [9, 8], 2)], titre="T <& é", totaux=[13, None]),
    "horizontales": barres_horizontales(
        [("Un libellé long qui doit tenir sur deux lignes", 58, "58"), ("Autre", None, "moins de 5")], titre="T"
    ),
    "courbes": courbes(["a", "b", "c"], [Serie("x", [9.2, None, 4.1])], titre="T", cible=(6, "Engagement : 6 h")),
    "vide": courbes([], [], titre="T"),
}


@pytest.mark.parametrize("nom", DESSINS)
def test_chaque_graphique_est_un_svg_valide_et_titre(nom: str):
    racine = ET.fromstring(DESSINS[nom])
    assert racine.tag == f"{SVG}svg"
    assert racine.attrib["role"] == "img"
    assert racine.find(f"{SVG}title").text
    assert not [element for element in racine.iter() if "style" in element.attrib]


@pytest.mark.parametrize("nom", DESSINS)
def test_les_couleurs_et_la_police_sont_des_attributs(nom: str):
    """WeasyPrint applies no page CSS to inline SVG: without these, black shapes and another font."""
    for element in ET.fromstring(DESSINS[nom]).iter():
        if element.tag in {f"{SVG}rect", f"{SVG}circle", f"{SVG}polyline", f"{SVG}text"}:
            assert element.attrib.get("fill"), element.tag
        if element.tag == f"{SVG}text":
            assert element.attrib["font-family"] == "Atkinson Next"


def test_une_valeur_cachee_est_un_contour_de_taille_fixe():
    caches = [e for e in ET.fromstring(DESSINS["barres"]).iter(f"{SVG}rect") if e.attrib["class"] == "cache"]
    assert [(e.attrib["fill"], bool(e.attrib["stroke-dasharray"])) for e in caches] == [("none", True)]


def test_une_valeur_cachee_interrompt_la_courbe():
    racine = ET.fromstring(DESSINS["courbes"])
    assert len(list(racine.iter(f"{SVG}circle"))) == 2
    assert not list(racine.iter(f"{SVG}polyline"))


def test_les_nombres_se_lisent_en_francais():
    assert [nombre(1182), nombre(9.25), nombre(7.0)] == ["1\u00a0182", "9,2", "7"]


def test_le_graphique_ne_recoit_que_ce_qui_se_montre():
    comptes = {("jan", "a"): 3, ("jan", "b"): 17, ("fev", "a"): 11, ("fev", "b"): 12}
    tableau = croiser("T", "Mois", [("jan", "Jan"), ("fev", "Fév")], [("a", "A"), ("b", "B")], comptes, dessin="barres")
    textes = {e.text for e in ET.fromstring(dessiner(tableau)).iter(f"{SVG}text")}
    assert not {"3", "14"} & textes
    cases = [case for ligne in tableau.lignes for case in ligne[1:]]
    assert all(isinstance(case, str) or case >= 5 for case in cases)


def test_un_tableau_sans_rien_a_montrer_le_dit():
    vide = Tableau("T", ("Motif", "Nombre"), (("x", "moins de 5"), ("Total", "moins de 5")), "horizontales")
    assert dessiner(vide) is None
    assert figure("I01", vide, "T").vide
