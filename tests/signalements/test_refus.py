"""Who may not live a voie is told so, with the reason: before the first step, and again at the sending."""

import uuid

import pytest
from django.urls import reverse

from dossiers.models import Dossier
from signalements.voies import VOIES
from tests.signalements.situation import pret, references

RESERVEES = {"VC_SANS_ACCORD": "de santé.", "MAJEUR_AVEC_ACCORD": "de santé."}
NI_SOIGNANT_NI_SOCIAL = ("cadre", "juriste", "opj", "parquet", "prefecture", "crip", "ars", "referente")
ENVOI = {"telephone_rappel": "01 99 00 12 34", "alertes_lues": "on", "attestation_conscience": "on"}


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


def test_aucune_voie_ne_s_ouvre_a_qui_n_a_pas_constate_et_la_raison_se_lit(distribution):
    references()
    for nom in NI_SOIGNANT_NI_SOCIAL:
        client = distribution.client(nom)
        for voie in VOIES.values():
            adresse = reverse("signalements:nouveau", args=[voie.adresse])
            page, refus = client.get(adresse), client.post(adresse, {"cle": uuid.uuid4()})
            assert (page.status_code, refus.status_code) == (200, 403), (nom, voie.code)
            for reponse in (page, refus):
                assert "s’écrit par le soignant ou le travailleur social qui a constaté les faits" in lu(reponse)
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("code", VOIES)
def test_une_assistante_sociale_lit_des_le_depart_si_la_voie_n_est_pas_pour_elle(code, distribution):
    references()
    page = lu(distribution.client("sociale").get(reverse("signalements:nouveau", args=[VOIES[code].adresse])))
    assert ("pas ouverte à votre profession" in page) is (code in RESERVEES)
    assert ("Demandez à un médecin, une sage-femme ou un infirmier" in page) is (code in RESERVEES)


@pytest.mark.parametrize("code", RESERVEES)
def test_l_envoi_lui_est_refuse_avec_la_meme_raison_et_rien_ne_part(code, sociale, distribution):
    dossier = pret(sociale, code)
    client, adresse = distribution.client("sociale"), reverse("signalements:verifier", args=[dossier.cle])
    destinataire = distribution.service("PARQUET-PERM").pk
    for reponse in (client.get(adresse), client.post(adresse, {**ENVOI, "destinataire": destinataire})):
        assert reponse.status_code == 200
        assert "Cette base légale est réservée aux professionnels de santé" in lu(reponse)
    assert Dossier.objects.get().etat == "BROUILLON"


def test_un_second_clic_sur_transmettre_ne_transmet_pas_deux_fois(soignante, distribution):
    dossier = pret(soignante)
    client, adresse = distribution.client("soignante"), reverse("signalements:verifier", args=[dossier.cle])
    envoi = {**ENVOI, "destinataire": distribution.service("PARQUET-PERM").pk, "version": str(dossier.version)}
    reponses = [client.post(adresse, envoi) for _ in range(2)]
    assert [reponse.url for reponse in reponses] == [reverse("signalements:transmis", args=[dossier.cle])] * 2
    assert Dossier.objects.get().reference
    assert dossier.pieces.exclude(document=None).count() == 1


def test_un_nom_trop_long_se_dit_et_reste_a_corriger(soignante, distribution):
    dossier = pret(soignante)
    client, adresse = distribution.client("soignante"), reverse("signalements:personne", args=[dossier.cle])
    envoi = {"nom": "N" * 200, "sexe": "F", "age": "39", "contact_sur": "Par sa sœur."}
    page = lu(client.post(adresse, {**envoi, "enfants-TOTAL_FORMS": "0", "enfants-INITIAL_FORMS": "0"}))
    assert "N" * 200 in page
    assert "120" in page.split("error-summary")[1][:900]
