"""What the papers say, and what they must not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from convention.models import Contact
from dossiers.models import Dossier
from presentation.temps import date_fr, heure_fr
from requisitions import workflow as w
from requisitions.documents import VOIES
from requisitions.elements import Reponse
from requisitions.lettres.modeles import ecrire
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
    assert "Répondez dans Trait d’union avant le" in mots
    assert "Le délai de réponse est suspendu" in mots
    numero = Contact.objects.filter(service__code="CHV-DAJ").values_list("telephone", flat=True).first()
    assert f"affaires juridiques, {numero}" in mots
    assert "Delcambre" not in mots


def test_qui_n_a_pas_de_compte_repond_par_ecrit_a_l_accueil(deposee, juriste):
    dossier = w.controler(dossier=deposee("DOSSIER"), acteur=juriste)
    Requisition.objects.filter(pk=dossier.pk).update(canal=Requisition.Canal.TELEPHONE)
    w.regulariser(dossier=dossier, acteur=juriste, points=["M9"], texte="Précisez la période.")
    mots = texte(ecrit(dossier, "Demande de régularisation"))
    assert "Répondez par écrit à l’accueil des autorités avant le" in mots


def test_le_refus_porte_son_motif_et_la_voie_ouverte(deposee, juriste, refusee):
    ecrire(acteur=juriste, genre="refus", texte="Dossier **{{ numero }}**, à classer.", mettre_en_vigueur=True)
    dossier = w.controler(dossier=deposee("DOSSIER"), acteur=juriste)
    refusee(dossier)
    mots = texte(ecrit(dossier, "Refus motivé"))
    assert "Secret médical" in mots
    assert "visé par la direction" in mots
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


def test_l_attestation_de_gel_dit_ce_qui_est_garde_et_par_qui_sans_patient_ni_cachette(deposee, securite):
    dossier = deposee("VIDEO")
    gel = w.confirmer_gel(
        dossier=dossier, acteur=securite, support="CANARI-COFFRE", cameras="3 et 4", empreinte="a1" * 32
    )
    mots = texte(ecrit(dossier, "Attestation de gel"))
    lettre = Requisition.objects.get(pk=dossier.pk)
    for phrase in (
        "Images de vidéoprotection",
        "Entrée des urgences",
        "Caméras 3 et 4",
        f"du {date_fr(lettre.periode_du)} à {heure_fr(lettre.periode_du)}".replace("\u00a0", " "),
        "Dépositaire Centre Hospitalier de Valenciennes — poste de sécurité",
        f"original effacé le {date_fr(gel.ecrasement)}",
        f"Date limite de retrait {date_fr(gel.confirme_le + timedelta(days=90))}",
        "Ce gel n’est pas une remise",
    ):
        assert phrase in mots
    assert "a1" * 32 in mots.replace(" ", "")
    assert "CANARI" not in mots


def test_l_attestation_de_prelevements_ne_reprend_pas_les_mots_du_gardien(deposee, juriste):
    dossier = deposee("TUBES", date_faits=timezone.localdate() - timedelta(days=1))
    gel = w.confirmer_gel(dossier=dossier, acteur=juriste, support="Frigo", cameras="Tubes de Lucie Delcambre")
    mots = texte(ecrit(dossier, "Attestation de gel"))
    assert "Prélèvements biologiques" in mots
    assert "Empreinte de la copie" not in mots, "un tube n’est pas une copie"
    assert f"sans ce gel, détruits le {date_fr(gel.ecrasement)}" in mots
    for interdit in ("Delcambre", "Lucie", "Frigo", "Laboratoire"):
        assert interdit not in mots


@pytest.mark.parametrize(
    ("perte", "mots_attendus"),
    [
        ("avant", "La fin de leur conservation était atteinte avant la réception"),
        ("apres", "Ils existaient à la réception de la demande et ont disparu"),
        ("support", "La copie ou l’objet conservé n’est plus utilisable"),
    ],
)
def test_ce_qui_n_est_pas_garde_a_son_attestation_qui_dit_pourquoi(deposee, securite, perte, mots_attendus):
    dossier = deposee("VIDEO")
    w.constater_perte(dossier=dossier, acteur=securite, perte=perte)
    assert not dossier.pieces.filter(intitule="Attestation de gel").exists()
    mots = texte(ecrit(dossier, "Attestation de non-conservation"))
    assert mots_attendus in mots
    assert "Date limite de retrait" not in mots
    assert "les éléments sont conservés" not in mots


def test_la_fiche_d_accord_compte_les_pieces_et_n_en_nomme_aucune(affectee, medecin, fichier):
    dossier = affectee(num_procedure="2026/PENAL", qualification="CANARI-FAITS")
    for nom, decision in (("CANARI-IRM", "remettre"), ("CANARI-BILAN", "remettre"), ("CANARI-NOTE", "ecarter")):
        piece = w.verser_piece(dossier=dossier, acteur=medecin, intitule=nom, fichier=fichier(nom), classe="medical")
        w.trier(dossier=dossier, acteur=medecin, piece=piece, decision=decision)
    w.donner_accord(
        dossier=dossier, acteur=medecin, choix="partiel", motif="tiers", commentaire="CANARI-REMARQUE",
        identite_verifiee=True, ins="traits",
    )  # fmt: skip
    mots = texte(ecrit(dossier, "Fiche d’accord du médecin"))
    accord = dossier.accords.get()
    for phrase in (
        "Lucie Delcambre",
        "J’accepte la remise d’une partie des pièces",
        "Les pièces concernent un tiers",
        "Passage du 21 novembre.",
        "pièces relues : 2 à remettre, 1 écartée",
        "Signé dans Trait d’union",
        f"{accord.donne_par}, le {date_fr(accord.donne_le)}",
    ):
        assert phrase in mots
    for interdit in ("CANARI", "2026/PENAL", "Flagrance"):
        assert interdit not in mots


def test_un_accord_donne_apres_un_refus_remplace_la_fiche(affectee, medecin, fichier):
    dossier = affectee()
    w.donner_accord(dossier=dossier, acteur=medecin, choix="refuse", motif="secret", commentaire="CANARI-REMARQUE")
    refus = ecrit(dossier, "Fiche de refus du médecin")
    mots = texte(refus)
    assert "« Je refuse la remise. »" in mots
    assert "Le secret protège ces informations" in mots
    assert "CANARI" not in mots
    piece = w.verser_piece(dossier=dossier, acteur=medecin, intitule="CR", fichier=fichier("CR"), classe="medical")
    w.trier(dossier=dossier, acteur=medecin, piece=piece, decision="remettre")
    w.donner_accord(dossier=dossier, acteur=medecin, choix="total", identite_verifiee=True, ins="qualifiee")
    refus.refresh_from_db()
    assert (refus.statut, ecrit(dossier, "Fiche d’accord du médecin").statut) == ("remplace", "en_vigueur")


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
