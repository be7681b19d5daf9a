"""An investigator on leave has a substitute: the unit finds its own cases, and one of its people takes them over."""

import pytest
from django.urls import reverse

from dossiers.models import Evenement
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from requisitions import workflow as w
from transitions.workflow import TransitionRefusee

MIENNES = "/mes-requisitions/"


def livrer():
    for envoi in Envoi.objects.filter(fait_le=None).order_by("pk"):
        executer(envoi.pk)


def chercher(client, procedure):
    return client.post(MIENNES, {"procedure": procedure})


def test_un_collegue_trouve_par_son_numero_ce_que_l_absent_a_depose(deposee, distribution):
    cherchee = deposee("RH", num_procedure="2026/018834")
    autre = deposee("RH", num_procedure="2026/555555")
    collegue = distribution.client("opj2")
    for mot in ("018834", "2026/018834", cherchee.reference):
        html = chercher(collegue, mot).content.decode()
        assert cherchee.reference in html, mot
        assert autre.reference not in html, mot
    assert "Rien ne porte ce numéro." in chercher(collegue, "999999").content.decode()
    assert chercher(collegue, "").context["chercher"].errors["procedure"]
    assert cherchee.reference in collegue.get(MIENNES).content.decode(), "la liste de l’unité, sans recherche"


@pytest.mark.parametrize("qui", ["etranger", "gendarme", "douanes"])
def test_une_autre_unite_ne_trouve_rien_par_le_meme_numero(deposee, distribution, qui):
    cherchee = deposee("RH", num_procedure="2026/018834")
    for mot in ("018834", "%", "_", cherchee.reference):
        assert cherchee.reference not in chercher(distribution.client(qui), mot).content.decode().replace(
            f'value="{cherchee.reference}"', ""
        ), mot


def test_une_recherche_trouve_aussi_ce_qui_est_clos(deposee, distribution):
    dossier = deposee("RH", num_procedure="2026/018834")
    w.annuler(dossier=dossier, acteur=distribution.acteur("opj"), motif="Sans objet.")
    assert dossier.reference in chercher(distribution.client("opj2"), "018834").content.decode()


def test_reprendre_le_suivi_laisse_une_trace_previent_l_absent_et_change_la_liste(deposee, distribution):
    dossier = deposee("RH")
    absent, collegue = distribution.utilisateur("opj"), distribution.client("opj2")
    page = collegue.get(MIENNES).content.decode()
    assert str(absent) in page
    assert "Reprendre le suivi" in page
    assert collegue.post(reverse("requisitions:suivi", args=[dossier.cle])).status_code == 302
    trace = Evenement.objects.get(dossier=dossier, nom="reprendre_le_suivi")
    assert trace.par == distribution.utilisateur("opj2")
    livrer()
    [avis] = Avis.objects.filter(destinataire=absent, texte__startswith="Suivi repris")
    assert dossier.reference in avis.texte
    mienne = f"{MIENNES}?vue=miens"
    assert dossier.reference in collegue.get(mienne).content.decode()
    client = distribution.client("opj")
    assert dossier.reference not in client.get(mienne).content.decode()
    assert str(distribution.utilisateur("opj2")) in client.get(MIENNES).content.decode()
    assert "Reprendre le suivi" in client.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    with pytest.raises(TransitionRefusee, match="déjà"):
        w.reprendre_le_suivi(dossier=dossier, acteur=distribution.acteur("opj2"))


def test_l_hopital_ne_lit_pas_qui_suit_dans_l_unite(deposee, distribution):
    dossier = deposee("RH")
    w.reprendre_le_suivi(dossier=dossier, acteur=distribution.acteur("opj2"))
    html = distribution.client("juriste").get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    assert "Suivi repris" not in html
    assert str(distribution.utilisateur("opj2")) not in html


def test_seule_l_unite_reprend_et_tant_que_rien_n_est_clos(deposee, distribution, juriste):
    dossier = deposee("RH")
    url = reverse("requisitions:suivi", args=[dossier.cle])
    assert distribution.client("etranger").post(url).status_code == 404
    assert distribution.client("juriste").post(url).status_code == 403
    with pytest.raises(TransitionRefusee, match="service qui a déposé"):
        w.reprendre_le_suivi(dossier=dossier, acteur=juriste)
    dossier = w.annuler(dossier=dossier, acteur=distribution.acteur("opj"), motif="Sans objet.")
    with pytest.raises(TransitionRefusee, match="terminée"):
        w.reprendre_le_suivi(dossier=dossier, acteur=distribution.acteur("opj2"))
