"""What the papers say, and what they must not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dossiers.models import Dossier
from presentation.temps import date_fr
from requisitions import workflow as w
from requisitions.documents import VOIES
from requisitions.elements import Reponse
from requisitions.modeles_lettres import ecrire
from requisitions.models import Requisition
from tests import imprime
from tests.coffre_ouvert import lire as lire_fichier


def texte(document) -> str:
    return imprime.texte(lire_fichier(document.fichier))


def ecrit(dossier, intitule):
    return dossier.pieces.get(intitule=intitule).document


def test_l_accuse_donne_le_numero_l_heure_et_l_empreinte_sans_aucun_patient(deposee):
    dossier = deposee("PRESENCE")
    mots = texte(ecrit(dossier, "Accusé de réception"))
    acte = dossier.pieces.get(intitule="Réquisition signée").fichier
    assert dossier.reference in mots
    assert acte.empreinte in mots.replace(" ", "")
    assert "Réponse attendue avant" in mots
    assert "Delcambre" not in mots


def test_la_demande_de_regularisation_nomme_les_points(deposee, juriste):
    dossier = w.controler(dossier=deposee("DOSSIER", cadre="PRELIM"), acteur=juriste)
    w.regulariser(dossier=dossier, acteur=juriste, points=["M3", "M9"], texte="Joignez l’autorisation écrite.")
    mots = texte(ecrit(dossier, "Demande de régularisation"))
    assert "Autorisation du procureur" in mots
    assert "Périmètre précis" in mots
    assert "Joignez l’autorisation écrite." in mots
    assert "Delcambre" not in mots


def test_le_refus_porte_son_motif_et_la_voie_ouverte(deposee, juriste):
    ecrire(acteur=juriste, genre="refus", texte="Dossier **{{ numero }}**, à classer.", mettre_en_vigueur=True)
    dossier = w.controler(dossier=deposee("DOSSIER"), acteur=juriste)
    w.refuser(dossier=dossier, acteur=juriste, motif="secret", texte="Le médecin n’a pas donné son accord.")
    mots = texte(ecrit(dossier, "Refus motivé"))
    assert "Secret médical" in mots
    assert "Ordre des médecins" in mots
    assert "Le médecin n’a pas donné son accord." in mots
    assert f"Dossier {dossier.reference}, à classer." in mots
    assert "version 1" in mots
    assert "Delcambre" not in mots


def test_la_lettre_dit_chaque_reponse_son_motif_et_la_voie_ouverte(affectee, juriste):
    dossier = affectee("DOSSIER", mission="Compte rendu\nImagerie")
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    reponses = {1: Reponse("non_detenu"), 2: Reponse("refuse", "secret", "Aucun accord du médecin.")}
    dossier = w.repondre_elements(dossier=dossier, acteur=juriste, reponses=reponses)
    w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    mots = texte(ecrit(dossier, "Réponse à chaque élément"))
    for phrase in ("Non détenu", "Secret médical", "Aucun accord", "Ordre des médecins", "Copie au parquet"):
        assert phrase in mots


def test_chaque_motif_de_refus_a_sa_voie():
    assert set(VOIES) == set(Requisition.Refus)


@pytest.mark.parametrize(
    ("protegee", "phrase"), [(False, "est présente au Centre hospitalier"), (True, "ne peut pas répondre")]
)
def test_la_reponse_de_presence_ne_nomme_aucun_service(affectee, juriste, opj, protegee, phrase):
    dossier = affectee("PRESENCE")
    dossier = w.constater_presence(dossier=dossier, acteur=juriste, constatee="present", protegee=protegee)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    dossier = w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    mots = texte(ecrit(dossier, "Réponse sur la présence"))
    assert phrase in mots
    for service in ("Urgences", "Psychiatrie", "Chirurgie", "anonymat"):
        assert service.lower() not in mots.lower().replace("accueil des autorités", "")
    bordereau = texte(ecrit(dossier, "Bordereau de remise"))
    reception = timezone.now() - timedelta(days=2)
    Dossier.objects.filter(pk=dossier.pk).update(transmis_le=reception)
    remise = w.ouvrir_pli(dossier=dossier, acteur=opj)
    assert remise.manifeste[0]["empreinte"] in bordereau.replace(" ", "")
    recu = texte(remise.recepisse)
    assert f"Cap. Bastien Caradec a ouvert le pli le {date_fr(remise.ouverte_le)}" in recu
    assert f"Reçue le {date_fr(reception)}" in recu, "l’heure de la réquisition n’est pas celle du récépissé"
    assert remise.fichier.empreinte in recu.replace(" ", "")
