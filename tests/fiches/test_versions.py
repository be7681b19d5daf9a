"""Any two versions of a sheet compared word by word, in page and on paper, against words expected by hand."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from documents.models import Document
from fiches import workflow
from fiches.comparaison import changements
from fiches.models import Fiche, VersionFiche
from tests.coffre_ouvert import lire as lire_fichier
from tests.distribution import Distribution
from tests.fiches.conftest import reecrire, relire
from tests.imprime import texte

pytestmark = pytest.mark.django_db
TOUTES = reverse("fiches:versions", args=[1])


def changer(version: VersionFiche, etape: str, avant: str, apres: str) -> list[dict[str, Any]]:
    """The steps of a version, with a few words of one of them changed."""
    return [
        {**ligne, "texte": ligne["texte"].replace(avant, apres)} if ligne["id"] == etape else ligne
        for ligne in version.contenu["etapes"]
    ]


@pytest.fixture
def trois_versions(
    convention: None, referente: Any, approuver: Callable[..., None]
) -> tuple[VersionFiche, VersionFiche, VersionFiche]:
    """1.0 as it was signed, 1.1 lived through by the nine and in force, 1.2 being prepared."""
    fiche = Fiche.objects.get(numero=1)
    une = workflow.proposer(fiche=fiche, acteur=referente)
    essentiel = [
        "Recevez la personne seule, dans un lieu fermé, même si l’accompagnant insiste.",
        *une.contenu["essentiel"][1:],
    ]
    etapes = changer(une, "etapes-2", "en main propre", "jamais à un proche")
    une = reecrire(une, referente, essentiel=essentiel, etapes=etapes)
    workflow.soumettre_lecture(version=une, acteur=referente)
    workflow.ouvrir_approbation(version=une, acteur=referente)
    approuver(une)
    workflow.mettre_en_vigueur(version=relire(une), acteur=referente)
    deux = workflow.proposer(fiche=fiche, acteur=referente)
    workflow.modifier(
        version=deux,
        acteur=referente,
        titre="Violences au sein du couple",
        contenu={**deux.contenu, "essentiel": [*essentiel, "Notez l’heure de l’appel."]},
        motif="",
        version_lue=deux.version,
    )
    workflow.soumettre_lecture(version=deux, acteur=referente)
    return relire(fiche.versions.get(rang=1)), relire(une), relire(deux)


def mots(avant: VersionFiche, apres: VersionFiche, acteur: Any) -> dict[str, tuple[list[str], list[str]]]:
    """For each changed passage: what was removed, what was added."""
    return {
        passage.id: (
            [segment.texte.strip() for segment in passage.segments if segment.genre == "supprime"],
            [segment.texte.strip() for segment in passage.segments if segment.genre == "ajoute"],
        )
        for passage in changements(avant, apres, acteur)
    }


def test_les_changements_de_deux_versions_sont_ceux_que_l_on_a_ecrits(
    trois_versions: tuple[VersionFiche, VersionFiche, VersionFiche], opj: Any
) -> None:
    signee, en_vigueur, projet = trois_versions
    assert mots(signee, en_vigueur, opj) == {
        "essentiel": ([], [", dans un lieu fermé"]),
        "etapes-2": (["en main propre"], ["jamais à un proche"]),
    }
    assert mots(en_vigueur, projet, opj) == {
        "titre": (["dans le"], ["au sein du"]),
        "essentiel": ([], ["Notez l’heure de l’appel."]),
    }
    assert mots(signee, projet, opj) == {
        "titre": (["dans le"], ["au sein du"]),
        "essentiel": ([], [", dans un lieu fermé", "Notez l’heure de l’appel."]),
        "etapes-2": (["en main propre"], ["jamais à un proche"]),
    }


def test_la_page_des_versions_mene_a_deux_versions_quelconques(
    trois_versions: tuple[VersionFiche, VersionFiche, VersionFiche], distribution: Distribution
) -> None:
    client = distribution.client("opj")
    assert TOUTES in client.get(reverse("fiches:fiche", args=[1])).content.decode()
    page = client.get(TOUTES).content.decode()
    assert [numero for numero in ("1.0", "1.1", "1.2") if f"Version {numero}</a>" in page] == ["1.0", "1.1", "1.2"]
    assert "9 approbations" in page
    reponse = client.get(TOUTES, {"de": "1.0", "a": "1.2"})
    assert reponse["Location"] == reverse("fiches:comparer", args=[1, "1.0", "1.2"])
    lu = html.unescape(client.get(reponse["Location"]).content.decode()).replace("\u00a0", " ")
    assert re.findall(r'<del><span class="sr">Supprimé : </span>(.*?)\s*</del>', lu) == ["dans le", "en main propre"]
    assert re.findall(r'<ins><span class="sr">Ajouté : </span>(jamais.*?)\s*</ins>', lu) == ["jamais à un proche"]


def test_deux_fois_la_meme_version_revient_avec_la_phrase(
    trois_versions: tuple[VersionFiche, VersionFiche, VersionFiche], distribution: Distribution
) -> None:
    client = distribution.client("opj")
    assert "Choisissez deux versions différentes." in client.get(TOUTES, {"de": "1.0", "a": "1.0"}).content.decode()
    assert client.get(TOUTES, {"de": "9.9", "a": "1.0"}).status_code == 200


def test_un_projet_que_l_on_ne_voit_pas_ne_se_choisit_ni_ne_s_imprime(
    projet: VersionFiche, distribution: Distribution
) -> None:
    client = distribution.client("opj")
    assert "1.1" not in client.get(TOUTES).content.decode()
    assert client.post(papier("1.0", "1.1")).status_code == 404


def papier(a: str, b: str) -> str:
    return reverse("fiches:comparer_pdf", args=[1, a, b])


def test_le_papier_dit_les_changements_en_toutes_lettres(
    trois_versions: tuple[VersionFiche, VersionFiche, VersionFiche], distribution: Distribution
) -> None:
    client = distribution.client("opj")
    assert client.get(papier("1.0", "1.1"))["Location"] == reverse("fiches:comparer", args=[1, "1.0", "1.1"])
    assert not Document.objects.exists()
    reponse = client.post(papier("1.0", "1.1"), follow=True)
    assert reponse["Content-Type"] == "application/pdf"
    lu = texte(reponse.content)
    assert "[Supprimé : en main propre]" in lu
    assert "[Ajouté : jamais à un proche]" in lu
    assert "2 passages modifiés." in lu


def test_chaque_institution_a_son_papier_et_chaque_couple_de_versions_le_sien(
    trois_versions: tuple[VersionFiche, VersionFiche, VersionFiche], distribution: Distribution, referente: Any
) -> None:
    opj: Client = distribution.client("opj")
    opj.post(papier("1.0", "1.1"))
    opj.post(papier("1.0", "1.1"))
    opj.post(papier("1.1", "1.0"))
    distribution.client("soignante").post(papier("1.0", "1.1"))
    documents = Document.objects.order_by("pk")
    assert [document.genre for document in documents] == ["ecart-1-2-police", "ecart-2-1-police", "ecart-1-2-chv"]
    assert len({document.objet_cle for document in documents}) == 2
    assert lire_fichier(documents[0].fichier).startswith(b"%PDF")
    workflow.abandonner(version=relire(trois_versions[2]), acteur=referente)
    workflow.abroger(version=relire(trois_versions[1]), acteur=referente)
    assert {document.statut for document in Document.objects.all()} == {"en_vigueur"}
