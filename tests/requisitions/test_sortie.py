"""The exit control: the name read again in each medical piece, and a second person for what is medical."""

import pytest
from django.urls import reverse

from documents import coffre
from requisitions import workflow as w
from requisitions.policies import peut_mettre_a_disposition
from tests.documents.pdf_ecrits import pdf
from transitions.verdict import OUI
from transitions.workflow import TransitionRefusee


@pytest.fixture
def accordee(affectee, medecin, juriste):
    """Two pieces kept by the doctor: one names the patient, the other somebody else."""
    dossier = affectee()
    for texte in ("Passage de Mme DELCAMBRE Lucie.", "Passage de Mme Vandewalle."):
        fichier = coffre.deposer(pdf(texte), extension="pdf", type_mime="application/pdf")
        piece = w.verser_piece(
            dossier=dossier, acteur=medecin, intitule="Compte rendu", fichier=fichier, classe="medical"
        )
        w.trier(dossier=dossier, acteur=medecin, piece=piece, decision="remettre")
    dossier = w.donner_accord(dossier=dossier, acteur=medecin, choix="total", identite_verifiee=True, ins="qualifiee")
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    return dossier


def test_une_piece_qui_ne_porte_pas_le_nom_attend_qu_un_medecin_la_relise(accordee, juriste):
    with pytest.raises(TransitionRefusee, match="ne se lit pas dans la pièce n°\u00a02"):
        w.mettre_a_disposition(dossier=accordee, acteur=juriste)
    w.mettre_a_disposition(dossier=accordee, acteur=juriste, nom_relu=True)
    assert accordee.remises.get().controle == {"lu": [1], "absent": [2], "illisible": []}


def test_une_piece_sans_texte_a_lire_attend_aussi_qu_un_medecin_la_relise(affectee, medecin, juriste, fichier):
    """A scan, a picture: the tool reads no name in it, so a person does (§2.5.8)."""
    dossier = affectee()
    piece = w.verser_piece(dossier=dossier, acteur=medecin, intitule="Radio", fichier=fichier(), classe="medical")
    w.trier(dossier=dossier, acteur=medecin, piece=piece, decision="remettre")
    dossier = w.donner_accord(dossier=dossier, acteur=medecin, choix="total", identite_verifiee=True, ins="qualifiee")
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    with pytest.raises(TransitionRefusee, match="ne se lit pas dans la pièce n°\u00a01") as refus:
        w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    assert refus.value.champ == "nom_relu"
    w.mettre_a_disposition(dossier=dossier, acteur=juriste, nom_relu=True)
    assert dossier.remises.get().controle == {"lu": [], "absent": [], "illisible": [1]}


def test_qui_a_prepare_des_pieces_medicales_ne_les_met_pas_a_disposition(accordee, medecin, monkeypatch):
    monkeypatch.setattr("requisitions.workflow.table.WORKFLOW.verdict", lambda nom, dossier, acteur: OUI)
    with pytest.raises(TransitionRefusee, match="une autre personne"):
        w.mettre_a_disposition(dossier=accordee, acteur=medecin, nom_relu=True)
    assert not peut_mettre_a_disposition(accordee, medecin)


def test_l_inventaire_se_relit_avant_de_partir(accordee, distribution):
    adresse = reverse("requisitions:reponse", args=[accordee.cle])
    envoi = {"geste": "remettre", "support": "scelle_ferme", "scelle": "CHV-9"}
    page = distribution.client("juriste").post(adresse, envoi).content.decode()
    assert "Relisez l’inventaire" in page
    assert "CHV-9" in page
    assert not accordee.remises.exists()
