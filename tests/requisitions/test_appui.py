"""What authorises the act, in writing: joined to the demand, read by the hospital, never part of the answer."""

import uuid

import pytest
from django.urls import reverse

from dossiers.models import Brouillon, Dossier
from requisitions import workflow as w
from requisitions.faits import pieces_de_la_reponse
from requisitions.models import Requisition
from requisitions.workflow.acte import ACTE_SIGNE, APPUI, joint
from tests.requisitions.test_depot import MAGISTRAT, fautes, page
from tests.requisitions.test_parcours import pdf, poster
from tests.requisitions.test_plusieurs_cibles import LEFEBVRE, envoyer
from tests.requisitions.test_reception import il_y_a

ECRITE = {"cadre": "PRELIM", "autorisation_mode": "ecrite", **MAGISTRAT}


def lettre_de(cle) -> Requisition:
    return Requisition.objects.select_related("dossier").get(cle_depot=cle)


def test_une_autorisation_ecrite_sans_copie_se_dit_a_cote_du_fichier(police):
    assert "Joignez la copie" in fautes(page(police, **ECRITE))["appui"][0]
    assert "appui" not in fautes(page(police, **ECRITE, ordre_ecrit="on", mission=""))


def test_la_copie_jointe_est_au_requerant_et_ne_part_pas_avec_la_reponse(police):
    cle = uuid.uuid4()
    assert page(police, cle, **ECRITE, appui=pdf(texte="Autorisation")).status_code == 302
    lettre = lettre_de(cle)
    piece = lettre.dossier.pieces.get(intitule=APPUI)
    assert (lettre.ordre_ecrit, piece.service) == (True, lettre.dossier.service_emetteur)
    assert joint(lettre.dossier, APPUI) != joint(lettre.dossier, ACTE_SIGNE)
    assert pieces_de_la_reponse(lettre.dossier) == []


def test_la_copie_reste_avec_le_brouillon_d_une_page_fautive(police):
    cle = uuid.uuid4()
    assert page(police, cle, **ECRITE, appui=pdf(texte="Autorisation"), mission="").status_code == 200
    assert Brouillon.objects.get(cle=cle).donnees["depot"]["appui_pk"]
    revue = police.get(reverse("requisitions:depot", args=[cle])).content.decode()
    assert "Une copie est déjà jointe" in revue
    assert page(police, cle, **ECRITE).status_code == 302
    assert lettre_de(cle).dossier.pieces.filter(intitule=APPUI).count() == 1


def test_rien_n_est_dans_le_fichier_d_une_demande_orale(police):
    sans = {**ECRITE, "fichier": "", "orale": "on", "orale_motif": "Nuit", "ordre_ecrit": "on"}
    assert "Joignez la copie" in fautes(page(police, **sans))["appui"][0]


def test_une_copie_que_la_page_ne_demande_plus_n_est_pas_jointe(police):
    cle = uuid.uuid4()
    page(police, cle, **ECRITE, appui=pdf(texte="Autorisation"), mission="")
    assert page(police, cle, **{**ECRITE, "autorisation_mode": "orale"}).status_code == 302
    assert not lettre_de(cle).dossier.pieces.filter(intitule=APPUI).exists()
    assert lettre_de(cle).ordre_ecrit is False


def test_un_second_envoi_avec_une_autre_copie_ne_depose_rien(police):
    cle = uuid.uuid4()
    assert page(police, cle, **ECRITE, appui=pdf(texte="Autorisation")).status_code == 302
    assert page(police, cle, **ECRITE).status_code == 302, "la même page, envoyée deux fois"
    autre = page(police, cle, **ECRITE, appui=pdf(texte="Une autre"))
    assert (autre.status_code, Dossier.objects.count()) == (409, 1)


def test_la_copie_suit_chaque_personne_dans_un_fichier_a_elle(police):
    envoyer(police, LEFEBVRE, **ECRITE, appui=pdf(texte="Autorisation"))
    copies = [joint(dossier, APPUI) for dossier in Dossier.objects.order_by("pk")]
    assert len({copie.pk for copie in copies}) == 2
    assert len({copie.empreinte_deposee for copie in copies}) == 1


def test_la_meme_demande_pour_une_autre_personne_emporte_la_copie(police):
    cle = uuid.uuid4()
    page(police, cle, **ECRITE, appui=pdf(texte="Autorisation"))
    suite = police.post(reverse("requisitions:autre_personne", args=[lettre_de(cle).dossier.cle]))
    donnees = Brouillon.objects.get().donnees["depot"]
    assert suite.status_code == 302
    assert (bool(donnees["appui_pk"]), "ordre_ecrit" in donnees) == (True, False)


def test_le_guichet_joint_la_copie_au_nom_du_service_qui_requiert(distribution, table):
    distribution.utilisateur("opj")
    cle = uuid.uuid4()
    reponse = page(
        distribution.client("juriste"), cle, **ECRITE, appui=pdf(texte="Autorisation"), canal="main_propre",
        recue_le=il_y_a(hours=1), service_requerant=distribution.service("POLICE-CSP").pk, autorite_nom="Cne Morel",
        autorite_qualite="OPJ",
    )  # fmt: skip
    assert reponse.status_code == 302, reponse.context["form"].errors
    assert lettre_de(cle).dossier.pieces.get(intitule=APPUI).service.code == "POLICE-CSP"


@pytest.mark.parametrize("avec", [True, False])
def test_la_copie_demandee_se_joint_en_reponse(avec, deposee, juriste, distribution):
    dossier = w.controler(dossier=deposee("DOSSIER", cadre="PRELIM"), acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte="Joignez l’autorisation.")
    dit = {"texte": "Voici.", "autorisation_mode": "ecrite", "ordre_ecrit": "on", **MAGISTRAT}
    url = reverse("requisitions:complement", args=[dossier.cle])
    if not avec:
        html = distribution.client("opj").post(url, dit).content.decode()
        assert "Joignez le document qui porte l’autorisation." in html
        return
    poster(distribution.client("opj"), "complement", dossier, **dit, fichier=pdf())
    assert dossier.pieces.get(intitule=APPUI).service == dossier.service_emetteur
    w.controler(dossier=dossier, acteur=juriste)
    assert "R-01" not in {
        constat.numero for constat in w.points_bloquants(dossier, lettre_de(dossier.requisition.cle_depot))[0]
    }


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"autorisation_mode": "ecrite", "ordre_ecrit": True}, "Copie jointe"),
        ({"autorisation_mode": "orale"}, "appelez le magistrat"),
    ],
)
def test_la_grille_dit_quoi_lire_et_qui_appeler(champs, dit, deposee, juriste):
    donnee = {"autorisation_magistrat": "Mme Verdière", "autorisation_le": "2026-01-05T10:00+01:00"}
    dossier = w.controler(dossier=deposee("DOSSIER", cadre="PRELIM", **champs, **donnee), acteur=juriste)
    m3 = dossier.mentions.get(numero="M3")
    assert m3.resultat == "a_verifier"
    assert dit in m3.precision


def test_un_grade_declare_se_verifie_au_rappel(deposee, distribution, juriste):
    declaree = deposee("RH", cadre="DOUANE_ADM", par=distribution.acteur("douanes"), grade_controleur=True)
    mention = w.controler(dossier=declaree, acteur=juriste).mentions.get(numero="M1")
    assert (mention.resultat, "rappel" in mention.precision) == ("a_verifier", True)
