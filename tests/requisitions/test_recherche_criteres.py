"""A search without a name (RECH_CRIT): precise criteria, answered by the archives, and nobody protected in the list."""

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier
from requisitions import workflow as w
from requisitions.controles import controler, r21_recherche, r22
from requisitions.criteres import en_mots, manquants
from requisitions.faits import faits_de
from requisitions.models import Derogation, Requisition
from requisitions.workflow.echanges import exiger_neutre
from tests import imprime
from tests.coffre_ouvert import lire as lire_fichier
from tests.requisitions.test_parcours import controler_et_valider, depot, pdf, poster, rappeler
from tests.requisitions.test_reception import il_y_a
from tests.requisitions.test_volets import page
from transitions.workflow import TransitionRefusee

CRITERES = {
    "type_acte": "RECH_CRIT",
    "mission": "Identifier l’auteur CANARI-FAITS blessé en fuyant.",
    "periode_du": il_y_a(hours=9),
    "periode_au": il_y_a(hours=5),
    "critere_signe": "plaie à la main droite",
    "critere_sexe": "homme",
    "critere_age_min": "20",
    "critere_age_max": "30",
}
TROUVEE = {"registres": "Admissions du soir", "resultat": "trouvees", "identites": "Marlier Jean, 04/02/2001"}


def envoyer(client, **champs):
    cle = champs.pop("cle", None) or uuid.uuid4()
    donnees = {"cadre": "FLAG", "urgence": "ORDINAIRE", "fichier": pdf(), **CRITERES, **champs}
    return client.post(reverse("requisitions:depot", args=[cle]), donnees)


@pytest.fixture
def confiee(distribution, table):
    """A search in the hands of the archives."""
    opj, juriste = (distribution.client_eleve(nom) for nom in ("opj", "juriste"))
    dossier = depot(opj, **CRITERES)
    controler_et_valider(juriste, dossier)
    poster(juriste, "affectation", dossier, consigne="Cherchez dans les admissions.")
    return dossier


@pytest.mark.parametrize(
    ("champ", "dit"),
    [
        ("periode_au", ("periode_du", "Indiquez le début et la fin de la tranche horaire.")),
        ("critere_signe", ("critere_signe", "Décrivez la blessure ou le signe recherché.")),
        ("critere_sexe", ("critere_sexe", "Choisissez le sexe, ou «\u00a0Inconnu\u00a0».")),
    ],
)
def test_sans_heure_ni_signe_la_demande_viserait_tout_le_monde(police, champ, dit):
    reponse = envoyer(police, **{champ: ""})
    formulaire = reponse.context["form"]
    assert list(formulaire.errors[dit[0]]) == [dit[1]]
    assert formulaire["mission"].value() == CRITERES["mission"], "ce qui est tapé reste"
    assert not Dossier.objects.exists()


def test_un_age_a_l_envers_se_dit_et_un_age_inconnu_passe(police):
    refus = envoyer(police, critere_age_min="40")
    assert refus.context["form"].errors["critere_age_max"] == ["L’âge maximal est au moins l’âge minimal."]
    assert envoyer(police, critere_age_min="", critere_age_max="").status_code == 302


def test_les_criteres_d_une_autre_demande_ne_sont_pas_gardes(police):
    dossier = depot(police, **{**CRITERES, "type_acte": "PRESENCE"})
    r = dossier.requisition
    assert (r.critere_signe, r.critere_sexe, r.critere_age_min, r.critere_age_max) == ("", "", None, None)


def test_au_guichet_une_demande_incomplete_s_enregistre_et_se_regularise(distribution, table):
    """What a paper does not say is asked of the requester, never a reason to send the officer away."""
    champs = {
        "canal": "main_propre", "recue_le": il_y_a(minutes=5), "autorite_nom": "Brigadier Roussel",
        "autorite_qualite": "OPJ", "service_requerant": distribution.service("POLICE-CSP").pk,
    }  # fmt: skip
    reponse = envoyer(distribution.client("juriste"), **champs, critere_signe="", critere_sexe="")
    assert reponse.status_code == 302, reponse.context["form"].errors
    dossier = Dossier.objects.get()
    w.controler(dossier=dossier, acteur=distribution.acteur("juriste"))
    point = dossier.mentions.get(numero="M10")
    assert (point.resultat, point.precision) == ("non_conforme", "Il manque\u00a0: sexe, blessure ou signe.")


def test_le_requerant_complete_ses_criteres(distribution, deposee, juriste, opj):
    dossier = deposee("RECH_CRIT", critere_signe="", periode_du=None, periode_au=None)
    w.controler(dossier=dossier, acteur=juriste)
    w.regulariser(dossier=dossier, acteur=juriste, points=["M10"], texte="Précisez qui vous cherchez.")
    client = distribution.client("opj")
    lue = page(client, "complement", dossier)
    assert "Blessure ou signe recherché" in lue
    assert "Nom de naissance" not in lue
    poster(
        client, "complement", dossier, texte="Voici.", critere_signe="tatouage au cou", critere_sexe="femme",
        periode_du=il_y_a(hours=6), periode_au=il_y_a(hours=4),
    )  # fmt: skip
    lettre = Requisition.objects.get(dossier=dossier)
    assert manquants(lettre) == ["âge"]
    assert en_mots(lettre) == "tatouage au cou, femme"


def test_les_archives_lisent_les_criteres_et_pas_les_faits(distribution, confiee):
    lue = page(distribution.client("archives"), "volet", confiee)
    assert "plaie à la main droite, homme, 20 à 30 ans" in lue
    assert "Cherchez dans les admissions." in lue
    assert "CANARI-FAITS" not in lue
    assert "2026/018834" not in lue


def test_la_reponse_dit_qui_correspond_et_ni_ou_ni_comment(distribution, confiee):
    juriste, opj = (distribution.client_eleve(nom) for nom in ("juriste", "opj"))
    poster(distribution.client("archives"), "volet", confiee, **TROUVEE, ecartee="on")
    assert "le parquet est à appeler" in page(juriste, "dossier", confiee)
    rappeler(juriste, confiee)
    poster(juriste, "reponse", confiee, geste="remettre", relu="on", **{"alerte-r-21": "Parquet appelé, rien à dire."})
    ecrit = confiee.pieces.get(intitule="Réponse à une recherche sur critères")
    texte = imprime.texte(lire_fichier(ecrit.fichier))
    assert "Marlier Jean, 04/02/2001" in texte
    assert "Admissions du soir" not in texte
    assert "protégée" not in texte
    assert "protégée" not in page(opj, "dossier", confiee)


@pytest.fixture
def trouvee_seule(distribution, confiee, juriste):
    """Legal affairs searched and wrote the list."""
    poster(distribution.client("juriste"), "volet", confiee, **TROUVEE)
    rappeler(distribution.client("juriste"), confiee)
    return confiee


def test_qui_dresse_la_liste_ne_l_envoie_pas(trouvee_seule, distribution, juriste):
    with pytest.raises(TransitionRefusee, match="une autre personne"):
        w.mettre_a_disposition(dossier=trouvee_seule, acteur=juriste)
    assert not Derogation.objects.exists()
    assert w.mettre_a_disposition(dossier=trouvee_seule, acteur=distribution.acteur("juriste2")).etat == "PRETE"


def test_une_vie_en_danger_se_passe_du_second_et_se_compte(trouvee_seule, juriste):
    Requisition.objects.filter(pk=trouvee_seule.pk).update(urgence_vitale=True)
    assert w.mettre_a_disposition(dossier=trouvee_seule, acteur=juriste).etat == "PRETE"
    levee = Derogation.objects.get(controle="T-13")
    assert (levee.niveau, levee.vitale, levee.levee_par_id) == ("bloquant", True, juriste.utilisateur_id)
    assert levee.regulariser_avant is not None


def test_trouver_demande_de_dire_qui(distribution, confiee):
    client = distribution.client("archives")
    adresse = reverse("requisitions:volet", args=[confiee.cle])
    refus = client.post(adresse, {**TROUVEE, "identites": ""})
    assert refus.context["form"].errors["identites"] == ["Complétez «\u00a0Personnes trouvées\u00a0»."]
    assert refus.context["form"]["registres"].value() == "Admissions du soir"
    assert client.post(adresse, {"registres": "Admissions", "resultat": "aucune"}).status_code == 302


@pytest.mark.parametrize(
    ("identites", "arrete"),
    [
        ("Marlier Jean, vu aux urgences", True),
        ("Marlier Jean, en psychiatrie", True),
        ("Marlier Jean, 04/02/2001", False),
    ],
)
def test_r22_une_liste_ne_laisse_deviner_aucun_soin(distribution, confiee, identites, arrete):
    poster(distribution.client("archives"), "volet", confiee, **{**TROUVEE, "identites": identites})
    constats = controler(faits_de(confiee, confiee.requisition), (r22,))
    assert [constat.bloque for constat in constats] == ([True] if arrete else [])


def test_ce_que_l_hopital_ecrit_d_une_recherche_reste_neutre(distribution, confiee):
    with pytest.raises(TransitionRefusee, match="laisse deviner"):
        exiger_neutre(confiee, confiee.requisition, "Un homme est passé aux urgences.")
    exiger_neutre(confiee, confiee.requisition, "Précisez l’heure.")


def test_r21_qui_est_protege_se_dit_aux_seules_affaires_juridiques(distribution, confiee):
    archives, juriste = distribution.client("archives"), distribution.client("juriste")
    adresse = reverse("requisitions:protection", args=[confiee.cle])
    poster(archives, "volet", confiee, **TROUVEE)
    assert juriste.get(adresse).status_code == 403, "personne n’est à protéger"
    poster(archives, "volet", confiee, **TROUVEE, ecartee="on")
    assert juriste.get(adresse).status_code == 200
    assert archives.get(adresse).status_code == 403
    assert controler(faits_de(confiee, confiee.requisition), (r21_recherche,))


@pytest.mark.parametrize(
    ("champs", "absents"),
    [
        ({}, ["heure", "âge", "sexe", "blessure ou signe"]),
        ({"critere_sexe": "inconnu", "critere_age_min": 0}, ["heure", "sexe", "blessure ou signe"]),
        ({"critere_signe": "  "}, ["heure", "âge", "sexe", "blessure ou signe"]),
    ],
)
def test_ce_que_la_demande_ne_dit_pas_se_nomme(champs, absents):
    assert manquants(Requisition(**champs)) == absents


def test_une_heure_demande_un_debut_et_une_fin():
    maintenant = timezone.now()
    assert "heure" in manquants(Requisition(periode_du=maintenant))
    assert "heure" not in manquants(Requisition(periode_du=maintenant, periode_au=maintenant + timedelta(hours=1)))


@pytest.mark.parametrize(
    ("bornes", "dit"),
    [((20, 30), "20 à 30\u00a0ans"), ((60, None), "60\u00a0ans ou plus"), ((None, 0), "0\u00a0ans ou moins")],
)
def test_les_ages_se_disent_en_mots(bornes, dit):
    assert en_mots(Requisition(critere_age_min=bornes[0], critere_age_max=bornes[1])) == dit
