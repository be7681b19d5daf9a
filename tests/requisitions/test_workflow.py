"""The verbs: what they do, what they refuse, and to whom they show it."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse
from django.utils import timezone

from documents.relecture import Zone
from dossiers.models import Dossier, Participation
from notifications.models import Avis
from requisitions import workflow as w
from requisitions.elements import Reponse
from requisitions.models import Derogation, Gel, Requisition, Tri
from requisitions.types_acte.presence import PHRASES
from tests.coffre_ouvert import lire as lire_fichier
from tests.requisitions.conftest import tout_conforme
from transitions.workflow import DejaEnvoye, TransitionRefusee


def services(dossier):
    return {part.group.name: part.role for part in Participation.objects.filter(content_object=dossier)}


def test_deposer_ouvre_le_dossier_aux_affaires_juridiques_et_a_l_unite(deposee, time_machine):
    time_machine.move_to(datetime(2026, 11, 20, 11, tzinfo=ZoneInfo("Europe/Paris")))
    dossier = deposee("DOSSIER")
    assert dossier.etat == "RECUE"
    assert services(dossier) == {
        "POLICE-CSP": "auteur",
        "CHV-DAJ": "destinataire",
        "CHV-ARCH": "averti",
    }, "le circuit de la ligne 22"
    assert dossier.requisition.ligne_decision.rang == 22
    assert dossier.pieces.filter(document__isnull=False).get().intitule == "Accusé de réception"


def test_hors_heures_ouvrees_la_garde_est_informee(deposee, time_machine):
    time_machine.move_to(datetime(2026, 11, 22, 11, tzinfo=ZoneInfo("Europe/Paris")))
    assert services(deposee("DOSSIER"))["CHV-GARDE"] == "observateur"


def test_deposer_deux_fois_la_meme_cle_ne_cree_qu_un_dossier(table, opj, fichier):
    cle, signe = uuid.uuid4(), fichier()

    def deposer(mission="Planning du 20 novembre.", acte=signe):
        lettre = Requisition(cadre="FLAG", type_acte="RH", mission=mission)
        return w.deposer(cle_depot=cle, lettre=lettre, personne=None, fichier=acte, urgence="ORDINAIRE", acteur=opj)

    assert deposer().pk == deposer().pk
    for autre in ({"mission": "Planning du 21 novembre."}, {"acte": fichier("autre acte")}):
        with pytest.raises(DejaEnvoye, match="n’est pas parti"):
            deposer(**autre)
    assert Dossier.objects.count() == 1


def test_un_soignant_ne_depose_pas(table, soignante, fichier):
    lettre = Requisition(cadre="FLAG", type_acte="RH", mission="Planning.")
    with pytest.raises(TransitionRefusee, match="service requérant"):
        w.deposer(
            cle_depot=uuid.uuid4(),
            lettre=lettre,
            personne=None,
            fichier=fichier(),
            urgence="ORDINAIRE",
            acteur=soignante,
        )


def test_les_images_sont_gelees_meme_si_la_requisition_est_irreguliere(deposee):
    dossier = deposee("VIDEO", cadre="PRELIM")
    gel = Gel.objects.get(dossier=dossier)
    assert timedelta(0) <= gel.ordonne_le - dossier.transmis_le < timedelta(minutes=1)
    assert gel.ecrasement == dossier.requisition.periode_du + timedelta(days=30)
    assert services(dossier)["CHV-SECU"] == "executant"


def test_une_combinaison_non_prevue_attend_une_decision_ecrite(deposee, juriste):
    dossier = w.controler(dossier=deposee("VIDEO", cadre="CIVIL"), acteur=juriste)
    assert dossier.requisition.ligne_decision is None
    tout_conforme(dossier, juriste)
    with pytest.raises(TransitionRefusee, match="non prévue"):
        w.valider(dossier=dossier, acteur=juriste)
    w.valider(dossier=dossier, acteur=juriste, derogation="Ordonnance du juge jointe, vérifiée avec le greffe.")
    assert set(Derogation.objects.values_list("controle", flat=True)) >= {"R-00"}


def test_la_grille_est_a_moitie_remplie_et_bloque_tant_qu_un_point_reste(deposee, juriste):
    dossier = w.controler(dossier=deposee("DOSSIER"), acteur=juriste)
    assert dict(dossier.mentions.values_list("numero", "resultat"))["M1"] == "conforme"
    assert dossier.mentions.get(numero="M11").resultat == "a_verifier"
    with pytest.raises(TransitionRefusee, match="Un point bloque"):
        w.valider(dossier=dossier, acteur=juriste)


def test_la_preliminaire_sans_autorisation_ne_se_valide_pas(deposee, juriste):
    dossier = w.controler(dossier=deposee("DOSSIER", cadre="PRELIM"), acteur=juriste)
    tout_conforme(dossier, juriste)
    with pytest.raises(TransitionRefusee, match="autorisation du procureur"):
        w.valider(dossier=dossier, acteur=juriste)


def test_une_vie_en_danger_leve_les_blocages_et_les_trace(deposee, juriste):
    dossier = w.controler(dossier=deposee("VIDEO", cadre="PRELIM"), acteur=juriste)
    w.noter_mentions(dossier=dossier, acteur=juriste, mentions={}, urgence_vitale=True)
    assert w.valider(dossier=dossier, acteur=juriste).etat == "VALIDEE"
    levee = Derogation.objects.get(controle="R-01")
    assert levee.vitale
    assert levee.regulariser_avant is not None


def test_regulariser_arrete_le_delai_et_previent_le_parquet(deposee, juriste, opj):
    dossier = w.controler(dossier=deposee("DOSSIER", cadre="PRELIM"), acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte="Joignez l’autorisation.")
    assert (dossier.etat, dossier.phase) == ("A_REGULARISER", "en_attente")
    dossier.refresh_from_db()
    assert dossier.echeance_suspendue
    assert services(dossier)["PARQUET-PERM"] == "copie"
    ecrit = dossier.pieces.get(intitule="Demande de régularisation")
    assert {service.code for service in ecrit.remise_a.all()} == {"POLICE-CSP", "PARQUET-PERM"}
    dossier = w.repondre_regularisation(
        dossier=dossier, acteur=opj, texte="Voici.", corrections={"autorisation_mode": "ecrite", "mission": ""}
    )
    dossier.refresh_from_db()
    assert dossier.etat == "RECUE"
    assert not dossier.echeance_suspendue
    lettre = Requisition.objects.get(pk=dossier.pk)
    assert lettre.autorisation_mode == "ecrite"
    assert lettre.mission


def test_le_medecin_refuse_et_rien_ne_part(affectee, juriste, medecin, refusee):
    dossier = w.donner_accord(dossier=affectee(), acteur=medecin, choix="refuse", motif="secret")
    contact = dossier.service_emetteur.contacts.first()
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=contact)
    with pytest.raises(TransitionRefusee, match="Le médecin a refusé"):
        w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    dossier = refusee(dossier)
    assert (dossier.etat, dossier.phase) == ("REFUSEE", "clos")
    assert services(dossier)["PARQUET-PERM"] == "copie"


def test_le_medecin_ne_signe_pas_sans_avoir_tout_relu(affectee, medecin, fichier):
    dossier = affectee()
    for nom in ("Compte rendu", "Certificat"):
        piece = w.verser_piece(dossier=dossier, acteur=medecin, intitule=nom, fichier=fichier(nom), classe="medical")
    with pytest.raises(TransitionRefusee, match="2 pièces n’ont pas été relues"):
        w.donner_accord(dossier=dossier, acteur=medecin, choix="total", identite_verifiee=True, ins="qualifiee")
    w.trier(dossier=dossier, acteur=medecin, piece=piece, decision="remettre")
    with pytest.raises(TransitionRefusee, match="1 pièce"):
        w.donner_accord(dossier=dossier, acteur=medecin, choix="total", identite_verifiee=True, ins="qualifiee")


def test_une_piece_ecartee_ne_part_pas_et_une_occultee_est_remplacee(affectee, medecin, juriste, fichier):
    dossier = affectee()
    pieces = [
        w.verser_piece(dossier=dossier, acteur=medecin, intitule=nom, fichier=fichier(nom), classe="medical")
        for nom in ("gardée", "écartée", "occultée")
    ]
    with pytest.raises(TransitionRefusee, match="copie occultée"):
        w.trier(dossier=dossier, acteur=medecin, piece=pieces[2], decision="occulter")
    w.trier(dossier=dossier, acteur=medecin, piece=pieces[0], decision="remettre")
    w.trier(dossier=dossier, acteur=medecin, piece=pieces[1], decision="ecarter")
    zone = [Zone(1, 0, 0, 1, 1)]
    tri = w.occulter(dossier=dossier, acteur=medecin, piece=pieces[2], mots=[], zones=zone)
    dossier = w.donner_accord(
        dossier=dossier, acteur=medecin, choix="partiel", motif="tiers", identite_verifiee=True, ins="qualifiee"
    )
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    with pytest.raises(TransitionRefusee, match="élément 1"):
        w.mettre_a_disposition(dossier=dossier, acteur=juriste)
    partiel = {1: Reponse("partiel", precision="Une pièce sur un tiers.")}
    w.repondre_elements(dossier=dossier, acteur=juriste, reponses=partiel)
    w.mettre_a_disposition(dossier=dossier, acteur=juriste, nom_relu=True)
    assert set(dossier.remises.get().pieces.all()) == {
        pieces[0],
        tri.occultee,
        dossier.pieces.get(intitule="Réponse à chaque élément"),
    }
    assert Tri.objects.get(piece=pieces[2]).decision == "occulter"


def test_un_autre_medecin_ne_repond_pas_a_la_place(affectee, soignante):
    with pytest.raises(TransitionRefusee, match="médecin désigné"):
        w.donner_accord(dossier=affectee(), acteur=soignante, choix="refuse", motif="secret")


def test_le_rappel_se_fait_au_numero_de_l_annuaire(affectee, juriste, distribution):
    dossier = affectee()
    ailleurs = distribution.service("GEND-COB1").contacts.first()
    with pytest.raises(TransitionRefusee, match="annuaire"):
        w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=ailleurs)


def test_rien_ne_part_sans_rappel(affectee, juriste):
    dossier = affectee("PRESENCE")
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="absent", protegee=False)
    with pytest.raises(TransitionRefusee, match="Rappelez"):
        w.mettre_a_disposition(dossier=dossier, acteur=juriste)


@pytest.mark.parametrize("constatee", ["present", "absent", "sorti", "inconnu", "sans_reponse"])
def test_une_presence_protegee_a_la_meme_reponse_qu_un_empechement(affectee, juriste, constatee):
    dossier = affectee("PRESENCE")
    w.constater_presence(dossier=dossier, acteur=juriste, constatee=constatee, protegee=True)
    assert Requisition.objects.get(pk=dossier.pk).reponse_texte == PHRASES["sans_reponse"]


def test_seul_le_poste_de_securite_confirme_le_gel(deposee, juriste, securite):
    dossier = deposee("VIDEO")
    with pytest.raises(TransitionRefusee, match="poste de sécurité"):
        w.confirmer_gel(dossier=dossier, acteur=juriste, support="Coffre")
    gel = w.confirmer_gel(dossier=dossier, acteur=securite, support="Coffre")
    assert gel.confirme_par_id == securite.utilisateur_id
    with pytest.raises(TransitionRefusee, match="déjà confirmé"):
        w.confirmer_gel(dossier=dossier, acteur=securite, support="Coffre")


@pytest.fixture
def prete(affectee, juriste):
    dossier = affectee("PRESENCE")
    w.constater_presence(dossier=dossier, acteur=juriste, constatee="absent", protegee=False)
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=dossier.service_emetteur.contacts.first())
    return w.mettre_a_disposition(dossier=dossier, acteur=juriste)


def test_le_contenu_est_fige_quand_la_reponse_part(prete):
    lettre = Requisition.objects.get(pk=prete.pk)
    assert len(lettre.empreinte) == 64
    with pytest.raises(ProgrammingError), transaction.atomic():
        Requisition.objects.filter(pk=prete.pk).update(num_procedure="autre")


def test_la_premiere_ouverture_est_le_recepisse(prete, opj, juriste):
    with pytest.raises(TransitionRefusee, match="Ouvrez d’abord le pli"):
        w.telecharger_pli(dossier=prete, acteur=opj)
    with pytest.raises(TransitionRefusee):
        w.ouvrir_pli(dossier=prete, acteur=juriste)
    remise = w.ouvrir_pli(dossier=prete, acteur=opj)
    assert (remise.recepisse.intitule, remise.ouverte_par_id) == ("Récépissé", opj.utilisateur_id)
    assert lire_fichier(w.telecharger_pli(dossier=Dossier.objects.get(pk=prete.pk), acteur=opj))[:2] == b"PK"


def test_un_second_clic_ne_signe_rien_de_plus(prete, opj):
    premiere = w.ouvrir_pli(dossier=prete, acteur=opj)
    encore = w.ouvrir_pli(dossier=prete, acteur=opj)
    assert (encore.recepisse_id, encore.ouverte_le) == (premiere.recepisse_id, premiere.ouverte_le)
    assert prete.pieces.filter(intitule="Récépissé").count() == 1


def test_une_reponse_expiree_se_depose_a_nouveau(prete, opj, juriste):
    with pytest.raises(TransitionRefusee, match="encore disponible"):
        w.redeposer(dossier=prete, acteur=juriste)
    prete.remises.update(expiration=timezone.now() - timedelta(days=1))
    with pytest.raises(TransitionRefusee, match="plus disponible"):
        w.ouvrir_pli(dossier=prete, acteur=opj)
    w.redeposer(dossier=prete, acteur=juriste)
    assert w.ouvrir_pli(dossier=prete, acteur=opj).numero == 2


def test_annuler_clore_contester(deposee, prete, opj, juriste):
    assert w.annuler(dossier=deposee("RH"), acteur=opj, motif="Plus utile.").etat == "ANNULEE"
    w.ouvrir_pli(dossier=prete, acteur=opj)
    dossier = w.clore(dossier=Dossier.objects.get(pk=prete.pk), acteur=juriste)
    assert dossier.etat == "CLOTUREE"
    assert w.contester(dossier=dossier, acteur=juriste, motif="Nullité soulevée.").etat == "CONTESTEE"


def test_le_motif_d_une_contestation_reste_a_qui_instruit(prete, opj, juriste, distribution):
    """A complaint may quote the care of a patient: neither the requester nor whoever executed reads it."""
    w.ouvrir_pli(dossier=prete, acteur=opj)
    dossier = w.clore(dossier=Dossier.objects.get(pk=prete.pk), acteur=juriste)
    w.contester(dossier=dossier, acteur=juriste, motif="CANARI-SOIN, dit la patiente.")
    adresse = reverse("requisitions:dossier", args=[dossier.cle])
    for nom, lit in (("juriste", True), ("opj", False), ("archives", False), ("medecin", False)):
        lue = distribution.client(nom).get(adresse, follow=True).content.decode()
        assert "Contestation enregistrée" in lue or not lit
        assert ("CANARI-SOIN" in lue) is lit, nom


@pytest.mark.parametrize(
    ("heure", "acte", "urgence", "voit"),
    [
        (17, "EX_GAV", "IMMEDIATE", True),
        (10, "EX_GAV", "IMMEDIATE", True),
        (10, "DOSSIER", "ORDINAIRE", False),
        (17, "DOSSIER", "ORDINAIRE", False),
    ],
)
def test_la_garde_voit_ce_qui_est_du_avant_le_retour_des_juristes(deposee, time_machine, heure, acte, urgence, voit):
    time_machine.move_to(datetime(2026, 11, 20, heure, 50, tzinfo=ZoneInfo("Europe/Paris")), tick=False)
    assert ("CHV-GARDE" in services(deposee(acte, urgence=urgence))) is voit


def test_qui_execute_ne_lit_pas_les_articles_dans_la_chronologie(affectee, distribution, juriste):
    dossier = affectee("PRESENCE")
    adresse = reverse("requisitions:dossier", args=[dossier.cle])
    pages = {nom: distribution.client(nom).get(adresse, follow=True).content.decode() for nom in ("juriste", "entrees")}
    assert ["art. 60-1" in page for page in pages.values()] == [True, False]


def test_la_reponse_du_medecin_previent_la_maison_et_pas_le_requerant(affectee, medecin, distribution, travailler):
    dossier = affectee()
    travailler()
    Avis.objects.all().delete()
    w.donner_accord(dossier=dossier, acteur=medecin, choix="refuse", motif="secret")
    travailler()
    prevenus = {avis.destinataire.courriel for avis in Avis.objects.all()}
    assert "juriste@demo.test" in prevenus
    assert "opj@demo.test" not in prevenus
