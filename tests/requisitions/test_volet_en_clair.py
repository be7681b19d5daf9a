"""What leaves the seal of an act's answers to be counted: codes and hours, written by the row itself."""

from datetime import datetime
from importlib import import_module
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps

from requisitions.models import Volet
from requisitions.models.volet import EN_CLAIR, en_clair
from requisitions.types_acte import Genre, type_acte
from tests.requisitions.scene_audition import INAPTE, medecin, midi, noter, patient

__all__ = ["medecin", "midi", "patient"]

DIX_HEURES = datetime(2026, 11, 24, 10, tzinfo=ZoneInfo("UTC"))
VIDE = {
    "aptitude": "", "aptitude_le": None, "accord": "", "accompagnement": "", "ordre_presence": "", "debut": None,
}  # fmt: skip
PARTOUT = {
    "aptitude": "inapte", "aptitude_le": "2026-11-24T10:00+00:00", "accord_patient": "refus",
    "accompagnement": "accepte", "ordre_presence": "present", "debut": "2026-11-24T10:00+00:00",
    "conditions": "CANARI", "professionnel": "CANARI", "ordre_representant": "CANARI", "conclusion": "CANARI",
}  # fmt: skip


@pytest.mark.parametrize(
    ("acte", "tenus"),
    [
        ("AUD_PAT", {"aptitude": "inapte", "aptitude_le": DIX_HEURES, "accord": "refus"}),
        ("AUD_PRO", {"accompagnement": "accepte"}),
        ("SAISIE", {"ordre_presence": "present", "debut": DIX_HEURES}),
        ("EX_GAV", {}),
        ("PSY", {}),
    ],
)
def test_chaque_acte_ne_laisse_voir_que_ce_qui_se_compte(acte, tenus):
    assert en_clair(acte, PARTOUT) == {**VIDE, **tenus}
    assert en_clair(acte, {}) == VIDE


def test_rien_de_libre_ne_sort_du_sceau():
    for acte, colonnes in EN_CLAIR.items():
        champs = {champ.nom: champ.genre for champ in type_acte(acte).volet}
        assert {champs[nom] for nom in colonnes.values()} <= {Genre.CHOIX, Genre.MOMENT}


def test_l_avis_du_medecin_se_recopie_et_s_efface_avec_ses_reponses(patient, medecin):
    dossier = noter(patient(), medecin, INAPTE)
    volet = Volet.objects.get(dossier=dossier)
    assert (volet.aptitude, volet.aptitude_le, volet.accord) == ("inapte", DIX_HEURES, "ecrit")
    assert volet.history.first().aptitude == "inapte"
    volet.donnees = {}
    volet.save()
    assert Volet.objects.filter(dossier=dossier, aptitude="", aptitude_le=None, accord="").exists()


def test_ce_qui_etait_scelle_avant_la_recopie_est_recopie_une_fois(patient, medecin):
    dossier = noter(patient(), medecin, INAPTE)
    Volet.objects.filter(dossier=dossier).update(aptitude="", aptitude_le=None, accord="")
    import_module("requisitions.migrations.0039_volet_en_clair").recopier(apps, None)
    assert Volet.objects.filter(dossier=dossier, aptitude="inapte", aptitude_le=DIX_HEURES, accord="ecrit").exists()
