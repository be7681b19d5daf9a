"""A Markdown bomb and a list of 5 000 rows: a clear sentence, and nothing saved by halves."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fiches import contenu as contenus
from fiches.models import Redaction, VersionFiche
from fiches.prose import trop_imbrique
from tests.distribution import Distribution
from tests.fiches.conftest import relire
from tests.fiches.test_views_revision import formulaire

REDIGER = "/fiches/1/rediger/"
CINQ_NIVEAUX = "\n".join(f"{'  ' * rang}- niveau {rang}" for rang in range(5))


@pytest.mark.parametrize(
    "bombe",
    [">" * 900 + " mot", "- " * 400 + "mot", CINQ_NIVEAUX, "> " * 5 + "mot", "*a **b *c **d *e f* g** h* i** j*"],
)
def test_ce_que_la_page_ne_montrerait_pas_en_entier_est_trop_imbrique(bombe: str) -> None:
    assert trop_imbrique(bombe)


@pytest.mark.parametrize(
    "texte", ["", "Un mot.", "- a\n  - b\n    - c", "> **gras** et *italique*", "[" * 2000, "*" * 2000, "`" * 2000]
)
def test_un_texte_que_l_on_lit_passe(texte: str) -> None:
    assert not trop_imbrique(texte)


@pytest.mark.django_db
def test_une_bombe_ou_cinq_mille_lignes_dans_un_fichier_disent_une_faute_et_une_seule(convention: None) -> None:
    brut = VersionFiche.objects.get(fiche__numero=1, etat="EN_VIGUEUR").contenu
    bombe = {**brut, "accord": {**brut["accord"], "texte": "> " * 50 + "mot"}}
    with pytest.raises(contenus.ContenuInvalide, match="trop de listes ou de citations") as refus:
        contenus.lire(bombe)
    assert len(refus.value.problemes) == 1
    with pytest.raises(contenus.ContenuInvalide, match="compte 5000 lignes : 100 au plus") as refus:
        contenus.lire({**brut, "delais": [{}] * 5000})
    assert len(refus.value.problemes) == 1


@pytest.fixture
def client(projet: VersionFiche, distribution: Distribution) -> Client:
    return distribution.client("referente")


def refusee(client: Client, projet: VersionFiche, valeurs: dict[str, Any]) -> str:
    """Post the page: it comes back with what was typed, and the text has not moved."""
    reponse = client.post(REDIGER, valeurs)
    assert reponse.status_code == 200
    assert (relire(projet).empreinte, relire(projet).version) == (projet.empreinte, projet.version)
    return reponse.content.decode().replace("\u00a0", " ")


@pytest.mark.django_db
def test_une_bombe_tapee_revient_avec_sa_phrase(client: Client, projet: VersionFiche) -> None:
    valeurs = formulaire(client)
    valeurs["accord_texte"] = [">" * 30 + " mot tapé"]
    vue = refusee(client, projet, valeurs)
    assert "Ce texte a trop de listes ou de citations les unes dans les autres, 4 niveaux au plus." in vue
    assert "mot tapé" in vue


@pytest.mark.django_db
def test_un_texte_trop_long_revient_avec_sa_phrase(client: Client, projet: VersionFiche) -> None:
    valeurs = formulaire(client)
    valeurs["accord_texte"] = ["mot " * 5000]
    assert "3000 caractères" in refusee(client, projet, valeurs)


@pytest.mark.django_db
def test_cinq_mille_lignes_reviennent_avec_leur_phrase(client: Client, projet: VersionFiche) -> None:
    valeurs = formulaire(client)
    valeurs["essentiel"] = ["Une ligne.\n" * 5000]
    assert "5000 lignes, c’est trop : gardez-en 30 au plus." in refusee(client, projet, valeurs)


@pytest.mark.django_db
def test_un_tableau_de_cinq_mille_rangees_revient_avec_sa_phrase(client: Client, projet: VersionFiche) -> None:
    valeurs = formulaire(client)
    valeurs["delais-TOTAL_FORMS"] = ["5000"]
    assert "Cette liste a trop de lignes : 40 au plus." in refusee(client, projet, valeurs)


@pytest.mark.django_db
def test_un_envoi_de_vingt_mille_champs_est_refuse_en_entier(client: Client, projet: VersionFiche) -> None:
    valeurs = formulaire(client)
    valeurs |= {f"delais-{rang}-{champ}": ["x"] for rang in range(5000) for champ in ("objet", "delai")}
    reponse = client.post(REDIGER, valeurs)
    assert reponse.status_code == 400
    assert "Rien n’a été modifié." in reponse.content.decode()
    assert relire(projet).version == projet.version


@pytest.mark.django_db
def test_une_saisie_demesuree_n_est_pas_gardee_et_la_page_l_apprend(client: Client, projet: VersionFiche) -> None:
    valeurs = formulaire(client)
    valeurs["essentiel"] = ["mot " * 200_000]
    assert client.post(reverse("fiches:garder", args=[1]), valeurs).status_code == 413
    assert not Redaction.objects.exists()
