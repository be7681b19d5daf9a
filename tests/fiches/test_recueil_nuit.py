"""A book that says what was is made again at night, for its own convention only."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from convention.models import Convention
from documents.models import Document
from fiches import workflow
from fiches.models import VersionFiche
from fiches.recueil import nuit
from fiches.recueil.demande import depasse
from notifications.models import Envoi
from tests.convention.accord import livre
from tests.distribution import Distribution

pytestmark = pytest.mark.django_db
DEUX_HEURES = datetime(2026, 11, 24, 2, 30, tzinfo=timezone.get_default_timezone())


def ancien(code: str) -> Document:
    """A book made now, an hour after every move of a sheet so far."""
    VersionFiche.history.update(history_date=timezone.now() - timedelta(hours=1))
    return livre(code)


def refaits() -> list[int]:
    return list(Envoi.objects.filter(sujet=nuit.SUJET).values_list("charge__convention", flat=True))


def test_le_livre_se_refait_la_nuit_quand_une_fiche_a_change_et_une_seule_fois(
    en_approbation: VersionFiche, approuver: Callable[..., None], referente: Any, distribution: Distribution
) -> None:
    chv, autre = Convention.objects.get(code="chv-2025"), Convention.objects.get(code="cls-2025")
    du_chv, du_contrat = ancien("chv-2025"), ancien("cls-2025")
    nuit.tour_des_recueils(DEUX_HEURES)
    assert refaits() == []
    approuver(en_approbation)
    workflow.mettre_en_vigueur(version=en_approbation, acteur=referente)
    du_chv.refresh_from_db()
    assert (du_chv.statut, du_contrat.statut) == ("remplace", "en_vigueur")
    assert depasse(du_chv, chv)
    assert not depasse(du_contrat, autre)
    page = distribution.client("referente").get(reverse("fiches:recueil", args=["chv-2025"])).content.decode()
    assert "Une fiche ou un article a changé depuis" in page
    nuit.tour_des_recueils(DEUX_HEURES.replace(hour=14))
    assert refaits() == []
    nuit.tour_des_recueils(DEUX_HEURES)
    nuit.tour_des_recueils(DEUX_HEURES.replace(hour=4))
    assert refaits() == [chv.pk]
