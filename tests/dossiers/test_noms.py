"""A case found by a name, one error of spelling allowed, by those it is addressed to and nobody else."""

import json
import random

import pytest
from django.urls import reverse

from documents.chiffrement import aplatir, indices_approches
from dossiers.models import Personne
from dossiers.noms import chercher_un_nom, ecart_d_au_plus_un
from journal.models import Entree
from tests.signalements.situation import JETON, transmis

LETTRES = "abcdeéï"


def une_faute(mot: str, rang: int, genre: int, lettre: str) -> str:
    rang %= len(mot)
    if genre == 0:
        return mot[:rang] + mot[rang + 1 :]
    if genre == 1:
        return mot[:rang] + lettre + mot[rang:]
    if genre == 2:
        return mot[:rang] + lettre + mot[rang + 1 :]
    return mot[:rang] + mot[rang : rang + 2][::-1] + mot[rang + 2 :]


def test_une_faute_laisse_un_index_commun_et_passe_la_relecture():
    alea = random.Random(20261126)
    for _ in range(2000):
        mot = "".join(alea.choices(LETTRES, k=alea.randint(3, 24)))
        faux = une_faute(mot, alea.randrange(24), alea.randrange(4), alea.choice(LETTRES))
        assert ecart_d_au_plus_un(aplatir(mot), aplatir(faux)), (mot, faux)
        if aplatir(faux):
            assert set(indices_approches(mot)) & set(indices_approches(faux)), (mot, faux)


@pytest.mark.parametrize(("a", "b"), [("martin", "mrtni"), ("petit", "petites"), ("abc", "acd")])
def test_deux_fautes_ne_passent_pas(a, b):
    assert not ecart_d_au_plus_un(a, b)


def test_aucun_index_ne_contient_de_lettres_du_nom():
    assert all(len(index) == 32 and "lefevre" not in index for index in indices_approches("Lefèvre"))
    assert indices_approches("LEFEVRE") == indices_approches("Lefèvre")


@pytest.fixture
def dossier(soignante):
    return transmis(soignante)


@pytest.mark.parametrize("texte", ["canari nom 7a", "CANARI-NOM-7B", "CANARINOM7", "CANAIR-NOM-7A"])
def test_le_parquet_trouve_son_dossier_malgre_une_faute(dossier, parquet, texte):
    (trouvee,) = chercher_un_nom(texte, acteur=parquet, limite=10)
    assert trouvee.dossier == dossier
    assert JETON["nom"] not in trouvee.personne


def test_deux_lettres_ne_suffisent_pas_a_chercher(dossier, parquet):
    Personne.objects.create(dossier=dossier, nom="Li")
    assert chercher_un_nom("Li", acteur=parquet, limite=10) == []


@pytest.mark.parametrize("qui", ["soignante", "cadre", "opj", "crip", "dpo", "admin_chv"])
def test_nul_autre_ne_trouve_par_le_nom(dossier, distribution, qui):
    assert chercher_un_nom(JETON["nom"], acteur=distribution.acteur(qui), limite=10) == []


def test_la_page_montre_la_reference_jamais_le_nom_et_le_journal_compte(dossier, distribution, parquet):
    page = distribution.client("parquet").post(reverse("accueil:recherche"), {"q": "CANARI-NOM-7Z"}).content.decode()
    assert dossier.reference in page
    assert JETON["nom"] not in page
    ligne = Entree.objects.filter(action="chercher").latest("pk")
    assert json.loads(ligne.contenu)["details"]["resultats"] == 1


def test_sans_le_droit_la_page_ne_le_propose_pas(distribution):
    for qui, propose in (("parquet", True), ("opj", False)):
        page = distribution.client(qui).post(reverse("accueil:recherche"), {"q": "x"}).content.decode()
        assert ("ou par un nom" in page) is propose
