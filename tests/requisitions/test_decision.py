"""The decision table of §12, row by row, and every other combination: refused unless the document says otherwise."""

import re
from datetime import date
from itertools import product

import pytest
import yaml

from convention.models import Rattachement
from requisitions.decision import PAR_DEFAUT, Issue, decider
from requisitions.models import Cadre
from requisitions.table import (
    AUTOPSIE,
    DE_10_A_13,
    DECEDEE,
    DETENUE,
    MOINS_DE_10,
    MOINS_DE_16,
    chercher,
    lire,
    precision_de,
)
from requisitions.types_acte import libelles
from tests.distribution import DONNEES
from tests.requisitions.conftest import TABLE
from tests.requisitions.paragraphe12 import A_CONFIRMER, AILLEURS, LIGNES, TOUTES, Attendu

LE = date(2026, 11, 20)
NATURES = {"legal": (True, False), "repere": (True, True), "propose": (False, False)}


@pytest.fixture(scope="module")
def lignes():
    return lire(TABLE)


def nom(ligne: Attendu) -> str:
    return "-".join(str(mot) for mot in (ligne.rang, ligne.cadre, ligne.acte, ligne.precision) if mot)


@pytest.mark.parametrize("attendu", LIGNES, ids=nom)
def test_chaque_ligne_du_document_dit_ce_qu_il_dit(lignes, attendu):
    decision = decider(lignes, attendu.cadre, attendu.acte, attendu.qualites[0], le=LE, precision=attendu.precision)
    ligne = decision.ligne
    assert decision.issue == Issue.ADMISE
    assert (ligne.rang, ligne.autorisation, ligne.ordre) == (attendu.rang, attendu.autorisation, attendu.ordre)
    assert (ligne.delai_texte, (ligne.delai_legal, ligne.delai_repere)) == (attendu.delai, NATURES[attendu.nature])
    assert attendu.articles in ligne.articles_texte
    assert tuple(ligne.circuit) == attendu.circuit


UNITES = {"min": "minutes", "h": "heures", "h ouvrées": "heures_ouvrees", "j": "jours_ouvres"}
# The words of these give no answer delay: the act fixes it, or only the freeze has a figure.
SANS_CHIFFRE = {"avant ou à 48 h", "avant 96 h", "gel < 1 h\u00a0; remise avant 1 mois"}


def chiffres(mots: str) -> list[tuple[int, str]]:
    """« 48 h–5 j »: two figures; « 24–72 h »: two figures of one unit."""
    trouves = re.findall(r"(\d+)(?:\s(min|h ouvrées|h|j)\b)?", mots)
    return [(int(valeur), UNITES[unite or trouves[-1][1]]) for valeur, unite in trouves]


@pytest.mark.parametrize("attendu", [ligne for ligne in LIGNES if ligne.delai not in SANS_CHIFFRE], ids=nom)
def test_chaque_chiffre_du_document_est_celui_du_calcul(lignes, attendu):
    ligne = chercher(lignes, attendu.cadre, attendu.acte, le=LE, precision=attendu.precision)
    dits = chiffres(attendu.delai)
    ordinaire, urgente = (ligne.delai_valeur, ligne.delai_unite), (ligne.urgent_valeur, ligne.urgent_unite)
    if dits:
        assert ordinaire == dits[-1]
    if len(dits) == 2:
        assert urgente == dits[0]


@pytest.mark.parametrize("attendu", LIGNES, ids=nom)
@pytest.mark.parametrize("qualite", TOUTES)
def test_chaque_ligne_admet_ses_qualites_et_aucune_autre(lignes, attendu, qualite):
    decision = decider(lignes, attendu.cadre, attendu.acte, qualite, le=LE, precision=attendu.precision)
    assert (decision.issue == Issue.ADMISE) is (qualite in attendu.qualites)
    if decision.issue != Issue.ADMISE:
        assert decision.issue == Issue.REFUSEE
        assert PAR_DEFAUT in decision.raisons
        assert not decision.signatures


@pytest.mark.parametrize(("rang", "cadre", "acte"), AILLEURS)
@pytest.mark.parametrize("qualite", TOUTES)
def test_ce_qui_n_est_pas_une_requisition_dit_ou_le_demander(lignes, rang, cadre, acte, qualite):
    decision = decider(lignes, cadre, acte, qualite, le=LE)
    assert (decision.issue, decision.ligne.rang) == (Issue.AILLEURS, rang)
    assert any("se demande" in raison for raison in decision.raisons)


@pytest.mark.parametrize(("cadre", "acte", "qualites"), A_CONFIRMER)
def test_ce_que_le_document_ne_prevoit_pas_attend_le_conseil(lignes, cadre, acte, qualites):
    for qualite in TOUTES:
        decision = decider(lignes, cadre, acte, qualite, le=LE)
        assert decision.issue == (Issue.A_CONFIRMER if qualite in qualites else Issue.REFUSEE)
    assert "à confirmer par le conseil" in decider(lignes, cadre, acte, qualites[0], le=LE).raisons[0]


def test_toute_autre_combinaison_est_refusee_par_defaut(lignes):
    prevues = {(ligne.cadre, ligne.acte) for ligne in LIGNES if not ligne.precision}
    prevues |= {(cadre, acte) for cadre, acte, _ in A_CONFIRMER}
    autres = set(product(Cadre.values, libelles())) - prevues
    assert len(autres) > 150
    for (cadre, acte), qualite in product(autres, Rattachement.Qualite.values):
        decision = decider(lignes, cadre, acte, qualite, le=LE)
        assert (decision.issue, decision.ligne) == (Issue.REFUSEE, None), (cadre, acte, qualite)
        assert PAR_DEFAUT in decision.raisons


def test_la_table_ne_contient_rien_que_le_document_n_ait_voulu(lignes):
    voulues = {(ligne.cadre, ligne.acte, ligne.precision) for ligne in LIGNES}
    voulues |= {(cadre, acte, "") for _, cadre, acte in AILLEURS} | {
        (cadre, acte, "") for cadre, acte, _ in A_CONFIRMER
    }
    assert {(ligne.cadre, ligne.type_acte, ligne.precision) for ligne in lignes} == voulues
    assert {ligne.rang for ligne in lignes if not ligne.a_confirmer} == set(range(1, 51))


def test_les_qualites_de_l_essai_sont_toutes_celles_de_l_application():
    assert set(TOUTES) == set(Rattachement.Qualite.values)


def references():
    return yaml.safe_load((DONNEES / "references.yaml").read_text(encoding="utf-8"))["references"]


def articles_dits(mots: str) -> list[str]:
    """« art. L. 235-2 du code de la route »: « L. 235-2 ». The number of a law is no article."""
    return re.findall(r"(?:[LRD]\. )?\d+(?:-\d+)*(?: bis)?", re.sub(r"n° \d+-\d+", "", mots))


def test_chaque_article_que_dit_la_table_a_sa_reference_datee(lignes):
    articles = {lue["cle"]: lue["article"].replace("\u00a0", " ") for lue in references() if lue["debut"]}
    for ligne in lignes:
        dits = articles_dits(ligne.articles_texte)
        assert dits, ligne
        manquants = set(dits) - {articles[cle] for cle in ligne.articles}
        assert not manquants, f"{ligne}\u00a0: {ligne.articles_texte}"


def test_les_articles_que_cite_le_document_ont_leur_ligne_a_verifier():
    """§2.1, §4.1 and §12 name them, and nobody has read them again yet."""
    lues = {reference["cle"]: reference["a_verifier"] for reference in references()}
    for numero in ("59", "62", "77", "78", "94", "101", "102", "154"):
        assert lues[f"CPP-{numero}"] is True
    assert lues["CR-R235-8"] is True


def test_chaque_reference_et_chaque_service_de_la_table_existent(lignes):
    services = yaml.safe_load((DONNEES / "services.yaml").read_text(encoding="utf-8"))["services"]
    assert {cle for ligne in lignes for cle in ligne.articles} <= {reference["cle"] for reference in references()}
    assert {code for ligne in lignes for code in ligne.circuit} <= {service["code"] for service in services}


@pytest.mark.parametrize(
    ("cadre", "acte", "age", "statut", "attendue"),
    [
        ("FLAG", "EX_GAV", 9, "gav", MOINS_DE_10),
        ("FLAG", "EX_GAV", 10, "gav", DE_10_A_13),
        ("FLAG", "EX_GAV", 12, "gav", DE_10_A_13),
        ("FLAG", "EX_GAV", 13, "gav", MOINS_DE_16),
        ("FLAG", "EX_GAV", 15, "gav", MOINS_DE_16),
        ("FLAG", "EX_GAV", 16, "gav", "au-delà de 48 heures"),
        ("FLAG", "EX_GAV", None, "gav", "au-delà de 48 heures"),
        ("ROUTE", "PREL_ALC", 40, "defunte", DECEDEE),
        ("FLAG", "EX_SUSP", 40, "detenue", DETENUE),
        ("FLAG", "EX_VICT", 12, "victime", "au-delà de 48 heures"),
    ],
)
def test_ce_qu_est_la_personne_passe_avant_ce_qu_a_dit_le_requerant(cadre, acte, age, statut, attendue):
    assert precision_de(cadre, acte, age=age, statut=statut, choisie="au-delà de 48 heures") == attendue


def test_l_autopsie_d_une_personne_tuee_sur_la_route_appelle_le_procureur(lignes):
    declaree = {"age": 40, "choisie": AUTOPSIE}
    assert precision_de("ROUTE", "PREL_STUP", statut="defunte", **declaree) == AUTOPSIE
    assert precision_de("ROUTE", "PREL_STUP", statut="victime", **declaree) == "", (
        "une personne vivante ne s’autopsie pas"
    )
    assert chercher(lignes, "ROUTE", "PREL_STUP", le=LE, precision=AUTOPSIE).autorisation == "procureur"
    assert chercher(lignes, "ROUTE", "PREL_STUP", le=LE, precision=DECEDEE).autorisation == "aucune"


def test_avant_dix_ans_aucune_ligne_ne_decide(lignes):
    for cadre in Cadre.values:
        assert chercher(lignes, cadre, "EX_GAV", le=LE, precision=MOINS_DE_10) is None


def signatures(lignes, cadre, acte, qualite, precision=""):
    return " ".join(decider(lignes, cadre, acte, qualite, le=LE, precision=precision).signatures)


def test_qui_signe(lignes):
    assert "contrôle l’acte" in signatures(lignes, "FLAG", "EX_VICT", "APJ")
    assert "contrôle l’acte" not in signatures(lignes, "PRELIM", "EX_VICT", "APJ")
    assert "contrôle l’acte" in signatures(lignes, "PRELIM", "VIDEO", "ASSIST")
    assert "instruction générale" in signatures(lignes, "PRELIM", "VIDEO", "OPJ")
    assert "Le procureur : autorisation" not in signatures(lignes, "PRELIM", "DOSSIER", "SUBSTITUT")
    assert "commission rogatoire" in signatures(lignes, "CR", "DOSSIER", "OPJ")
    assert "commission rogatoire" not in signatures(lignes, "CR", "DOSSIER", "JI")
    assert "accord nominatif" in signatures(lignes, "FLAG", "DOSSIER", "OPJ")
    assert "représentant de l’Ordre" in signatures(lignes, "FLAG", "SAISIE", "PR", "perquisition")
    assert "serment" in signatures(lignes, "FLAG", "EX_VICT", "OPJ")
    assert "serment" not in signatures(lignes, "FLAG", "EX_GAV", "OPJ")
