"""A closed envelope: its printable inventory, and the hand-over that closes the delivery."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from requisitions import workflow as w
from transitions.workflow import TransitionRefusee


@pytest.fixture
def prete(affectee, juriste, fichier):
    """A planning under a numbered seal."""
    dossier = affectee("RH")
    w.verser_piece(dossier=dossier, acteur=juriste, intitule="Planning", fichier=fichier(), classe="judiciaire")
    dossier = w.preparer_reponse(dossier=dossier, acteur=juriste)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    with pytest.raises(TransitionRefusee, match="numéro du scellé"):
        w.mettre_a_disposition(dossier=dossier, acteur=juriste, support="scelle_ferme")
    return w.mettre_a_disposition(dossier=dossier, acteur=juriste, support="scelle_ferme", scelle="CHV-2026-7")


def test_un_pli_ferme_ne_se_telecharge_pas(prete, opj, distribution):
    remise = prete.remises.get()
    assert (remise.fichier, remise.manifeste[0]["pages"]) == (None, 1)
    with pytest.raises(TransitionRefusee, match="contre signature"):
        w.ouvrir_pli(dossier=prete, acteur=opj)
    page = distribution.client("opj").get(reverse("requisitions:retrait", args=[prete.cle])).content.decode()
    assert "CHV-2026-7" in page
    assert "signer le récépissé" not in page


def test_la_remise_en_main_propre_dit_qui_quand_et_comment_puis_clot_la_remise(prete, juriste, distribution):
    client, adresse = distribution.client("juriste"), reverse("requisitions:main_propre", args=[prete.cle])
    page = client.post(adresse, {"nom": "Adj. Caradec", "le": ""}).content.decode()
    assert "comment l’identité a été vérifiée" in page
    assert "Adj. Caradec" in page
    saisie = {"nom": "Adj. Caradec, POLICE-CSP", "identite": "carte"}
    demain = (timezone.localtime() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    assert "pas dans l’avenir" in client.post(adresse, {**saisie, "le": demain}).content.decode()
    assert client.post(adresse, {**saisie, "le": timezone.localtime().strftime("%Y-%m-%dT%H:%M")}).status_code == 302
    remise = prete.remises.get()
    assert (remise.porteur, remise.identite, remise.confiee_par_id) == (
        "Adj. Caradec, POLICE-CSP",
        "carte",
        juriste.utilisateur_id,
    )
    dossier = Dossier.objects.get(pk=prete.pk)
    assert dossier.etat == "REMISE"
    with pytest.raises(TransitionRefusee, match="main propre"):
        w.revoquer(dossier=dossier, acteur=juriste, motif="Erreur.")
    assert w.clore(dossier=dossier, acteur=juriste).etat == "CLOTUREE"
    assert distribution.client("opj").get(adresse).status_code == 403


def test_une_reponse_numerique_ne_se_remet_pas_au_guichet(affectee, juriste):
    dossier = affectee("PRESENCE")
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="absent", protegee=False)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    with pytest.raises(TransitionRefusee, match="dans Trait d’union"):
        w.remettre_en_main(dossier=dossier, acteur=juriste, porteur=w.Porteur("Adj. Caradec", "carte", timezone.now()))
