"""The pages: board, demand on one page, acts, register number."""

from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Brouillon, Dossier
from dossiers.ouverture import ouvrir
from journal.models import Entree
from prises_en_charge import demonstration
from prises_en_charge.models import Extraction
from prises_en_charge.table import WORKFLOW
from tests.prises_en_charge.scene import ECROU, PROGRAMMEE, Scene, pdf

MOMENT = "%Y-%m-%dT%H:%M"


def formulaire(scene: Scene, cle: object, **autres: object) -> dict[str, object]:
    debut = timezone.localtime() + timedelta(days=2)
    return {
        "demande_cle": str(cle),
        "etablissement": scene.distribution.service("MA-GREFFE").pk,
        "genre": "H",
        "age": 41,
        "service_accueil": scene.distribution.service("CHV-IMA").pk,
        "motif_acte": "IMAGERIE",
        "consignes": "À jeun.",
        "creneau_debut": debut.strftime(MOMENT),
        "creneau_fin": (debut + timedelta(hours=1)).strftime(MOMENT),
        "acces": "LATERALE",
        **autres,
    }


def test_le_tableau_vide_dit_quoi_faire(scene: Scene):
    page = scene.distribution.client("usmp").get(reverse("prises_en_charge:journee")).content.decode()
    assert "Aucune extraction aujourd’hui." in page
    assert "Demander une extraction" in page
    page = scene.distribution.client("escorte").get(reverse("prises_en_charge:journee")).content.decode()
    assert "Demander une extraction" not in page


def test_la_demande_ouvre_un_dossier_et_le_double_envoi_un_seul(scene: Scene):
    client, cle = scene.distribution.client("usmp"), uuid4()
    adresse = reverse("prises_en_charge:extraction")
    for _ in range(2):
        reponse = client.post(adresse, formulaire(scene, cle))
        assert reponse.status_code == 302
    dossier = Dossier.objects.get(nature="EXTRACTION")
    assert reponse["Location"] == reverse("prises_en_charge:dossier", args=[dossier.cle])


def test_une_demande_fautive_garde_ce_qui_est_tape(scene: Scene):
    hier = (timezone.localtime() - timedelta(days=1)).strftime(MOMENT)
    champs = formulaire(scene, uuid4(), creneau_debut=hier, age=16, consignes="Rappel par SMS la veille")
    page = scene.distribution.client("usmp").post(reverse("prises_en_charge:extraction"), champs).content.decode()
    assert "Il y a 3 points à corriger" in page
    assert "Rappel par SMS la veille" in page
    assert "Ce créneau est passé" in page
    assert "autorité parentale" in page
    assert not Dossier.objects.filter(nature="EXTRACTION").exists()


def test_le_brouillon_se_garde_et_se_reprend_par_son_auteur_seul(scene: Scene):
    client, cle = scene.distribution.client("usmp"), uuid4()
    client.post(reverse("prises_en_charge:garder", args=[cle]), {"consignes": "Texte en cours", "page": "x"})
    reprise = reverse("prises_en_charge:reprendre", args=[cle])
    assert "Texte en cours" in client.get(reprise).content.decode()
    assert reprise in client.get(reverse("prises_en_charge:journee")).content.decode()
    client.post(reverse("prises_en_charge:extraction"), formulaire(scene, cle))
    assert not Brouillon.objects.exists()


def test_le_brouillon_d_un_autre_n_existe_pas(scene: Scene):
    cle = uuid4()
    Brouillon.objects.create(cle=cle, proprietaire=scene.distribution.utilisateur("opj"), genre="extraction")
    client = scene.distribution.client("usmp")
    assert client.get(reverse("prises_en_charge:reprendre", args=[cle])).status_code == 404
    assert client.post(reverse("prises_en_charge:garder", args=[cle]), {"age": "3"}).status_code == 404


@pytest.mark.parametrize("nom", ["maison_arret", "service", "opj"])
def test_la_page_de_demande_est_refusee_aux_autres(scene: Scene, nom: str):
    assert scene.distribution.client(nom).get(reverse("prises_en_charge:extraction")).status_code == 403


def ordre(scene: Scene, **autres: object) -> dict[str, object]:
    return {
        "version": scene.dossier.version,
        "numero_ecrou_pseudonymise": "E4711",
        "statut_penal": "CONDAMNE",
        "escorte": scene.distribution.service("MA-ESCORTE").pk,
        "niveau_escorte": "NE2",
        "effectif": 2,
        "depart_prevu": timezone.localtime(scene.dossier.extraction.creneau_debut).strftime(MOMENT),
        "niveau_surveillance": "I",
        "ordre": SimpleUploadedFile("ordre.pdf", pdf(), "application/pdf"),
        **autres,
    }


def test_le_greffe_emet_l_ordre_par_la_page(scene: Scene):
    scene.demander()
    adresse = reverse("prises_en_charge:emettre_ordre", args=[scene.dossier.cle])
    client = scene.distribution.client("maison_arret")
    assert "Numéro d’écrou" in client.get(adresse).content.decode()
    assert client.post(adresse, ordre(scene)).status_code == 302
    scene.dossier.refresh_from_db()
    assert scene.dossier.etat == "ORDRE_EMIS"


def test_un_niveau_deux_sans_motif_et_un_ordre_absent_se_disent_pres_du_champ(scene: Scene):
    scene.demander()
    adresse = reverse("prises_en_charge:emettre_ordre", args=[scene.dossier.cle])
    champs = ordre(scene, niveau_surveillance="II", numero_ecrou_pseudonymise="E-RESTE")
    del champs["ordre"]
    page = scene.distribution.client("maison_arret").post(adresse, champs).content.decode()
    assert "Indiquez son motif." in page
    assert "Joignez l’ordre écrit" in page
    assert "E-RESTE" in page


def test_un_fichier_qui_ment_est_refuse(scene: Scene):
    scene.demander()
    faux = SimpleUploadedFile("ordre.pdf", b"MZ\x90\x00 pas un pdf", "application/pdf")
    adresse = reverse("prises_en_charge:emettre_ordre", args=[scene.dossier.cle])
    page = scene.distribution.client("maison_arret").post(adresse, ordre(scene, ordre=faux)).content.decode()
    assert "Seuls les PDF et les photos" in page


def test_une_page_perimee_montre_le_conflit_et_garde_la_saisie(scene: Scene):
    scene.demander()
    adresse = reverse("prises_en_charge:annuler_soin", args=[scene.dossier.cle])
    champs = {"version": scene.dossier.version - 1, "annulation_soin_motif": "INUTILE"}
    page = scene.distribution.client("usmp").post(adresse, champs).content.decode()
    assert "Ce dossier a changé" in page
    assert 'value="INUTILE" selected' in page


def test_un_geste_interdit_renvoie_au_dossier_avec_sa_raison(scene: Scene):
    scene.demander()
    client = scene.distribution.client("usmp")
    page = client.get(reverse("prises_en_charge:emettre_ordre", args=[scene.dossier.cle]), follow=True).content.decode()
    assert "L’ordre est émis par le greffe" in page
    client.post(reverse("prises_en_charge:commencer_soins", args=[scene.dossier.cle]))
    scene.dossier.refresh_from_db()
    assert scene.dossier.etat == "DEMANDEE_USMP"


def test_l_autre_prison_recoit_404_partout(scene: Scene):
    scene.jusqu_a(*PROGRAMMEE)
    client = scene.distribution.client("epm")
    for nom in ("dossier", "emettre_ordre", "confirmer_escorte", "annuler_escorte", "signaler_incident"):
        adresse = reverse(f"prises_en_charge:{nom}", args=[scene.dossier.cle])
        assert client.get(adresse).status_code == 404
    assert client.post(reverse("prises_en_charge:ecrou", args=[scene.dossier.cle])).status_code == 404


def test_l_ecrou_se_demande_avec_un_motif_et_s_inscrit_au_journal(scene: Scene):
    scene.jusqu_a("demander", "ordonner")
    client, cle = scene.distribution.client("maison_arret"), scene.dossier.cle
    page, adresse = reverse("prises_en_charge:dossier", args=[cle]), reverse("prises_en_charge:ecrou", args=[cle])
    assert ECROU not in client.get(page).content.decode()
    client.post(adresse, {"motif": ""})
    assert ECROU not in client.get(page).content.decode()
    client.post(adresse, {"motif": "RETOUR"})
    assert ECROU in client.get(page).content.decode()
    assert any('"afficher_ecrou"' in entree.contenu for entree in Entree.objects.filter(chaine="MA"))
    assert scene.distribution.client("escorte").post(adresse, {"motif": "RETOUR"}).status_code == 403


def test_l_escorte_ne_voit_ni_hier_ni_avant(scene: Scene):
    scene.jusqu_a(*PROGRAMMEE)
    hier = timezone.now() - timedelta(days=2)
    Extraction.objects.filter(pk=scene.dossier.pk).update(creneau_debut=hier, creneau_fin=hier + timedelta(hours=1))
    adresse = reverse("prises_en_charge:dossier", args=[scene.dossier.cle])
    assert scene.distribution.client("escorte").get(adresse).status_code == 404
    assert scene.distribution.client("maison_arret").get(adresse).status_code == 200


def test_le_tableau_coute_autant_pour_un_que_pour_trente(scene: Scene):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, adresse = scene.distribution.client("usmp"), reverse("prises_en_charge:journee")
    scene.jusqu_a(*PROGRAMMEE)
    client.get(adresse)
    with CaptureQueriesContext(connection) as une:
        client.get(adresse)
    for _ in range(29):
        scene.demander()
    with CaptureQueriesContext(connection) as trente:
        page = client.get(adresse).content.decode()
    assert page.count("bcard") == 30
    assert len(trente) == len(une)


@pytest.mark.parametrize("etat", WORKFLOW.etats)
def test_la_demonstration_fabrique_chaque_etat(scene: Scene, etat: str):
    usmp = scene.acteur("usmp")
    dossier = ouvrir(
        nature="EXTRACTION",
        variante="PROGRAMMEE",
        workflow=WORKFLOW,
        etat="DEMANDEE_USMP",
        place=usmp.places[0],
        acteur=usmp,
    )
    dossier.etat, dossier.phase = etat, WORKFLOW.etats[etat].phase
    lettre, jumelle = (demonstration.fabriquer_extractions([dossier], Random(7))[0] for _ in range(2))
    assert (lettre.creneau_debut, lettre.age, lettre.escorte) == (jumelle.creneau_debut, jumelle.age, jumelle.escorte)
    lettre.save()
    assert bool(lettre.fige_le) == (dossier.phase == "clos")
