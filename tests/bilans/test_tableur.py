"""The review as a CSV: the protected figures of its page, for those who may take the PDF."""

import csv
import html
import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bilans.indicateurs import CHAPITRES, INDICATEURS
from bilans.models import BilanAnnuel, bilan_de
from bilans.tableur import CLE, COLONNES, CONSTAT, RIEN
from bilans.workflow import emporter_tableur
from convention.models import Institution
from documents.marque import demarquer
from journal.models import Entree
from tests.bilans.scene import ANNEE, Annee, jour
from tests.distribution import Distribution
from transitions.workflow import TransitionRefusee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fin_d_annee")]


@pytest.fixture
def remplie(annee: Annee) -> Annee:
    for rang in range(17):
        annee.signalement(jour(1 + rang % 6), ar=30, information="FAITE")
    for rang in range(17):
        annee.requisition(jour(1 + rang % 6), service="POLICE-CSP" if rang < 9 else "GEND-COB1")
    for _ in range(3):
        annee.extraction(jour(2))
    return annee


def emporte(distribution: Distribution, nom: str = "referente", annee: int = ANNEE) -> Any:
    return distribution.client(nom).post(reverse("bilans:exporter_csv", args=[annee]))


def lire(octets: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """What the file says of itself, then its lines."""
    texte, _ = demarquer(octets)
    rangees = list(csv.reader(io.StringIO(texte.decode("utf-8-sig"), newline=""), delimiter=";"))
    vide = rangees.index([])
    assert tuple(rangees[vide + 1]) == COLONNES
    return dict(rangees[:vide]), [dict(zip(COLONNES, rangee, strict=True)) for rangee in rangees[vide + 2 :]]


def chapitre(distribution: Distribution, code: str) -> str:
    client = distribution.client("referente")
    return client.get(reverse("bilans:bilan", args=[ANNEE]), {"chapitre": code}).content.decode()


def montres(page: str, motif: str) -> list[str]:
    return [html.unescape(mot).replace("\u00a0", "") for mot in re.findall(motif, page)]


def dits(lignes: list[dict[str, str]]) -> list[str]:
    """As the page says them: each number with the sign of its unit."""
    signes = {"pour cent": "%", "euros": "€"}
    return [(ligne["Valeur"] + signes.get(ligne["Unité"], "")).replace("\u00a0", "") for ligne in lignes]


@pytest.mark.parametrize(("code", "titre"), CHAPITRES)
def test_le_csv_dit_les_memes_chiffres_que_la_page(remplie: Annee, code: str, titre: str):
    _, lignes = lire(emporte(remplie.distribution).content)
    page = chapitre(remplie.distribution, code)
    siennes = [ligne for ligne in lignes if ligne["Chapitre"] == titre]
    cles = [ligne for ligne in siennes if ligne["Tableau"] == CLE]
    cases = [ligne for ligne in siennes if ligne["Colonne"]]
    assert cles
    assert dits(cles) == montres(page, r'<dd class="v[^"]*">([^<]*)</dd>')
    assert dits(cases) == montres(page, r'<td class="num">([^<]*)</td>')
    assert sum(ligne["Valeur"] == RIEN for ligne in siennes) == page.count("rien ne peut être affiché")


def test_chaque_ligne_porte_sa_definition_sa_source_et_sa_frequence(remplie: Annee):
    _, lignes = lire(emporte(remplie.distribution).content)
    attendus = {i.code: (i.intitule, i.definition, i.source, i.frequence) for i in INDICATEURS}
    assert {ligne["Code"] for ligne in lignes} == set(attendus)
    for ligne in lignes:
        portes = (ligne["Indicateur"], ligne["Définition"], ligne["Source"], ligne["Fréquence"])
        assert portes == attendus[ligne["Code"]]
        assert ligne["Tableau"]
        assert ligne["Valeur"]


def test_un_petit_effectif_y_est_masque_avec_le_mot_de_la_page(remplie: Annee):
    _, lignes = lire(emporte(remplie.distribution).content)
    [extractions] = [ligne for ligne in lignes if ligne["Code"] == "I30" and ligne["Ligne"] == "extractions demandées"]
    assert extractions["Valeur"] == "moins de 5"
    assert [ligne["Valeur"] for ligne in lignes if ligne["Code"] == "I23" and ligne["Tableau"] == CLE] == ["17"]
    tableaux = [ligne for ligne in lignes if ligne["Tableau"] not in {CLE, CONSTAT}]
    protegees = [ligne for ligne in tableaux if ligne["Code"] != "I21"]
    assert {ligne["Valeur"] for ligne in protegees} >= {"moins de 5", RIEN}
    assert not [ligne for ligne in protegees if re.fullmatch("[0-4]", ligne["Valeur"])]


def test_un_nombre_se_calcule_et_son_unite_est_a_part(annee: Annee):
    mille = [{"code": "I36", "conclusion": "Frais", "tableaux": [], "chiffres": [
        {"libelle": "frais facturés", "valeur": "1\u00a0182\u00a0€", "precision": "", "ton": ""},
        {"libelle": "part", "valeur": "50\u00a0%", "precision": "engagement proposé\u00a0: 90\u00a0%", "ton": "danger"},
        {"libelle": "part cachée", "valeur": "moins de 20\u00a0%", "precision": "", "ton": ""},
        {"libelle": "évolution", "valeur": "-12,5", "precision": "", "ton": ""},
        {"libelle": "délai", "valeur": "3\u00a0h\u00a020", "precision": "", "ton": ""},
    ]}]  # fmt: skip
    _arretes(annee, mille)
    _, lignes = lire(emporte(annee.distribution, annee=2025).content)
    lus = [(ligne["Valeur"], ligne["Unité"], ligne["Précision"]) for ligne in lignes if ligne["Tableau"] == CLE]
    assert lus == [
        ("1182", "euros", ""),
        ("50", "pour cent", "Non tenu\u00a0: engagement proposé\u00a0: 90\u00a0%"),
        ("moins de 20\u00a0%", "", ""),
        ("-12,5", "", ""),
        ("3\u00a0h\u00a020", "", ""),
    ]


def _arretes(annee: Annee, releves: list[dict[str, Any]]) -> BilanAnnuel:
    annee.distribution.client("referente").post(reverse("bilans:avancer", args=[2025]), {"action": "geler"})
    bilan = bilan_de(2025)
    assert bilan is not None
    bilan.releves = releves
    bilan.save()
    return bilan


def test_l_en_tete_dit_l_annee_la_periode_l_etat_et_la_date(annee: Annee):
    en_tete, _ = lire(emporte(annee.distribution).content)
    assert en_tete["Bilan annuel"] == str(ANNEE)
    assert en_tete["Période"] == f"du 1er janvier au mardi 15 décembre {ANNEE}"
    assert en_tete["État du bilan"] == "Projet"
    assert en_tete["Chiffres"] == "comptés à l’instant, ils peuvent encore changer"
    assert en_tete["Fichier fait le"] == f"mardi 15 décembre {ANNEE}, 11\u00a0h"
    client = annee.distribution.client("referente")
    for action in ("geler", "valider"):
        client.post(reverse("bilans:avancer", args=[2025]), {"action": action})
    valide, _ = lire(emporte(annee.distribution, annee=2025).content)
    assert valide["Période"] == "du 1er janvier au mercredi 31 décembre 2025"
    assert valide["État du bilan"] == "Validé par le comité"
    assert valide["Chiffres"] == f"arrêtés le mardi 15 décembre {ANNEE}, ils ne changent plus"


def test_des_chiffres_arretes_sont_ceux_du_csv(annee: Annee):
    for _ in range(8):
        annee.signalement(jour(4).replace(year=2025))
    client = annee.distribution.client("referente")
    client.post(reverse("bilans:avancer", args=[2025]), {"action": "geler"})
    avant = lire(emporte(annee.distribution, annee=2025).content)[1]
    for _ in range(8):
        annee.signalement(jour(5).replace(year=2025))
    assert lire(emporte(annee.distribution, annee=2025).content)[1] == avant


def test_une_formule_dans_un_nom_reste_un_texte(remplie: Annee):
    Institution.objects.filter(code="POLICE").update(nom_court='=HYPERLINK("https://example.org")')
    octets = emporte(remplie.distribution).content
    _, lignes = lire(octets)
    noms = {ligne["Ligne"] for ligne in lignes if "HYPERLINK" in ligne["Ligne"]}
    assert '\'=HYPERLINK("https://example.org")' in noms
    cellules = [cellule for ligne in lignes for cellule in ligne.values()]
    assert not [cellule for cellule in cellules if cellule[:1] in set("=+@-\t\r")]


def test_le_fichier_s_ouvre_dans_un_tableur_et_ne_reste_dans_aucun_cache(annee: Annee):
    reponse = emporte(annee.distribution)
    assert reponse.content.startswith(b"\xef\xbb\xbfBilan annuel;")
    assert reponse["Content-Type"] == "text/csv; charset=utf-8"
    assert reponse["Content-Disposition"] == f'attachment; filename="bilan-{ANNEE}.csv"'
    assert "no-store" in reponse["Cache-Control"]


def test_l_export_en_csv_est_trace_avec_son_exemplaire(annee: Annee):
    octets = emporte(annee.distribution).content
    [entree] = Entree.objects.filter(action="exporter", objet="bilan")
    assert entree.cle == BilanAnnuel.objects.get(annee=ANNEE).cle
    assert '"forme":"csv"' in entree.contenu.replace(" ", "")
    assert demarquer(octets)[1], "chaque fichier qui sort est un exemplaire numéroté"


@pytest.mark.parametrize("nom", ["opj", "ordre", "soignante", "regie"])
def test_le_csv_est_refuse_a_qui_n_exporte_pas_le_pdf(annee: Annee, nom: str):
    client = annee.distribution.client(nom)
    refus = [client.post(reverse(f"bilans:{vue}", args=[ANNEE])) for vue in ("exporter", "exporter_csv")]
    assert [reponse.status_code for reponse in refus] == [403, 403]
    raisons = [
        re.findall(r"<p[^>]*>[^<]*(?:export se demande|représentants des signataires)[^<]*", r.content.decode())
        for r in refus
    ]
    assert raisons[0] == raisons[1] != []
    assert not Entree.objects.filter(action="exporter").exists()
    assert "Exporter en CSV" not in client.get(reverse("bilans:bilan", args=[ANNEE])).content.decode()


def test_le_verbe_refuse_de_lui_meme(annee: Annee, opj: object):
    with pytest.raises(TransitionRefusee, match="référente"):
        emporter_tableur(bilan=bilan_de(ANNEE), acteur=opj)


@pytest.mark.parametrize("nom", ["referente", "juriste", "directrice", "parquet"])
def test_qui_exporte_le_pdf_exporte_le_csv(annee: Annee, nom: str):
    page = annee.distribution.client(nom).get(reverse("bilans:bilan", args=[ANNEE])).content.decode()
    assert reverse("bilans:exporter_csv", args=[ANNEE]) in page
    assert emporte(annee.distribution, nom).status_code == 200


def test_une_annee_qui_n_existe_pas_n_a_pas_de_csv(annee: Annee):
    assert emporte(annee.distribution, annee=1999).status_code == 404


def test_le_cout_du_csv_ne_depend_pas_du_nombre_de_dossiers(annee: Annee):
    annee.signalement(jour(4), ar=10)
    annee.requisition(jour(4))
    emporte(annee.distribution)
    with CaptureQueriesContext(connection) as un:
        emporte(annee.distribution)
    for _ in range(30):
        annee.signalement(jour(5), ar=10)
        annee.requisition(jour(5))
    with CaptureQueriesContext(connection) as trente:
        emporte(annee.distribution)
    assert len(trente) <= len(un) + 2
