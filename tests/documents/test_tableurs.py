"""Spreadsheets of somebody else: what they say is read, what they try is refused with a sentence."""

import contextlib
import io
import zipfile
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from documents.tableurs import LIGNES_MAXIMUM, TAILLE_MAXIMUM, TableurRefuse, csv, lire, ods
from documents.tableurs.ecriture import _ESPACES

TITRES = ["Service", "Téléphone"]


def xlsx(*rangees: list[object]) -> bytes:
    classeur, sortie = Workbook(), io.BytesIO()
    for rangee in rangees:
        classeur.active.append(rangee)
    classeur.save(sortie)
    return sortie.getvalue()


def en_zip(**contenus: str) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, contenu in contenus.items():
            archive.writestr(nom.replace("__", "/").replace("_", "."), contenu)
    return sortie.getvalue()


def feuille_ods(corps: str, prologue: str = "") -> bytes:
    return en_zip(
        content_xml=f'<?xml version="1.0"?>{prologue}<office:document-content {_ESPACES}><office:body>'
        f"<office:spreadsheet><table:table>{corps}</table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )


def case(texte: str, attributs: str = "") -> str:
    return f"<table:table-cell {attributs}><text:p>{texte}</text:p></table:table-cell>"


@pytest.mark.parametrize(
    "octets",
    [
        "Service;Téléphone\r\nCHV-URG;03 53 01 40 15\r\n".encode(),
        "\ufeffService;Téléphone\r\nCHV-URG;03 53 01 40 15\r\n".encode(),
        "Service;Téléphone\nCHV-URG;03 53 01 40 15\n".encode("cp1252"),
        "Service,Téléphone\n\nCHV-URG,03 53 01 40 15\n".encode(),
        xlsx(TITRES, ["CHV-URG", "03 53 01 40 15"]),
        ods("f", TITRES, [["CHV-URG", "03 53 01 40 15"]]),
    ],
)
def test_les_trois_formats_disent_la_meme_chose(octets: bytes) -> None:
    feuille = lire(octets)
    assert feuille.entetes == TITRES
    assert [cellules for _, cellules in feuille.lignes] == [["CHV-URG", "03 53 01 40 15"]]


def test_le_numero_de_ligne_est_celui_du_fichier() -> None:
    assert lire(b"A;B\n\n1;2\n\n\n3;4\n").lignes == [(3, ["1", "2"]), (6, ["3", "4"])]


def test_une_formule_reste_un_texte_et_une_date_une_date() -> None:
    feuille = lire(xlsx(["A", "B"], ["=1+1", datetime(2026, 11, 24, 20, 0)], [353014015, 2.5]))
    assert feuille.lignes == [(2, ["=1+1", "2026-11-24 20:00"]), (3, ["353014015", "2.5"])]
    calcul = case("2", 'table:formula="of:=1+1" office:value-type="float" office:value="2"')
    jour = case("24/11/26", 'office:value-type="date" office:date-value="2026-11-24T20:00:00"')
    lue = lire(
        feuille_ods(
            f"<table:table-row>{case('A')}{case('B')}</table:table-row><table:table-row>{calcul}{jour}</table:table-row>"
        )
    )
    assert lue.lignes == [(2, ["=1+1", "2026-11-24 20:00"])]


def test_les_repetitions_d_un_ods_sont_bornees() -> None:
    vide = '<table:table-cell table:number-columns-repeated="16384"/>'
    titres = f"<table:table-row>{case('A')}{vide}</table:table-row>"
    fin = f'<table:table-row table:number-rows-repeated="1048576">{vide}</table:table-row>'
    assert lire(feuille_ods(titres + f"<table:table-row>{case('x')}{vide}</table:table-row>" + fin)).lignes == [
        (2, ["x"])
    ]
    bombe = f'<table:table-row table:number-rows-repeated="1048576">{case("x")}</table:table-row>'
    with pytest.raises(TableurRefuse, match="5\u00a0000 lignes"):
        lire(feuille_ods(titres + bombe))
    large = f"<table:table-row>{case('x', chr(116) + 'able:number-columns-repeated=' + chr(34) + '16384' + chr(34))}"
    with pytest.raises(TableurRefuse, match="30 colonnes"):
        lire(feuille_ods(titres + large + "</table:table-row>"))


@pytest.mark.parametrize(
    ("octets", "phrase"),
    [
        (b"", "vide"),
        (b"  \n ", "vide"),
        (b";;\n", "vide"),
        (b"x" * (TAILLE_MAXIMUM + 1), "2\u00a0Mo"),
        (b"\x89PNG\r\n\0\0\0", "ne se lit pas"),
        (b"PK\x03\x04rien", "ne se lit pas"),
        (en_zip(autre_xml="<a/>"), "ne se lit pas"),
        (en_zip(content_xml="<a"), "ne se lit pas"),
        (en_zip(xl__workbook_xml="<a/>"), "ne se lit pas"),
        (en_zip(content_xml=" " * (41 * 1024 * 1024)), "2\u00a0Mo"),
        (b'A;B\n"ouvert;2\n', "ne se lit pas"),
        (b"A;B\n" + b"x" * 1001 + b";2\n", "1\u00a0000 caract"),
        (b"A\n" + b"1\n" * (LIGNES_MAXIMUM + 1), "5\u00a0000 lignes"),
    ],
)
def test_un_fichier_dangereux_ou_illisible_est_refuse_avec_une_phrase(octets: bytes, phrase: str) -> None:
    with pytest.raises(TableurRefuse, match=phrase):
        lire(octets)


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">',
    ],
)
def test_aucune_entite_ni_definition_externe(prologue: str) -> None:
    with pytest.raises(TableurRefuse, match="ne se lit pas"):
        lire(feuille_ods(f"<table:table-row>{case('A')}</table:table-row>", prologue))


def test_un_xlsx_avec_une_entite_est_refuse() -> None:
    source = zipfile.ZipFile(io.BytesIO(xlsx(TITRES, ["a", "b"])))
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        for nom in source.namelist():
            texte = source.read(nom)
            if nom == "xl/worksheets/sheet1.xml":
                texte = b'<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + texte
            archive.writestr(nom, texte)
    with pytest.raises(TableurRefuse, match="ne se lit pas"):
        lire(sortie.getvalue())


@given(st.lists(st.lists(st.text(max_size=20), min_size=2, max_size=2), max_size=6))
def test_ce_qui_est_ecrit_ne_se_calcule_jamais(rangees: list[list[str]]) -> None:
    rangees = [["", "\x7f=1"], *rangees]
    for octets in (csv(["A", "B"], rangees), ods("f", ["A", "B"], rangees)):
        for _, cellules in lire(octets).lignes:
            actives = [cellule for cellule in cellules if cellule[:1] in set("=+@-")]
            assert all(cellule[1:].replace(",", "").replace(".", "").isdecimal() for cellule in actives)


@given(st.binary(max_size=300))
def test_n_importe_quels_octets_donnent_une_feuille_ou_une_phrase(octets: bytes) -> None:
    """Nothing else comes out: TableurRefuse is the only exception that a file may provoke."""
    for essai in (octets, b"PK" + octets):
        with contextlib.suppress(TableurRefuse):
            assert lire(essai).entetes
