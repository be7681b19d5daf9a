"""M13: the hour hoped for and the way back stand beside the delay that is due, and never in its place."""

import uuid
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from dossiers.models import Brouillon, Dossier
from presentation.temps import date_fr
from requisitions.mentions import ALERTES, proposer
from requisitions.models import Remise, Requisition
from requisitions.workflow import controler
from tests.requisitions.test_autre_personne import valeurs
from tests.requisitions.test_depot import dans, fautes, page
from tests.requisitions.test_parcours import depot
from tests.requisitions.test_plusieurs_cibles import LEFEBVRE, envoyer
from tests.requisitions.test_reception import il_y_a, recue  # noqa: F401

ACCUSE = "pdf/requisition_accuse.html"
PLI = "Pli fermé, remis en main propre"
TROP_TOT = "Choisissez une heure qui suit la réception de la demande."


def souhait(**champs) -> dict[str, str]:
    return {"reponse_souhaitee_le": dans(hours=30), "canal_de_retour": "pli_ferme", **champs}


def lue(client, dossier) -> str:
    adresse = reverse("requisitions:dossier", args=[dossier.cle])
    return " ".join(client.get(adresse).content.decode().replace("\u00a0", " ").split())


# The rule, without database


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({}, "Délai de la convention, retour par l’outil."),
        ({"canal_de_retour": "cle"}, "Délai de la convention. Retour : support chiffré, remis en main propre."),
        ({"reponse_souhaitee_le": datetime(2026, 12, 1, 9, tzinfo=UTC)},
         "Souhaitée le mardi 1er décembre 2026, 10 h, retour par l’outil."),
        ({"reponse_souhaitee_le": datetime(2026, 12, 1, 9, tzinfo=UTC), "canal_de_retour": "pli_ferme"},
         "Souhaitée le mardi 1er décembre 2026, 10 h. Retour : pli fermé, remis en main propre."),
    ],
)  # fmt: skip
def test_m13_dit_le_souhait_ou_le_delai_de_la_convention(champs, dit):
    lettre = Requisition(type_acte="RH", cadre="FLAG", mission="Planning.", **champs)
    tout = proposer(lettre, personne=False, personne_requise=False, fichier=True, articles=True, infractions="")
    m13 = next(mention for mention in tout if mention.numero == "M13")
    assert (m13.resultat, m13.precision.replace("\u00a0", " ")) == ("conforme", dit)
    assert "M13" in ALERTES, "un souhait absent ne bloque rien"


def test_le_retour_est_un_mode_de_remise_et_jamais_un_courriel():
    assert {code for code, _ in Requisition.RETOURS} <= set(Remise.Support.values)
    assert not any("courriel" in libelle.lower() for _, libelle in Requisition.RETOURS)


# The page


def test_le_souhait_se_lit_des_deux_cotes_et_le_juriste_le_trouve_dans_la_grille(police, distribution):
    dossier = depot(police, **souhait())
    controler(dossier=dossier, acteur=distribution.acteur("juriste"))
    for client in (police, distribution.client("juriste")):
        html = lue(client, dossier)
        assert "Réponse souhaitée" in html
        assert date_fr(dossier.requisition.reponse_souhaitee_le).replace("\u00a0", " ") in html
        assert PLI in html
    assert "Retour\u00a0: pli fermé" in dossier.mentions.get(numero="M13").precision


def test_qui_ne_souhaite_rien_ne_lit_rien_de_plus(police, ecrits):
    dossier = depot(police)
    assert "Réponse souhaitée" not in lue(police, dossier)
    assert "souhait" not in ecrits[ACCUSE][-1]


def test_le_souhait_ne_change_ni_le_delai_ni_l_urgence(police, time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-24T10:00:00+01:00"), tick=False)
    sans = depot(police, num_procedure="2026/1", nom="Vasseur")
    avec = depot(police, num_procedure="2026/2", **souhait(reponse_souhaitee_le=dans(hours=1)))
    delais = [dossier.echeances.get(nom="reponse").echeance_le for dossier in (sans, avec)]
    assert delais[0] == delais[1]
    assert (avec.urgence, avec.requisition.delai_motif) == (sans.urgence, "")


def test_l_accuse_porte_le_souhait_sans_en_faire_une_echeance(police, ecrits):
    depot(police, **souhait())
    mots = ecrits[ACCUSE][-1]
    assert "Réponse attendue avant" in mots
    assert "Réponse souhaitée" in mots
    assert PLI in mots
    assert "ne change pas le délai" in mots


@pytest.mark.parametrize(
    ("champs", "champ", "phrase"),
    [
        ({"reponse_souhaitee_le": il_y_a(hours=1)}, "reponse_souhaitee_le", TROP_TOT),
        ({"reponse_souhaitee_le": "2206-01-01T10:00"}, "reponse_souhaitee_le", "Vérifiez l’année"),
        ({"reponse_souhaitee_le": "demain"}, "reponse_souhaitee_le", ""),
        ({"canal_de_retour": "courriel"}, "canal_de_retour", ""),
    ],
)
def test_un_souhait_impossible_se_dit_a_cote_de_son_champ_et_rien_ne_se_perd(champs, champ, phrase, police):
    reponse = page(police, **souhait(**champs))
    assert set(fautes(reponse)) == {champ}
    assert phrase in fautes(reponse)[champ][0]
    assert "Compte rendu du passage." in reponse.content.decode()
    assert not Dossier.objects.exists()


def test_au_guichet_le_souhait_suit_la_reception_et_non_la_saisie(recue):  # noqa: F811
    dite = recue(recue_le=il_y_a(hours=5), **souhait(reponse_souhaitee_le=il_y_a(hours=2)))
    assert dite.requisition.canal_de_retour == "pli_ferme"
    with pytest.raises(AssertionError, match="qui suit la réception"):
        recue(recue_le=il_y_a(hours=5), num_procedure="2026/9", reponse_souhaitee_le=il_y_a(hours=6))


def test_le_brouillon_garde_le_souhait(police):
    cle = uuid.uuid4()
    dit = souhait()
    page(police, cle, **dit, mission="")
    assert Brouillon.objects.get(cle=cle).donnees["depot"]["canal_de_retour"] == "pli_ferme"
    assert valeurs(police, reverse("requisitions:depot", args=[cle])).items() >= dit.items()


def test_plusieurs_personnes_partagent_le_souhait_et_une_faute_se_dit_une_fois(police):
    faute = fautes(envoyer(police, LEFEBVRE, **souhait(reponse_souhaitee_le=il_y_a(hours=1))))
    assert faute["reponse_souhaitee_le"] == [TROP_TOT]
    envoyer(police, LEFEBVRE, **souhait())
    lettres = list(Requisition.objects.order_by("pk"))
    assert len(lettres) == 2
    assert len({lettre.reponse_souhaitee_le for lettre in lettres}) == 1
    assert {lettre.canal_de_retour for lettre in lettres} == {"pli_ferme"}


def test_pour_une_autre_personne_l_heure_se_redit_et_le_canal_reste(police):
    dossier = depot(police, **souhait())
    adresse = police.post(reverse("requisitions:autre_personne", args=[dossier.cle])).headers["Location"]
    reprises = valeurs(police, adresse)
    assert reprises["canal_de_retour"] == "pli_ferme"
    assert "reponse_souhaitee_le" not in reprises
