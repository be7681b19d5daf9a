"""The sheets signed by hand: they carry what stays in the hospital, to their author alone."""

import pytest
from django.urls import reverse

from tests.declarations.situation import prete, transmise
from tests.imprime import texte


def test_le_consentement_dit_les_droits_de_l_agent(soignante, distribution):
    dossier = prete(soignante, "VIOLENCE_PERSONNEL")
    reponse = distribution.client("soignante").get(reverse("declarations:feuille", args=[dossier.cle, "consentement"]))
    pdf = texte(reponse.content).replace("\n", " ")
    for mention in (
        "Zoé Maillard",
        "coup de poing",
        "retirer votre accord",
        "n’acquiert pas la qualité de victime",
        "article 40",
    ):
        assert mention in pdf, mention
    assert not dossier.pieces.exists()


def test_le_proces_verbal_nomme_les_deux_agents_et_aucun_patient(soignante, distribution):
    dossier = transmise(soignante)
    reponse = distribution.client("soignante").get(reverse("declarations:feuille", args=[dossier.cle, "proces-verbal"]))
    pdf = texte(reponse.content).replace("\n", " ")
    for mention in ("Camille Ferrand", "Zoé Maillard", "Coffre 2", "Reste dans l’hôpital"):
        assert mention in pdf, mention


@pytest.mark.parametrize(("qui", "statut"), [("opj", 403), ("securite", 403), ("infirmiere", 404)])
def test_personne_d_autre_n_imprime_la_feuille(qui, statut, soignante, distribution):
    dossier = transmise(soignante)
    adresse = reverse("declarations:feuille", args=[dossier.cle, "proces-verbal"])
    assert distribution.client(qui).get(adresse).status_code == statut


def test_une_feuille_inconnue_n_existe_pas(soignante, distribution):
    adresse = reverse("declarations:feuille", args=[transmise(soignante).cle, "consentement"])
    assert distribution.client("soignante").get(adresse).status_code == 404
