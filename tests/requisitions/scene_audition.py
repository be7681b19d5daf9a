"""Hearings at each stage, for the tests of what they become."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requisitions import workflow as w
from requisitions.workflow import Constat
from tests.requisitions.test_parcours import rappeler

MIDI = timezone.make_aware(datetime(2026, 11, 24, 12))
H = timedelta(hours=1)
APTE = {"aptitude": "apte", "aptitude_le": "2026-11-24T10:00+00:00", "accord_patient": "ecrit"}
INAPTE = {"aptitude": "inapte", "aptitude_le": "2026-11-24T10:00+00:00", "accord_patient": "ecrit"}
# What nobody outside the carers reads of a deferral.
SANTE = ("médecin", "inapte", "Inapte", "médical", "avis", "santé", "aptitude")


@pytest.fixture
def midi(time_machine):
    time_machine.move_to(MIDI, tick=False)
    return time_machine


@pytest.fixture
def medecin(distribution):
    return distribution.acteur("medecin")


@pytest.fixture
def patient(midi, validee, juriste, distribution):
    """A hearing entrusted to the doctor, the requester called back."""

    def faire(**champs):
        dossier = validee("AUD_PAT", **{"statut_personne": "temoin", "mission": "CANARI-MISSION", **champs})
        dossier = w.affecter(
            dossier=dossier,
            acteur=juriste,
            consigne="Dire si elle peut répondre.",
            medecin=distribution.utilisateur("medecin"),
        )
        rappeler(distribution.client("juriste"), dossier)
        return dossier

    return faire


@pytest.fixture
def programmee(patient, juriste, distribution):
    def faire(dossier=None, quand=MIDI + 4 * H, lieu="local", **champs):
        dossier = dossier or patient(**champs)
        w.programmer_audition(
            dossier=dossier,
            acteur=juriste,
            prevue_pour=quand,
            lieu=lieu,
            service_prevenu=distribution.service("CHV-CHIR"),
        )
        dossier.refresh_from_db()
        return dossier

    return faire


def noter(dossier, medecin, reponses):
    return w.remplir_volet(dossier=dossier, acteur=medecin, reponses=reponses)


def tenue(debut=MIDI + 4 * H, fin=MIDI + 5 * H, **champs):
    return Constat("realisee", lieu="local", debut=debut, fin=fin, **champs)


def remettre(dossier, juriste):
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste, nom_relu=True)
    assert dossier.etat == "PRETE"
    return dossier


def page(distribution, qui, nom, dossier):
    return distribution.client(qui).get(reverse(f"requisitions:{nom}", args=[dossier.cle])).content.decode()
