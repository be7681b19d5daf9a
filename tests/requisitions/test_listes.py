"""Worklists: nobody's, mine, a colleague's, a number to verify; several lines at once; the night handed over."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from convention.models import Contact
from dossiers import echeances
from dossiers.models import Participation
from notifications.boite_envoi import executer
from notifications.models import Avis, Envoi
from requisitions.annonces.relances import relancer


def liste(client, vue="", nom="file"):
    return client.get(reverse(f"requisitions:{nom}"), {"vue": vue}).content.decode()


def en_lot(client, geste, *dossiers):
    donnees = {"geste": geste, "dossier": [str(dossier.cle) for dossier in dossiers]}
    return client.post(reverse("requisitions:plusieurs"), donnees, follow=True).content.decode()


def test_les_vues_disent_qui_suit_et_un_lot_s_attribue(deposee, distribution):
    libre, prise, autre = deposee("RH"), deposee("RH"), deposee("RH")
    mienne, collegue = distribution.client("juriste"), distribution.client("juriste2")
    assert "Suivi pris pour 1 réquisition." in en_lot(mienne, "attribuer", prise)
    assert "Suivi pris pour 1 réquisition." in en_lot(collegue, "attribuer", autre)
    vues = {
        vue: {dossier.reference for dossier in (libre, prise, autre) if dossier.reference in liste(mienne, vue)}
        for vue in ("", "sans_agent", "miens", "collegues")
    }
    assert vues == {
        "": {libre.reference, prise.reference, autre.reference},
        "sans_agent": {libre.reference},
        "miens": {prise.reference},
        "collegues": {autre.reference},
    }


def test_la_liste_dit_l_echeance_qui_donne_son_rang_a_chaque_ligne(deposee, distribution):
    """The order to freeze is due within the hour: its line comes first, and says why."""
    sans_gel, video = deposee("RH"), deposee("VIDEO")
    page = liste(distribution.client("juriste"), "")
    assert page.index(video.reference) < page.index(sans_gel.reference)
    assert page.count("D’abord : confirmation du gel") == 1


def test_un_refus_du_lot_n_arrete_pas_les_autres(deposee, distribution):
    neuve, commencee = deposee("RH"), deposee("RH")
    client = distribution.client("juriste")
    en_lot(client, "controler", commencee)
    html = en_lot(client, "controler", neuve, commencee)
    assert "Contrôle commencé pour 1 réquisition." in html
    assert f"{commencee.reference}\u00a0:" in html
    neuve.refresh_from_db()
    assert neuve.etat == "EN_CONTROLE"
    assert "Cochez au moins une réquisition" in en_lot(client, "controler")
    assert distribution.client("opj").post(reverse("requisitions:plusieurs"), {"geste": "attribuer"}).status_code == 403


def test_un_numero_non_verifie_depuis_quatre_vingt_dix_jours_se_voit_partout(deposee, distribution):
    dossier, client = deposee("RH"), distribution.client("juriste")
    Contact.objects.update(verifie_le=timezone.localdate() - timedelta(days=90))
    assert dossier.reference not in liste(client, "adresses")
    Contact.objects.filter(service=dossier.service_emetteur).update(
        verifie_le=timezone.localdate() - timedelta(days=91)
    )
    assert dossier.reference in liste(client, "adresses")
    assert "numéro de l’unité à vérifier" in liste(client)
    page = client.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    assert "Numéro non vérifié depuis plus de 90 jours" in page
    rappel = client.get(reverse("requisitions:rappel", args=[dossier.cle])).content.decode()
    assert "non vérifié depuis plus de 90 jours" in rappel
    assert "numéro de l’unité" not in liste(distribution.client("opj"), nom="miennes")


def test_le_requerant_a_les_siennes_et_celles_de_son_unite_en_conge_compris(deposee, distribution):
    mienne, de_l_unite = deposee("RH"), deposee("RH", par=distribution.acteur("opj2"))
    client = distribution.client("opj")
    assert de_l_unite.reference in liste(client, nom="miennes")
    siennes = liste(client, "miens", nom="miennes")
    assert mienne.reference in siennes
    assert de_l_unite.reference not in siennes
    page = client.get(reverse("requisitions:annulation", args=[de_l_unite.cle]))
    assert page.status_code == 200, "un collègue en congé ne bloque pas son unité"


@pytest.fixture
def de_nuit(deposee, monkeypatch):
    monkeypatch.setattr("requisitions.workflow.enregistrement.hors_heures_ouvrees", lambda instant: True)
    return deposee("VIDEO")


def test_la_garde_passe_la_releve_aux_affaires_juridiques(de_nuit, distribution):
    garde, juriste = distribution.client("garde"), distribution.client("juriste")
    Participation.objects.filter(content_object=de_nuit).update(non_lu=False)
    assert "Passer la relève" in liste(garde)
    adresse = reverse("requisitions:releve")
    page = garde.get(adresse).content.decode()
    assert de_nuit.reference in page
    assert "note" in garde.post(adresse, {"note": ""}).context["form"].errors
    assert garde.post(adresse, {"note": "Gel demandé, rappeler le poste."}).status_code == 302
    assert [part.group.name for part in Participation.objects.filter(content_object=de_nuit, non_lu=True)] != []
    assert Participation.objects.get(content_object=de_nuit, group__name="CHV-DAJ").non_lu
    lu = juriste.get(reverse("requisitions:dossier", args=[de_nuit.cle])).content.decode()
    assert "Gel demandé, rappeler le poste." in lu
    dehors = distribution.client("opj").get(reverse("requisitions:dossier", args=[de_nuit.cle])).content.decode()
    assert "Gel demandé, rappeler le poste." not in dehors
    assert juriste.get(adresse).status_code == 403


PARIS = ZoneInfo("Europe/Paris")
RELEVES = [
    ("un matin ordinaire", datetime(2026, 12, 2, 8, 30), datetime(2026, 12, 1, 18)),
    ("un lundi matin", datetime(2026, 12, 7, 8, 30), datetime(2026, 12, 4, 18)),
    ("le samedi 2 janvier", datetime(2027, 1, 2, 9), datetime(2026, 12, 31, 18)),
    ("le lundi après le jour de l’an", datetime(2027, 1, 4, 8), datetime(2026, 12, 31, 18)),
    ("le lundi du passage à l’heure d’été", datetime(2027, 3, 29, 8), datetime(2027, 3, 26, 18)),
    ("le mardi de Pâques", datetime(2027, 3, 30, 8), datetime(2027, 3, 26, 18)),
    ("le lundi du passage à l’heure d’hiver", datetime(2026, 10, 26, 8), datetime(2026, 10, 23, 18)),
    ("en pleine nuit", datetime(2026, 12, 2, 0, 30), datetime(2026, 12, 1, 18)),
    ("à l’heure de fermeture", datetime(2026, 12, 2, 18), datetime(2026, 12, 2, 18)),
]


@pytest.mark.parametrize(("quand", "fermeture"), [cas[1:] for cas in RELEVES], ids=[cas[0] for cas in RELEVES])
def test_la_garde_commence_a_la_derniere_fermeture(quand, fermeture):
    assert echeances.derniere_fermeture(quand.replace(tzinfo=PARIS)) == fermeture.replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("recue", "relevee"),
    [
        (datetime(2026, 12, 4, 19), datetime(2026, 12, 7, 8, 30)),
        (datetime(2026, 12, 31, 18, 30), datetime(2027, 1, 4, 8, 30)),
        (datetime(2026, 12, 1, 23), datetime(2026, 12, 2, 8, 30)),
        (datetime(2027, 3, 26, 18, 5), datetime(2027, 3, 30, 8, 30)),
    ],
    ids=["week-end", "jour de l’an", "nuit", "Pâques et heure d’été"],
)
def test_la_releve_couvre_toute_la_garde(recue, relevee, deposee, distribution, time_machine):
    time_machine.move_to(recue.replace(hour=12, tzinfo=PARIS))
    de_jour = deposee("RH")
    time_machine.move_to(recue.replace(tzinfo=PARIS))
    dossier = deposee("RH")
    time_machine.move_to(relevee.replace(tzinfo=PARIS))
    garde, adresse = distribution.client("garde"), reverse("requisitions:releve")
    page = garde.get(adresse).content.decode()
    assert dossier.reference in page
    assert de_jour.reference not in page, "les affaires juridiques l’ont reçue elles-mêmes"
    assert garde.post(adresse, {"note": "Rien d’urgent."}).status_code == 302
    assert dossier.reference not in garde.get(adresse).content.decode(), "ce qui est passé ne se repasse pas"


def test_une_relance_de_restitution_previent_meme_sur_un_dossier_clos(deposee, distribution, time_machine):
    juriste = distribution.utilisateur("juriste")
    dossier = deposee("SAISIE")
    type(dossier).objects.filter(pk=dossier.pk).update(
        etat="CLOTUREE", phase="clos", clos_le=timezone.now(), clos_par=juriste
    )
    debut = timezone.now()
    echeances.poser(
        dossier=dossier, nom="restitution", libelle="Relance", debut_le=debut,
        echeance_le=debut + timedelta(days=60), calcul="60 jours",
    )  # fmt: skip
    relancer()
    assert not Envoi.objects.filter(sujet="requisition.relance").exists(), "rien n’est dû"
    time_machine.move_to(debut + timedelta(days=61))
    relancer()
    relancer()
    for envoi in Envoi.objects.filter(sujet="requisition.relance"):
        executer(envoi.pk)
    avis = Avis.objects.filter(destinataire=juriste, texte__startswith="Restitution à suivre")
    assert avis.count() == 1
    assert dossier.reference in avis.get().texte
