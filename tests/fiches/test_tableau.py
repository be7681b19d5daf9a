"""Partners × passages: who approves what, who holds back which passage, and where remarks are open."""

from typing import Any

import pytest
from django.urls import reverse

from fiches import remarques, workflow
from fiches.comparaison import changements
from fiches.models import VersionFiche, Visa
from fiches.positions import manquants
from fiches.tableau import tableau
from tests.distribution import Distribution
from tests.fiches.conftest import reecrire, relire
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db
COMPARER = ("1", "1.0", "1.1")


@pytest.fixture
def deux_passages(projet: VersionFiche, referente: Any) -> VersionFiche:
    """Version 1.1 under approval: « L’essentiel » and « À éviter » change."""
    reecrire(projet, referente, a_eviter=["Ne laissez pas la personne seule avec l’accompagnant."])
    workflow.soumettre_lecture(version=projet, acteur=referente)
    workflow.ouvrir_approbation(version=projet, acteur=referente)
    return relire(projet)


def donner(version: VersionFiche, acteur: Any, avis: str, passages: tuple[str, ...] = ()) -> Visa:
    motif = "" if avis == "APPROUVE" else "À revoir."
    return workflow.donner_avis(
        version=version, acteur=acteur, avis=avis, motif=motif, empreinte=version.empreinte, passages=passages
    )


def lu(version: VersionFiche, acteur: Any) -> dict[str, list[str]]:
    """For each partner, its words on each changed passage."""
    passages = changements(version.fiche.versions.get(rang=1), version, acteur)
    assert [passage.id for passage in passages] == ["essentiel", "eviter"]
    return {
        rangee.position.institution.code: [case.libelle for case in rangee.cases]
        for rangee in tableau(version, passages)
    }


def test_chaque_partenaire_a_une_case_par_passage(
    deux_passages: VersionFiche, parquet: Any, ordre: Any, douanes: Any, opj: Any
) -> None:
    donner(deux_passages, parquet, "APPROUVE")
    donner(deux_passages, ordre, "RESERVE", ("essentiel",))
    donner(deux_passages, douanes, "BLOQUE")
    cases = lu(deux_passages, opj)
    assert cases["PARQUET"] == ["Approuve", "Approuve"]
    assert cases["CDOM"] == ["Réserve", "Sans réserve"]
    assert cases["DOUANES"] == ["Bloque", "Bloque"]
    assert cases["POLICE"] == ["Attendu", "Attendu"]
    assert len(cases) == 9


def test_une_reserve_sur_un_seul_passage_retient_tout_le_texte(deux_passages: VersionFiche, ordre: Any) -> None:
    donner(deux_passages, ordre, "RESERVE", ("essentiel",))
    assert "CDOM" in {position.institution.code for position in manquants(deux_passages)}
    assert donner(deux_passages, ordre, "APPROUVE", ("essentiel",)).passages == []


def test_une_reserve_vise_un_passage_qui_existe(deux_passages: VersionFiche, ordre: Any) -> None:
    with pytest.raises(TransitionRefusee, match="Choisissez un passage"):
        donner(deux_passages, ordre, "RESERVE", ("etapes-99",))
    assert not Visa.objects.exists()


def test_la_page_montre_le_tableau_et_garde_les_passages_choisis(
    deux_passages: VersionFiche, distribution: Distribution, opj: Any
) -> None:
    remarques.remarquer(version=deux_passages, acteur=opj, passage="eviter", texte="Dire qui reste.")
    client = distribution.client("ordre")
    saisi = {"avis": "RESERVE", "motif": "", "passages": ["essentiel"], "empreinte": deux_passages.empreinte}
    page = client.post(reverse("fiches:avis", args=COMPARER), saisi).content.decode()
    assert 'value="essentiel"' in page
    assert "checked" in page[page.index('value="essentiel"', page.index("Passages visés")) :][:120]
    page = client.post(
        reverse("fiches:avis", args=COMPARER), {**saisi, "motif": "Préciser le lieu."}, follow=True
    ).content.decode()
    assert Visa.objects.get().passages == ["essentiel"]
    assert "Sans réserve" in page
    assert "1 remarque ouverte" in page
    assert "Avis des 9 partenaires" in page
