"""The answer item by item: how a demand is cut, what an item must say, and who reads it."""

import pytest
from django.urls import reverse

from dossiers.models import Dossier, Participation
from requisitions import workflow as w
from requisitions.controles import elements
from requisitions.elements import MAXIMUM, Reponse, decouper, deduite
from requisitions.models import Element
from tests.requisitions.test_controles import faits
from transitions.workflow import TransitionRefusee

MISSION = "1. Planning du 20 novembre\n2. Registre des appels\n3. Fiche de poste de l’agent"


@pytest.mark.parametrize(
    ("mission", "attendus"),
    [
        ("Planning du 20 novembre.", ["Planning du 20 novembre."]),
        ("Planning\n\n  Registre", ["Planning", "Registre"]),
        ("Merci de fournir :\n1) le planning\ndu service\n2) le registre", ["le planning\ndu service", "le registre"]),
        ("- 12 novembre 2026\n- 13 novembre 2026", ["12 novembre 2026", "13 novembre 2026"]),
        ("12 rue des Lilas, images du 3 mai", ["12 rue des Lilas, images du 3 mai"]),
    ],
)
def test_une_demande_se_decoupe_en_points_ou_en_lignes(mission, attendus):
    assert decouper(mission) == attendus


def test_un_texte_tres_long_garde_tous_ses_mots():
    points = decouper("\n".join(f"point {rang}" for rang in range(80)))
    assert len(points) == MAXIMUM
    assert points[-1].endswith("point 79")


@pytest.mark.parametrize(
    ("options", "attendue"),
    [
        ({}, "fourni"),
        ({"accord": "partiel"}, ""),
        ({"perdu": True}, "non_detenu"),
        ({"seul": False}, ""),
        ({"seul": False, "type_acte": "PRESENCE"}, "fourni"),
    ],
)
def test_seul_un_element_unique_se_deduit_de_ce_qui_a_ete_fait(options, attendue):
    assert deduite(**({"seul": True, "type_acte": "DOSSIER", "accord": "total", "perdu": False} | options)) == attendue


@pytest.mark.parametrize(
    ("decisions", "options", "phrase"),
    [
        (("fourni", "", ""), {}, "Les éléments 2, 3 n’ont pas leur réponse"),
        (("",), {}, "L’élément 1 n’a pas sa réponse"),
        (("refuse", "refuse"), {}, "refusez la réquisition"),
        (("fourni", "non_detenu"), {"accord": "partiel"}, "partiel ou refusé"),
        (("refuse", "non_detenu"), {"tailles": (12,)}, "rien n’est dit fourni"),
        (("fourni", "refuse", "non_detenu", "partiel"), {"accord": "partiel", "tailles": (12,)}, ""),
    ],
)
def test_t09_chaque_element_a_sa_reponse_et_elle_dit_ce_qui_part(decisions, options, phrase):
    constat = elements(faits(elements=decisions, **options))
    assert (phrase in constat.message and constat.bloque) if phrase else constat is None


@pytest.fixture
def planning(affectee, juriste, fichier):
    """Three items asked of human resources, a piece brought, the unit called back."""
    dossier = affectee("RH", mission=MISSION)
    w.verser_piece(dossier=dossier, acteur=juriste, intitule="Planning", fichier=fichier(), classe="judiciaire")
    dossier = w.preparer_reponse(dossier=dossier, acteur=juriste)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    return dossier


def test_une_reponse_ne_part_pas_sans_la_reponse_a_chaque_element(planning, juriste):
    with pytest.raises(TransitionRefusee, match="Les éléments 1, 2, 3"):
        w.mettre_a_disposition(dossier=planning, acteur=juriste)
    for reponse, phrase in ((Reponse("refuse"), "motif du refus"), (Reponse("partiel"), "ce qui manque")):
        with pytest.raises(TransitionRefusee, match=phrase):
            w.repondre_elements(dossier=planning, acteur=juriste, reponses={1: reponse})
    w.repondre_elements(dossier=planning, acteur=juriste, reponses={1: Reponse("fourni")}, ajout="Numéro de l’agent")
    assert Element.objects.filter(dossier=planning).count() == 4
    with pytest.raises(TransitionRefusee, match="Les éléments 2, 3, 4"):
        w.mettre_a_disposition(dossier=planning, acteur=juriste)


def test_le_requerant_et_le_parquet_lisent_la_reponse_a_chaque_element(planning, juriste, distribution):
    client = distribution.client("juriste")
    adresse = reverse("requisitions:elements", args=[planning.cle])
    version = Dossier.objects.get(pk=planning.pk).version
    saisie = {"decision_1": "fourni", "decision_2": "refuse", "decision_3": "partiel", "precision_3": "Sans signature"}
    page = client.post(adresse, {**saisie, "version": version})
    assert "Indiquez le motif du refus" in page.content.decode()
    assert "Sans signature" in page.content.decode()
    reponse = client.post(adresse, {**saisie, "motif_2": "technique", "version": version})
    assert reponse.status_code == 302
    assert client.post(adresse, {**saisie, "motif_2": "technique", "version": version}).status_code == 200
    opj = distribution.client("opj")
    page_du_requerant = reverse("requisitions:dossier", args=[planning.cle])
    w.mettre_a_disposition(dossier=Dossier.objects.get(pk=planning.pk), acteur=juriste)
    assert "Sans signature" not in opj.get(page_du_requerant).content.decode()
    lettre = planning.pieces.get(intitule="Réponse à chaque élément")
    assert [service.code for service in lettre.remise_a.all()] == ["PARQUET-PERM"]
    assert Participation.objects.filter(content_object=planning, group__name="PARQUET-PERM").exists()
    w.ouvrir_pli(dossier=Dossier.objects.get(pk=planning.pk), acteur=distribution.acteur("opj"))
    lue = opj.get(page_du_requerant).content.decode()
    for mot in ("Registre des appels", "Refusé", "Incompétence technique", "Sans signature"):
        assert mot in lue


def test_rien_de_detenu_se_repond_sans_piece_ni_accord(affectee, juriste):
    dossier = affectee("DOSSIER", mission="Compte rendu\nImagerie")
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    reponses = {1: Reponse("non_detenu"), 2: Reponse("refuse", "secret")}
    dossier = w.repondre_elements(dossier=dossier, acteur=juriste, reponses=reponses)
    assert w.mettre_a_disposition(dossier=dossier, acteur=juriste).etat == "PRETE"
    assert [ligne["intitule"] for ligne in dossier.remises.get().manifeste] == ["Réponse à chaque élément"]
