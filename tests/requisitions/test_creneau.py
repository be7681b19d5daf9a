"""What a deposit asks of a hearing, and of nothing else: when, where, and as what the person is heard."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from requisitions.models import Requisition
from tests.requisitions.test_parcours import depot, pdf


def dans(**ecart):
    return f"{timezone.localtime() + timedelta(**ecart):%Y-%m-%dT%H:%M}"


def creneau(**champs):
    return {"creneau_du": dans(hours=3), "creneau_au": dans(hours=6), "lieu_souhaite": "hopital", **champs}


def envoyer(client, **champs):
    donnees = {
        "cadre": "FLAG", "mission": "L’entendre sur les faits du 21 novembre.", "urgence": "ORDINAIRE", "fichier": pdf(),
        "nom": "Delcambre", "naissance": "1992-03-07", **champs,
    }  # fmt: skip
    return client.post(reverse("requisitions:depot", args=[uuid.uuid4()]), donnees)


def fautes(client, **champs):
    reponse = envoyer(client, **champs)
    assert reponse.status_code == 200
    return reponse.context["form"].errors


def test_l_audition_d_un_patient_se_demande_avec_son_creneau_et_a_quel_titre(police, distribution):
    dossier = depot(police, type_acte="AUD_PAT", statut_personne="temoin", **creneau(entendu_comme="victime"))
    lettre = dossier.requisition
    assert lettre.creneau_au - lettre.creneau_du == timedelta(hours=3)
    assert lettre.entendu_comme == "", "un patient est entendu selon sa situation, pas deux fois demandée"
    html = distribution.client("juriste").get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    assert "Créneau souhaité" in html
    assert "À l’hôpital" in html


@pytest.mark.parametrize(
    ("ecart", "champ", "mots"),
    [
        ({"creneau_du": ""}, "creneau_du", "le début et la fin du créneau"),
        ({"creneau_au": dans(hours=1)}, "creneau_au", "La fin du créneau suit son début."),
        ({"creneau_du": dans(hours=-5), "creneau_au": dans(hours=-3)}, "creneau_au", "Ce créneau est passé"),
        ({"lieu_souhaite": ""}, "lieu_souhaite", "Dites où"),
        ({"statut_personne": ""}, "statut_personne", "à quel titre"),
        ({"statut_personne": "inconnu"}, "statut_personne", "à quel titre"),
    ],
)
def test_ce_qui_manque_a_une_audition_se_dit_a_son_champ(police, ecart, champ, mots):
    assert mots in fautes(police, type_acte="AUD_PAT", **{"statut_personne": "temoin", **creneau(), **ecart})[champ][0]


def test_un_professionnel_est_entendu_a_un_titre(police):
    assert "à quel titre" in fautes(police, type_acte="AUD_PRO", **creneau())["entendu_comme"][0]
    dossier = depot(police, type_acte="AUD_PRO", **creneau(entendu_comme="mise_en_cause"))
    assert dossier.requisition.entendu_comme == "mise_en_cause"


def test_un_creneau_cache_n_est_ni_controle_ni_garde(police):
    dossier = depot(police, type_acte="DOSSIER", **creneau(creneau_au=dans(hours=-9), entendu_comme="temoin"))
    lettre = dossier.requisition
    assert (lettre.creneau_du, lettre.creneau_au, lettre.lieu_souhaite, lettre.entendu_comme) == (None, None, "", "")


def test_au_guichet_un_creneau_deja_passe_s_enregistre(distribution, table):
    service = distribution.service("POLICE-CSP")
    reponse = envoyer(
        distribution.client("juriste"), type_acte="AUD_PAT", statut_personne="temoin", canal="papier",
        recue_le=dans(hours=-8), service_requerant=service.pk, autorite_nom="Cne Morel", autorite_qualite="OPJ",
        **creneau(creneau_du=dans(hours=-5), creneau_au=dans(hours=-3)),
    )  # fmt: skip
    assert reponse.status_code == 302, reponse.context["form"].errors


def test_chaque_personne_de_la_page_a_son_creneau_ou_celui_de_la_page(police):
    jeu = {"autres-TOTAL_FORMS": "2", "autres-INITIAL_FORMS": "0"}
    lignes = {
        "autres-0-nom": "Orchival", "autres-0-naissance": "1980-01-02", "autres-0-statut_personne": "victime",
        "autres-1-nom": "Taquinet", "autres-1-naissance": "1981-01-02", "autres-1-statut_personne": "suspect",
        "autres-1-creneau_du": dans(hours=8), "autres-1-creneau_au": dans(hours=9),
    }  # fmt: skip
    reponse = envoyer(police, type_acte="AUD_PAT", statut_personne="temoin", **creneau(), **jeu, **lignes)
    assert reponse.status_code == 302, (reponse.context["form"].errors, reponse.context["form"].autres.errors)
    durees = {
        lettre.dossier.personnes.get().nom: lettre.creneau_au - lettre.creneau_du
        for lettre in Requisition.objects.all()
    }
    assert durees == {"Delcambre": timedelta(hours=3), "Orchival": timedelta(hours=3), "Taquinet": timedelta(hours=1)}
    assert Dossier.objects.filter(requisition__statut_personne="suspect").count() == 1


def test_une_ligne_sans_titre_le_dit_sur_la_ligne(police):
    jeu = {"autres-TOTAL_FORMS": "1", "autres-INITIAL_FORMS": "0"}
    lignes = {"autres-0-nom": "Orchival", "autres-0-naissance": "1980-01-02"}
    reponse = envoyer(police, type_acte="AUD_PAT", statut_personne="temoin", **creneau(), **jeu, **lignes)
    assert reponse.status_code == 200
    assert "à quel titre" in reponse.context["form"].autres.forms[0].errors["statut_personne"][0]
