"""The letters of the seed hold together, and the same seed gives the same letters."""

import random

import pytest
from django.utils import timezone

from dossiers.models import Dossier
from requisitions.demonstration import VARIANTES, fabriquer_requisitions
from requisitions.etats import ETATS


@pytest.fixture
def enveloppes(distribution, opj):
    service, maintenant = distribution.service("POLICE-CSP"), timezone.now()
    return [
        Dossier.objects.create(
            nature="REQUISITION",
            variante=variante,
            etat=etat.code,
            phase=etat.phase,
            reference=f"REQ-2026-{rang:04d}",
            service_emetteur=service,
            cree_par_id=opj.utilisateur_id,
            transmis_le=maintenant,
            transmis_par_id=opj.utilisateur_id,
        )
        for rang, (variante, etat) in enumerate((v, e) for v in VARIANTES for e in ETATS)
    ]


def test_chaque_etat_et_chaque_acte_donnent_une_lettre_enregistrable(enveloppes):
    lettres, personnes = fabriquer_requisitions(enveloppes, random.Random(3))
    assert [lettre.dossier_id for lettre in lettres] == [dossier.pk for dossier in enveloppes]
    for ligne in (*lettres, *personnes):
        ligne.save()
    assert all(lettre.empreinte for lettre in lettres if lettre.dossier.etat in {"PRETE", "REMISE", "REFUSEE"})


def test_la_meme_graine_donne_les_memes_lettres(enveloppes):
    un, deux = (fabriquer_requisitions(enveloppes, random.Random(8))[0] for _ in range(2))
    assert [lettre.mission + lettre.num_procedure for lettre in un] == [
        lettre.mission + lettre.num_procedure for lettre in deux
    ]
