"""An act raced by many happens once (REL-07)."""

import threading
from collections import Counter

import pytest
from django.db import OperationalError, connection

from dossiers.models import Dossier
from prises_en_charge import workflow
from signalements import instruction
from tests.distribution import Distribution
from tests.fiabilite.ampleur import nombre
from tests.prises_en_charge.scene import PROGRAMMEE, Scene
from tests.rapport import consigner
from tests.signalements.situation import transmis
from transitions.workflow import TransitionRefusee

FILS, DOSSIERS = nombre(50, 10), nombre(50, 4)


def _courir(dossier: Dossier, agir: object) -> Counter[str]:
    """Everybody at once, each on their own connection."""
    depart, issues = threading.Barrier(FILS), Counter[str]()

    def un() -> None:
        try:
            depart.wait(60)
            agir(Dossier.objects.get(pk=dossier.pk))  # type: ignore[operator]
            issues["faits"] += 1
        except TransitionRefusee:
            issues["refuses"] += 1
        except OperationalError:
            issues["interblocages"] += 1
        finally:
            connection.close()

    fils = [threading.Thread(target=un) for _ in range(FILS)]
    for chacun in fils:
        chacun.start()
    for chacun in fils:
        chacun.join()
    return issues


@pytest.mark.django_db(transaction=True)
def test_un_geste_que_beaucoup_font_ensemble_n_a_lieu_qu_une_fois(distribution: Distribution) -> None:
    parquet, escorte = distribution.acteur("parquet"), distribution.acteur("escorte")
    issues, doubles = Counter[str](), 0
    for _ in range(DOSSIERS):
        lettre = transmis(distribution.acteur("soignante"))
        issues += _courir(lettre, lambda dossier: instruction.accuser_reception(dossier=dossier, acteur=parquet))
        doubles += lettre.evenements.filter(nom="accuser_reception").count() - 1
        detenu = Scene(distribution).jusqu_a(*PROGRAMMEE)
        issues += _courir(detenu, lambda dossier: workflow.signaler_arrivee(dossier=dossier, acteur=escorte))
        doubles += detenu.evenements.filter(nom="signaler_arrivee").count() - 1
    consigner(
        "rel-07", fils=FILS, dossiers=2 * DOSSIERS, gestes=sum(issues.values()), doubles=doubles,
        interblocages=issues["interblocages"],
    )  # fmt: skip
    assert issues == {"faits": 2 * DOSSIERS, "refuses": 2 * DOSSIERS * (FILS - 1)}
    assert doubles == 0
