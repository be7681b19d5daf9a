"""A passage of a third party is hidden by the doctor, and its release is blocked while it can be read."""

import pikepdf
import pytest
from django.urls import reverse

from documents import coffre
from documents.relecture import relire
from requisitions import workflow as w
from requisitions.elements import Reponse
from requisitions.forms.occultation import OccultationForm
from requisitions.models import Tri
from requisitions.policies import peut_donner_accord
from tests.coffre_ouvert import lire as lire_fichier
from tests.documents.pdf_ecrits import pdf
from transitions.workflow import TransitionRefusee

TEXTES = ("Passage du 21 novembre.", "Accompagnée de Mme Vandewalle, sa voisine.")


def verser(dossier, medecin, octets, intitule="Compte rendu"):
    fichier = coffre.deposer(octets, extension="pdf", type_mime="application/pdf")
    return w.verser_piece(dossier=dossier, acteur=medecin, intitule=intitule, fichier=fichier, classe="medical")


def prete(dossier, medecin, juriste):
    w.donner_accord(
        dossier=dossier, acteur=medecin, choix="partiel", motif="tiers", identite_verifiee=True, ins="qualifiee"
    )
    partiel = {1: Reponse("partiel", precision="Ce qui concerne un tiers.")}
    w.repondre_elements(dossier=dossier, acteur=juriste, reponses=partiel)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())


def test_la_copie_masquee_part_a_la_place_et_ne_dit_plus_le_nom(affectee, medecin, juriste):
    dossier = affectee()
    piece = verser(dossier, medecin, pdf(*TEXTES))
    tri = w.occulter(dossier=dossier, acteur=medecin, piece=piece, mots=["Vandewalle"])
    prete(dossier, medecin, juriste)
    w.mettre_a_disposition(dossier=dossier, acteur=juriste, nom_relu=True)
    assert tri.occultee in dossier.remises.get().pieces.all()
    assert piece not in dossier.remises.get().pieces.all()
    assert relire(lire_fichier(tri.occultee.fichier), ["Vandewalle"]) == []
    assert Tri.objects.get(piece=piece).consigne["mots"] == ["Vandewalle"]


def test_une_copie_faite_ailleurs_ou_le_mot_reste_est_refusee_avec_sa_page(affectee, medecin):
    dossier = affectee()
    piece = verser(dossier, medecin, pdf(*TEXTES))
    annotation = {"Subtype": pikepdf.Name.Text, "Contents": pikepdf.String("Mme Vandewalle")}
    ratee = coffre.deposer(pdf("Passage.", annotation=annotation), extension="pdf", type_mime="application/pdf")
    with pytest.raises(TransitionRefusee, match="page\u00a01, dans une annotation"):
        w.occulter(dossier=dossier, acteur=medecin, piece=piece, mots=["Vandewalle"], copie=ratee)
    assert not Tri.objects.filter(piece=piece).exists()


def test_la_remise_est_bloquee_si_le_mot_se_lit_dans_une_autre_piece(affectee, medecin, juriste):
    dossier = affectee()
    piece = verser(dossier, medecin, pdf(*TEXTES))
    autre = verser(dossier, medecin, pdf("Rien.", "Vue avec Mme Vandewalle."), "Certificat")
    w.occulter(dossier=dossier, acteur=medecin, piece=piece, mots=["Vandewalle"])
    w.trier(dossier=dossier, acteur=medecin, piece=autre, decision="remettre")
    prete(dossier, medecin, juriste)
    with pytest.raises(TransitionRefusee, match="page\u00a02, dans le texte") as refus:
        w.mettre_a_disposition(dossier=dossier, acteur=juriste, nom_relu=True)
    assert "Pièce médicale n°" in str(refus.value)
    assert "Vandewalle" not in str(refus.value)


def test_un_mot_masque_dans_l_intitule_bloque_la_remise(affectee, medecin, juriste):
    dossier = affectee()
    piece = verser(dossier, medecin, pdf(*TEXTES), "Compte rendu avec Vandewalle")
    w.occulter(dossier=dossier, acteur=medecin, piece=piece, mots=["Vandewalle"])
    prete(dossier, medecin, juriste)
    with pytest.raises(TransitionRefusee, match="le nom du fichier"):
        w.mettre_a_disposition(dossier=dossier, acteur=juriste, nom_relu=True)


@pytest.mark.parametrize("extension", ["jpg", "png", "dcm"])
def test_un_mot_masque_dans_l_intitule_d_une_image_bloque_aussi_la_remise(affectee, medecin, juriste, extension):
    dossier = affectee()
    piece = verser(dossier, medecin, pdf(*TEXTES))
    fichier = coffre.deposer(b"image", extension=extension, type_mime="image/jpeg")
    photo = w.verser_piece(
        dossier=dossier,
        acteur=medecin,
        intitule=f"Photo de Mme Vandewalle.{extension}",
        fichier=fichier,
        classe="medical",
    )
    w.occulter(dossier=dossier, acteur=medecin, piece=piece, mots=["Vandewalle"])
    w.trier(dossier=dossier, acteur=medecin, piece=photo, decision="remettre")
    prete(dossier, medecin, juriste)
    with pytest.raises(TransitionRefusee, match="le nom du fichier") as refus:
        w.mettre_a_disposition(dossier=dossier, acteur=juriste, nom_relu=True)
    assert "Vandewalle" not in str(refus.value)


def test_une_copie_sans_liste_de_ce_qu_elle_cache_ne_part_pas(affectee, medecin, juriste, fichier):
    dossier = affectee()
    piece = verser(dossier, medecin, pdf(*TEXTES))
    w.trier(dossier=dossier, acteur=medecin, piece=piece, decision="occulter", occultee=fichier("masquée"))
    prete(dossier, medecin, juriste)
    with pytest.raises(TransitionRefusee, match="sans la liste"):
        w.mettre_a_disposition(dossier=dossier, acteur=juriste, nom_relu=True)


def test_la_page_masque_sans_script_et_garde_ce_qui_est_tape(affectee, medecin, distribution):
    dossier = affectee()
    piece = verser(dossier, medecin, pdf(*TEXTES))
    adresse = reverse("requisitions:masquer", args=[dossier.cle])
    client = distribution.client("medecin")
    assert client.get(adresse, {"piece": piece.cle}).status_code == 200
    reponse = client.post(adresse, {"piece": piece.cle, "mots": "Inconnue", "zones": "2 10-5"})
    assert "n’est pas une zone" in reponse.content.decode()
    assert "Inconnue" in reponse.content.decode()
    reponse = client.post(adresse, {"piece": piece.cle, "mots": "Inconnue", "zones": ""})
    assert "Aucun de ces mots" in reponse.content.decode()
    reponse = client.post(adresse, {"piece": piece.cle, "mots": "Vandewalle", "zones": "1 80-100"})
    assert (reponse.status_code, reponse.url) == (302, reverse("requisitions:tri", args=[dossier.cle]))
    assert Tri.objects.get(piece=piece).decision == "occulter"
    for qui, attendu in (("juriste", 403), ("opj", 403), ("etranger", 404)):
        assert distribution.client(qui).get(adresse).status_code == attendu


def test_les_juristes_et_le_requerant_ne_masquent_pas(affectee, juriste, opj):
    dossier = affectee()
    assert not peut_donner_accord(dossier, juriste)
    assert not peut_donner_accord(dossier, opj)


@pytest.mark.parametrize(
    ("champs", "champ", "phrase"),
    [
        ({"mots": "x"}, "mots", "trop court"),
        ({"mots": "\n".join(f"mot{rang}" for rang in range(60))}, "mots", "50 mots au plus"),
        ({"zones": "page trois"}, "zones", "n’est pas une zone"),
        ({"zones": "0"}, "zones", "n’est pas une zone"),
        ({"zones": "3 20-35 60-10"}, "zones", "n’est pas une zone"),
        ({}, "mots", "au moins un mot"),
    ],
)
def test_une_consigne_impossible_a_sa_phrase(db, champs, champ, phrase):
    form = OccultationForm({"piece": "", **champs}, pieces=[])
    form.fields["piece"].required = False
    assert not form.is_valid()
    assert phrase in " ".join(form.errors[champ])
