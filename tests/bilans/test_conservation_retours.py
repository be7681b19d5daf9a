"""A reading, a feedback, a question on secrecy end with their duration, their history with them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bilans.conservation import effacer_les_echus
from bilans.models import RetourExperience
from config.settings import base
from dossiers.conservation.bareme import charger, lire
from fiches import accuses
from fiches.models import AccuseLecture, VersionFiche
from tests.bilans.conftest import version

pytestmark = pytest.mark.django_db
QUATRE_ANS = timedelta(days=4 * 366)


def test_ce_qui_est_echu_s_efface_le_reste_demeure_et_sans_regle_rien_ne_part(
    deposer: Callable[..., RetourExperience], soignante: Any, infirmiere: Any
) -> None:
    clos, ouvert = deposer(), deposer("infirmiere")
    RetourExperience.objects.filter(pk=clos.pk).update(
        etat="CLOS", issue="COMITE", reponse="Oui.", clos_le=timezone.now() - QUATRE_ANS
    )
    RetourExperience.objects.filter(pk=ouvert.pk).update(depose_le=timezone.now() - QUATRE_ANS)
    ancienne, actuelle = version(1), version(2)
    for lue in (ancienne, actuelle):
        accuses.accuser(version=lue, acteur=soignante)
    AccuseLecture.objects.update(lu_le=timezone.now() - QUATRE_ANS)
    VersionFiche.objects.filter(pk=ancienne.pk).update(etat="REMPLACEE")
    effacer_les_echus({})
    assert (RetourExperience.objects.count(), AccuseLecture.objects.count()) == (2, 2)
    charger(lire(base.RACINE / "donnees" / "conservation.yaml"))
    effacer_les_echus({})
    assert list(RetourExperience.objects.all()) == [ouvert]
    assert not RetourExperience.history.filter(id=clos.pk).exists()
    assert [accuse.version_fiche_id for accuse in AccuseLecture.objects.all()] == [actuelle.pk]
