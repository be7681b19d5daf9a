"""Two people write the same text: nothing written over, nothing typed lost (REL-06)."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fiches import redaction, workflow
from fiches.models import Fiche, VersionFiche
from tests.fiabilite.ampleur import nombre
from tests.rapport import consigner

GESTES = st.lists(st.tuples(st.sampled_from(("lire", "taper", "ecrire")), st.integers(0, 1)), min_size=20, max_size=40)
compte = {"pas": 0, "ecrits": 0, "perimes": 0}


@pytest.fixture
def projet(convention: None, referente: Any) -> VersionFiche:
    return workflow.proposer(fiche=Fiche.objects.get(numero=1), acteur=referente)


def jouer(projet: VersionFiche, auteurs: Sequence[Any], gestes: Sequence[tuple[str, int]]) -> None:
    """The model beside the product: a text, its number, and what each of the two last read."""
    present = VersionFiche.objects.get(pk=projet.pk)
    texte, numero, lus = present.titre, present.version, [present.version, present.version]
    for rang, (geste, qui) in enumerate(gestes):
        compte["pas"] += 1
        if geste == "lire":
            lus[qui] = VersionFiche.objects.get(pk=projet.pk).version
            assert lus[qui] == numero
            continue
        titre = f"Titre {compte['pas']} {rang}"
        if geste == "taper":
            tape = redaction.garder(
                version=projet, acteur=auteurs[qui], saisie={"titre": [titre]}, version_lue=lus[qui]
            )
            assert tape.saisie["titre"] == [titre]
            continue
        try:
            workflow.modifier(
                version=projet, acteur=auteurs[qui], titre=titre, contenu=projet.contenu, motif="Essai",
                version_lue=lus[qui],
            )  # fmt: skip
        except workflow.TexteDepasse:
            assert lus[qui] != numero
            compte["perimes"] += 1
        else:
            assert lus[qui] == numero, "un texte a été écrasé"
            texte, numero = titre, VersionFiche.objects.get(pk=projet.pk).version
            compte["ecrits"] += 1
        assert VersionFiche.objects.get(pk=projet.pk).titre == texte


def test_aucun_texte_n_en_ecrase_un_autre(projet: VersionFiche, referente: Any, suppleante: Any) -> None:
    @settings(
        max_examples=nombre(200, 15), deadline=None, suppress_health_check=list(HealthCheck), derandomize=True,
        database=None,
    )  # fmt: skip
    @given(GESTES)
    def plusieurs(gestes: list[tuple[str, int]]) -> None:
        jouer(projet, (referente, suppleante.acteur), gestes)

    plusieurs()
    consigner("rel-06", **compte, perdus=0)
    assert compte["ecrits"] > 10
    assert compte["perimes"] > 10
