import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from bilans import retours
from bilans.models import RetourExperience
from fiches.chargement.ecriture import ecrire
from fiches.chargement.verification import lire_dossier
from fiches.models import VersionFiche
from tests.bilans.scene import Annee, jour
from tests.distribution import DONNEES, Distribution

PASSAGE = "etapes-1"
TEXTE = "La pièce fermée est prise la nuit, canari."


@pytest.fixture
def fin_d_annee() -> Iterator[None]:
    """The middle of December 2026: eleven months and a half are counted."""
    with time_machine.travel(jour(12, 15), tick=True):
        yield


@pytest.fixture
def annee(distribution: Distribution) -> Annee:
    return Annee(distribution)


@pytest.fixture
def fiches(distribution: Distribution) -> None:
    ecrire(lire_dossier(DONNEES))


def version(numero: int = 1) -> VersionFiche:
    return VersionFiche.objects.select_related("fiche__thematique__convention").get(
        fiche__numero=numero, etat="EN_VIGUEUR"
    )


@pytest.fixture
def deposer(fiches: None, distribution: Distribution) -> Callable[..., RetourExperience]:
    def faire(nom: str = "soignante", **champs: Any) -> RetourExperience:
        return retours.deposer(
            **{
                "version": version(),
                "passage": PASSAGE,
                "acteur": distribution.acteur(nom),
                "categorie": "IMPOSSIBLE",
                "texte": TEXTE,
                "cle": uuid.uuid4(),
                **champs,
            }
        )

    return faire
