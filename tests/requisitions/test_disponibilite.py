"""What expires with the bundle: each of its pieces, for whoever asked; the hospital's own keep theirs."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from journal.models import Entree
from requisitions import workflow as w
from requisitions.disponibilite import EXPIREE, REVOQUEE, arret_des_pieces
from requisitions.models import Remise


@pytest.fixture
def ouverte(affectee, distribution, juriste, fichier, opj):
    """Images handed over as a bundle, and opened: each piece opens on its own from then on."""
    dossier = affectee("VIDEO")
    securite = distribution.acteur("securite")
    w.confirmer_gel(dossier=dossier, acteur=securite, support="Serveur, armoire B", empreinte="a" * 64)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    dossier = w.deposer_images(dossier=dossier, acteur=securite, intitule="Images", fichier=fichier())
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    w.ouvrir_pli(dossier=dossier, acteur=opj)
    return Dossier.objects.get(pk=dossier.pk)


def expirer(dossier):
    dossier.remises.update(expiration=timezone.now() - timedelta(days=1))


def telecharger(client, piece):
    return client.get(reverse("dossiers:piece", args=[piece.cle]))


def test_une_piece_du_pli_ne_s_ouvre_plus_apres_son_terme_et_c_est_trace(ouverte, distribution):
    opj = distribution.client_eleve("opj")
    piece = ouverte.remises.get().pieces.get()
    assert telecharger(opj, piece).status_code == 200
    expirer(ouverte)
    refus = telecharger(opj, piece)
    assert refus.status_code == 403
    assert EXPIREE in refus.content.decode()
    (trace,) = Entree.objects.filter(objet="dossiers:piece", cle=piece.cle, resultat="refuse")
    assert trace.acteur == distribution.acteur("opj").cle


def test_la_page_dit_pourquoi_la_piece_ne_s_ouvre_plus(ouverte, distribution):
    opj = distribution.client("opj")
    piece = ouverte.remises.get().pieces.get()
    lien, page = reverse("dossiers:piece", args=[piece.cle]), reverse("requisitions:dossier", args=[ouverte.cle])
    assert lien in opj.get(page).content.decode()
    expirer(ouverte)
    html = opj.get(page).content.decode()
    assert lien not in html
    assert EXPIREE in html


def test_le_bordereau_et_le_recepisse_restent_a_qui_a_recu(ouverte, distribution):
    opj = distribution.client_eleve("opj")
    expirer(ouverte)
    gardees = ouverte.pieces.exclude(document=None)
    assert [telecharger(opj, piece).status_code for piece in gardees] == [200] * len(gardees)


def test_l_hopital_garde_ses_pieces(ouverte, distribution):
    piece = ouverte.remises.get().pieces.get()
    expirer(ouverte)
    assert telecharger(distribution.client("juriste"), piece).status_code == 200


def test_la_reponse_reprise_ne_laisse_aucune_piece(ouverte, opj, juriste):
    piece = ouverte.remises.get().pieces.get()
    Remise.objects.filter(dossier=ouverte).update(
        ouverte_le=None, ouverte_par=None, recepisse=None, revoquee_le=timezone.now(),
        revoquee_par_id=juriste.utilisateur_id, revocation_motif="Une pièce en trop.",
    )  # fmt: skip
    assert arret_des_pieces(ouverte, opj) == {piece.pk: REVOQUEE}


def test_un_nouveau_depot_rouvre_les_memes_pieces(affectee, distribution, juriste, fichier, opj):
    dossier = affectee("VIDEO")
    securite = distribution.acteur("securite")
    w.confirmer_gel(dossier=dossier, acteur=securite, support="Serveur, armoire B", empreinte="a" * 64)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    dossier = w.deposer_images(dossier=dossier, acteur=securite, intitule="Images", fichier=fichier())
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    expirer(dossier)
    assert list(arret_des_pieces(dossier, opj).values()) == [EXPIREE]
    w.redeposer(dossier=dossier, acteur=juriste)
    assert arret_des_pieces(Dossier.objects.get(pk=dossier.pk), opj) == {}
