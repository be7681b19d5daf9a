"""Who may do what, and the reason given when one may not."""

import pytest

from signalements import policies
from signalements.workflow import WORKFLOW
from tests.signalements.situation import brouillon, recu, transmis


def test_un_soignant_et_une_assistante_sociale_peuvent_commencer(soignante, sociale, medecin):
    assert all(policies.peut_commencer(acteur) for acteur in (soignante, sociale, medecin))


@pytest.mark.parametrize("qui", ["parquet", "opj", "securite", "referente", "dpo", "prefecture", "cadre"])
def test_les_autres_ne_commencent_pas_de_signalement(distribution, qui):
    verdict = policies.peut_commencer(distribution.acteur(qui))
    assert not verdict
    assert "soignant" in verdict.raison


def test_seul_l_auteur_ecrit_tant_que_c_est_un_brouillon(soignante, infirmiere):
    dossier = brouillon(soignante)
    assert policies.peut_ecrire(dossier, soignante)
    assert not policies.peut_ecrire(dossier, infirmiere)


def test_apres_l_envoi_l_auteur_complete_mais_n_ecrit_plus(soignante):
    dossier = transmis(soignante)
    assert "figé" in policies.peut_ecrire(dossier, soignante).raison
    assert policies.peut_completer(dossier, soignante)


def test_le_destinataire_est_le_service_adresse_et_lui_seul(soignante, parquet, opj, juriste):
    dossier = transmis(soignante)
    assert policies.est_destinataire(dossier, parquet)
    assert not any(policies.est_destinataire(dossier, acteur) for acteur in (soignante, opj, juriste))


def test_les_boutons_suivent_l_etat(soignante, parquet):
    dossier = transmis(soignante)
    permis = {transition.nom for transition, verdict in WORKFLOW.disponibles(dossier, parquet) if verdict}
    assert permis == {"accuser_reception", "reorienter"}
    assert not any(verdict for _, verdict in WORKFLOW.disponibles(dossier, soignante))


def test_une_suite_attend_que_la_reception_soit_accusee(soignante, parquet):
    assert not WORKFLOW.verdict("enregistrer_suite", transmis(soignante), parquet)


def test_reception_accusee_ouvre_la_suite(soignante, parquet):
    assert WORKFLOW.verdict("enregistrer_suite", recu(soignante, parquet), parquet)
