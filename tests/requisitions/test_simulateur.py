"""The simulator: three choices, the verdict with its reasons, its texts and who signs; nothing is kept."""

import re

import pytest
from django.urls import reverse

from dossiers.models import Brouillon, Dossier
from fiches.models import ReferenceLegale
from tests.distribution import Distribution

URL = "/requisitions/simulateur/"


@pytest.fixture(autouse=True)
def textes(table, distribution):
    ReferenceLegale.objects.create(
        cle="CPP-77-1-1", code="Code de procédure pénale", article="77-1-1", debut="1959-03-02", fin="2028-12-31"
    )


def page(distribution: Distribution, qui: str = "juriste", **choix: str) -> str:
    reponse = distribution.client(qui).get(URL, choix)
    assert reponse.status_code == 200
    return " ".join(reponse.content.decode().split())


def test_une_demande_admise_dit_pourquoi_qui_signe_et_quel_texte(distribution):
    html = page(distribution, cadre="PRELIM", type_acte="VIDEO", qualite="ASSIST")
    for attendu in (
        "Admise par la table",
        "Ligne 36",
        "assistant d’enquête",
        "nommé, il contrôle l’acte",
        "instruction générale en cours",
        "Code de procédure pénale 77-1-1",
        "jusqu’au",
        "gel &lt; 1 h",
    ):
        assert attendu in html, attendu


@pytest.mark.parametrize(
    ("choix", "titre"),
    [
        ({"cadre": "CIVIL", "type_acte": "VIDEO", "qualite": "OPJ"}, "Non prévue : refusée par défaut"),
        ({"cadre": "CR", "type_acte": "VIDEO", "qualite": "APJ"}, "Non prévue : refusée par défaut"),
        ({"cadre": "DOUANE_JUD", "type_acte": "INCORP", "qualite": "ODJ"}, "À confirmer par le conseil"),
        ({"cadre": "FLAG", "type_acte": "SAISIE", "qualite": "OPJ"}, "À confirmer par le conseil"),
        (
            {"cadre": "FLAG", "type_acte": "SAISIE", "qualite": "PR", "precision": "perquisition"},
            "Admise par la table",
        ),
        ({"cadre": "IPM", "type_acte": "CERT_IPM", "qualite": "OPJ"}, "Se demande ailleurs"),
    ],
)
def test_les_quatre_reponses(distribution, choix, titre):
    assert " ".join(titre.split()) in page(distribution, **choix)


def test_un_choix_oublie_se_dit_a_cote_et_les_autres_restent(distribution):
    html = page(distribution, cadre="PRELIM", type_acte="VIDEO", qualite="")
    assert "Choisissez la qualité de la personne qui demande." in html
    assert re.search(r'value="PRELIM"[^>]*selected', html)
    assert "Pourquoi" not in html


def test_avant_la_table_rien_n_est_prevu(distribution):
    assert "refusée par défaut" in page(distribution, cadre="FLAG", type_acte="DOSSIER", qualite="OPJ", le="2024-01-01")


def test_un_requerant_ne_lit_le_nom_d_aucun_service_de_soin(distribution):
    choix = {"cadre": "PRELIM", "type_acte": "PSY", "qualite": "OPJ"}
    assert "sychiatrie" in page(distribution, "juriste", **choix)
    assert "sychiatrie" not in page(distribution, "opj", **choix).replace("Examen psychiatrique", "")


@pytest.mark.parametrize("qui", ["juriste", "referente", "opj", "gendarme", "parquet", "juge", "directrice"])
def test_ceux_qui_en_ont_l_usage_l_ouvrent(distribution, qui):
    assert distribution.client(qui).get(URL).status_code == 200


@pytest.mark.parametrize("qui", ["soignante", "medecin", "securite", "ordre", "dpo"])
def test_les_autres_non(distribution, qui):
    assert distribution.client(qui).get(URL).status_code == 403


def test_rien_n_est_garde(distribution):
    page(distribution, "opj", cadre="FLAG", type_acte="DOSSIER", qualite="OPJ")
    assert not Dossier.objects.exists()
    assert not Brouillon.objects.exists()
    assert distribution.client("opj").post(URL).status_code == 405


@pytest.mark.parametrize(("qui", "nom"), [("opj", "miennes"), ("juriste", "file")])
def test_on_y_va_depuis_sa_liste(distribution, qui, nom):
    assert URL in distribution.client(qui).get(reverse(f"requisitions:{nom}")).content.decode()
