"""Pictures of several hundred megabytes reach the case by chunks, for the one who extracts them."""

import json

import pytest
from django.urls import reverse

from documents.models import Envoi
from documents.morceaux import MORCEAU
from dossiers.models import Piece
from tests.coffre_ouvert import lire as lire_fichier
from tests.documents.test_morceaux import film

MO = 1024 * 1024


def poster(client, dossier, corps=None, **parametres):
    adresse = reverse("requisitions:envoi", args=[dossier.cle])
    if corps is None:
        return client.post(adresse, parametres)
    suite = "&".join(f"{nom}={valeur}" for nom, valeur in parametres.items())
    return client.post(f"{adresse}?{suite}", corps, content_type="application/octet-stream")


def test_la_securite_envoie_un_film_par_morceaux_et_reprend_avec_une_autre_session(affectee, distribution):
    dossier = affectee("VIDEO")
    octets, client = film(9 * MO), distribution.client("securite")
    debut = json.loads(poster(client, dossier, nom="porte.mp4", taille=len(octets)).content)
    assert (debut["recus"], debut["morceau"]) == (0, MORCEAU)
    poster(client, dossier, octets[:MORCEAU], envoi=debut["envoi"], place=0)
    client = distribution.client("securite")
    repris = json.loads(poster(client, dossier, nom="porte.mp4", taille=len(octets)).content)
    assert (repris["envoi"], repris["recus"]) == (debut["envoi"], MORCEAU)
    poster(client, dossier, octets[MORCEAU:], envoi=repris["envoi"], place=MORCEAU)
    reponse = client.post(
        reverse("requisitions:gel", args=[dossier.cle]),
        {"geste": "images", "intitule": "Images extraites", "envoi": repris["envoi"]},
    )
    assert reponse.status_code == 302
    assert lire_fichier(Piece.objects.get(intitule="Images extraites").fichier) == octets
    assert not Envoi.objects.exists()


def test_un_envoi_inacheve_dit_qu_il_reprend_et_garde_l_intitule(affectee, distribution):
    dossier, client = affectee("VIDEO"), distribution.client("securite")
    debut = json.loads(poster(client, dossier, nom="porte.mp4", taille=9 * MO).content)
    reponse = client.post(
        reverse("requisitions:gel", args=[dossier.cle]),
        {"geste": "images", "intitule": "Porte nord", "envoi": debut["envoi"]},
    )
    page = reponse.content.decode()
    assert "L’envoi n’est pas terminé" in page
    assert "Porte nord" in page


def test_une_cle_vide_n_est_pas_un_fichier(affectee, distribution):
    dossier = affectee("DOSSIER")
    adresse = reverse("requisitions:tri", args=[dossier.cle])
    champs = {"geste": "verser", "intitule": "Compte rendu", "envoi": "   "}
    assert "Choisissez le fichier." in distribution.client("medecin").post(adresse, champs).content.decode()
    assert not Piece.objects.filter(intitule="Compte rendu").exists()


@pytest.mark.parametrize(
    "parametres",
    [
        {"nom": "porte.mp4", "taille": "abc"},
        {"nom": "porte.mp4", "taille": "9" * 40},
        {"nom": "porte.mp4", "taille": str(2048 * MO)},
        {"nom": "", "taille": "12"},
        {},
    ],
)
def test_un_debut_impossible_recoit_une_phrase(affectee, distribution, parametres):
    reponse = poster(distribution.client("securite"), affectee("VIDEO"), **parametres)
    assert reponse.status_code == 409
    assert "1024" in json.loads(reponse.content)["message"]


def test_un_morceau_etranger_recoit_une_phrase(affectee, distribution):
    dossier, client = affectee("VIDEO"), distribution.client("securite")
    for envoi, place in (("abc", "0"), ("00000000-0000-0000-0000-000000000001", "0"), ("", "-5")):
        assert poster(client, dossier, b"x", envoi=envoi, place=place).status_code == 409


def test_seul_qui_prepare_les_pieces_envoie(affectee, distribution):
    dossier = affectee("VIDEO")
    for qui, attendu in (("opj", 403), ("juriste", 403), ("etranger", 404), ("medecin", 404)):
        assert poster(distribution.client(qui), dossier, nom="a.mp4", taille=10).status_code == attendu
    assert poster(distribution.client("medecin"), affectee(), nom="a.dcm", taille=10).status_code == 200
