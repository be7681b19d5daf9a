"""What does not need the database: articles, hash, months of notice."""

from datetime import date

import pytest

from convention import articles
from convention.models import Convention, Institution, VersionConvention
from convention.parties import phrase_des_manquantes
from convention.textes import quand

LIGNES = [{"id": "objet", "titre": "Objet", "texte": "L'objet : ceci."}, {"titre": "Durée", "texte": "Trois ans."}]


def version(texte: articles.Texte, **champs: object) -> VersionConvention:
    convention = Convention(code="c", etablissement=Institution(code="X"))
    return VersionConvention(
        convention=convention, contenu=texte.en_json(), **{"numero": "a", "nature": "AVENANT", **champs}
    )


def test_un_article_nouveau_recoit_un_identifiant_et_le_texte_sa_typographie() -> None:
    texte = articles.composer(LIGNES, effet_le=None)
    assert [article.id for article in texte.articles] == ["objet", "duree"]
    assert texte.articles[0].texte == "L’objet\u00a0: ceci."
    assert articles.lire(texte.en_json()) == texte


def test_deux_articles_du_meme_titre_ont_deux_identifiants() -> None:
    texte = articles.composer([LIGNES[1], LIGNES[1]], effet_le=None)
    assert [article.id for article in texte.articles] == ["duree", "duree-2"]


@pytest.mark.parametrize(
    "champs",
    [{"numero": "b"}, {"nature": "INITIALE"}, {"institution_admise": Institution(code="ARS"), "nature": "ADHESION"}],
)
def test_l_empreinte_tient_au_texte_a_la_version_et_a_qui_est_admis(champs: dict[str, object]) -> None:
    texte = articles.composer(LIGNES, effet_le=date(2026, 12, 1))
    base = articles.empreinte(version(texte))
    assert base == articles.empreinte(version(articles.lire(texte.en_json())))
    assert articles.empreinte(version(texte, **champs)) != base
    autre = articles.composer(LIGNES, effet_le=date(2026, 12, 2))
    assert articles.empreinte(version(autre)) != base


def test_le_nombre_de_signatures_qui_manquent_se_dit_en_francais() -> None:
    assert phrase_des_manquantes(2) == "2 signatures manquent."
    assert phrase_des_manquantes(1) == "1 signature manque."
    assert phrase_des_manquantes(0) == "Aucune signature ne manque."


@pytest.mark.parametrize(
    ("texte", "attendu"), [("2021", "2021"), ("2024-09", "septembre 2024"), ("2025-05-26", "lundi 26 mai 2025")]
)
def test_l_historique_est_aussi_precis_que_ses_dates(texte: str, attendu: str) -> None:
    assert quand(texte) == attendu
