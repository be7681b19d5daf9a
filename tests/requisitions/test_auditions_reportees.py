"""A hearing that is deferred, its next certificate, and the hearing of a professional."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from notifications.models import Avis, Envoi
from requisitions import workflow as w
from requisitions.audition import annonces
from requisitions.models import AvisAptitude, Seance, Volet
from requisitions.workflow import Constat
from tests.requisitions.scene_audition import (
    APTE,
    INAPTE,
    MIDI,
    SANTE,
    H,
    medecin,
    midi,
    noter,
    page,
    patient,
    programmee,
    remettre,
    tenue,
)
from tests.requisitions.test_parcours import poster, rappeler
from tests.requisitions.test_regularisation import livrer
from transitions.workflow import TransitionRefusee

__all__ = ["medecin", "midi", "patient", "programmee"]


def test_un_report_medical_se_dit_sans_motif_et_se_reevalue_sous_un_jour(programmee, medecin, distribution, midi):
    dossier = programmee()
    noter(dossier, medecin, INAPTE)
    seance = dossier.seances.get()
    assert seance.issue == "reportee_medical", "le certificat d’inaptitude reporte la séance programmée"
    assert Volet.objects.get(dossier=dossier).donnees["reevaluation_le"] == "2026-11-25T10:00+00:00"
    lue = page(distribution, "opj", "dossier", dossier)
    assert "Reportée" in lue
    for tu in SANTE:
        assert tu not in lue.replace("Audition d’un patient (avis", "").split('id="aud"')[1].split("</section>")[0], tu
    livrer()
    for texte in Avis.objects.filter(destinataire__courriel="opj@demo.test").values_list("texte", flat=True):
        assert not [mot for mot in SANTE if mot in texte], texte
    Avis.objects.all().delete()
    midi.move_to(MIDI + 24 * H, tick=False)
    for _ in range(3):
        annonces.rappeler()
        livrer()
    rappels = Avis.objects.filter(texte__contains="Avis d’aptitude")
    assert sorted(avis.destinataire.courriel.split("@")[0] for avis in rappels) == ["juriste", "medecin"]


@pytest.mark.parametrize("qui", ["parquet", "entrees"])
def test_qui_n_a_qu_une_copie_ne_lit_ni_le_motif_ni_ce_qui_fut_note(programmee, medecin, distribution, qui):
    dossier = programmee()
    service = {"parquet": "PARQUET-PERM", "entrees": "CHV-BE"}[qui]
    copie = Octroi(Part.Role.COPIE, "Pour information", "Copie", "Parquet", service=distribution.service(service))
    accorder(dossier=dossier, octrois=[copie], acteur=medecin)
    w.constater_audition(
        dossier=dossier, acteur=medecin, constat=Constat("reportee_medical", incident="CANARI-INCIDENT")
    )
    bloc = page(distribution, qui, "dossier", dossier).split('id="aud"')[1].split("</section>")[0]
    assert "Reportée" in bloc
    for tu in (*SANTE, "CANARI", "réévaluer", distribution.service("CHV-CHIR").nom):
        assert tu not in bloc, tu


def test_le_service_apprend_que_l_audition_n_aura_pas_lieu(programmee, medecin):
    dossier = programmee()
    livrer()
    w.constater_audition(dossier=dossier, acteur=medecin, constat=Constat("non_tenue"))
    charges = list(Envoi.objects.filter(sujet=annonces.SUJET_SERVICE).order_by("pk").values_list("charge", flat=True))
    assert len(charges) == 2
    assert "n’aura pas lieu" in annonces.mots_pour_le_service(Seance.objects.get(dossier=dossier))


def test_une_demande_annulee_libere_le_service(programmee, opj):
    dossier = programmee()
    w.annuler(dossier=dossier, acteur=opj, motif="La personne s’est présentée d’elle-même.")
    for _ in range(2):
        annonces.rappeler()
    assert Envoi.objects.filter(sujet=annonces.SUJET_SERVICE).count() == 2
    assert "n’aura pas lieu" in annonces.mots_pour_le_service(Seance.objects.get(dossier=dossier))


def test_un_nouvel_avis_se_donne_sans_nouvelle_requisition_et_se_remet_par_un_autre(
    programmee, medecin, juriste, distribution, midi, ecrits
):
    dossier = noter(programmee(), medecin, INAPTE)
    remettre(dossier, juriste)
    midi.move_to(MIDI + 23 * H, tick=False)
    client = distribution.client("medecin")
    saisie = {"geste": "avis", "valeur": "conditions", "donne_le": "2026-11-25T10:30", "accord": "oral"}
    sans = client.post(reverse("requisitions:audition", args=[dossier.cle]), saisie)
    assert "Écrivez les conditions" in sans.content.decode()
    poster(client, "audition", dossier, **saisie, conditions="Trente minutes, une pause")
    avis = AvisAptitude.objects.get()
    dernier = ecrits["pdf/requisition_volet.html"][-1]
    assert "Trente minutes, une pause" in dernier
    assert "Apte sous conditions" in dernier
    opj = distribution.client_eleve("opj")
    piece = dossier.pieces.get(document__objet_cle=avis.cle)
    adresse = reverse("dossiers:piece", args=[piece.cle])
    assert opj.get(adresse).status_code == 404, "rien ne part avant qu’un autre ne le remette"
    with pytest.raises(TransitionRefusee):
        w.remettre_avis(dossier=dossier, acteur=medecin, avis=avis)
    livrer()
    assert Avis.objects.filter(texte__contains="Nouvel avis d’aptitude à remettre").exists()
    page_juriste = page(distribution, "juriste", "audition", dossier)
    remise = reverse("requisitions:remettre_avis", args=[dossier.cle, avis.cle])
    assert remise in page_juriste
    distribution.client("juriste").post(remise)
    assert opj.get(adresse).status_code == 200
    assert not dossier.echeances.filter(nom="reevaluation", tenue_le=None).exists()
    programmee(dossier, quand=MIDI + 26 * H)
    midi.move_to(MIDI + 30 * H, tick=False)
    w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue(MIDI + 26 * H, MIDI + 27 * H))
    assert [seance.issue for seance in dossier.seances.all()] == ["reportee_medical", "realisee"]


def test_tant_que_le_premier_avis_n_est_pas_parti_il_se_modifie(programmee, medecin):
    dossier = noter(programmee(), medecin, APTE)
    with pytest.raises(TransitionRefusee, match="modifiez-le"):
        w.reevaluer_aptitude(dossier=dossier, acteur=medecin, valeur="apte", donne_le=MIDI, accord="oral")


def test_un_avis_qui_laisse_deviner_un_soin_est_refuse(patient, medecin):
    dossier = patient()
    with pytest.raises(TransitionRefusee, match="laisse deviner un soin"):
        noter(dossier, medecin, {**APTE, "aptitude": "conditions", "conditions": "Après la dialyse."})


# A professional


CONVOQUE = {
    "entendu": "temoin", "professionnel": "Zoé Maillard", "hierarchie": True, "accompagnement": "accepte",
    "secret_rappele": True, "protection": "sans_objet", "lieu": "service", "debut": "2026-11-25T09:00+00:00",
}  # fmt: skip


@pytest.fixture
def convoque(midi, affectee, juriste, distribution):
    dossier = affectee("AUD_PRO", entendu_comme="temoin")
    rappeler(distribution.client("juriste"), dossier)
    return w.remplir_volet(dossier=dossier, acteur=juriste, reponses=CONVOQUE)


def test_le_rendez_vous_de_la_reponse_est_la_seance_et_part_avec_elle(convoque, juriste, distribution):
    seance = convoque.seances.get()
    assert (seance.lieu, seance.issue, timezone.localtime(seance.prevue_pour).hour) == ("service", "", 10)
    assert 'id="aud"' not in page(distribution, "opj", "dossier", convoque), "la réponse donne le rendez-vous"
    with pytest.raises(TransitionRefusee, match="dans la réponse"):
        w.programmer_audition(dossier=convoque, acteur=juriste, prevue_pour=MIDI + 40 * H, lieu="service")
    remettre(convoque, juriste)
    assert "Dans le service enquêteur" in page(distribution, "opj", "dossier", convoque)
    w.programmer_audition(dossier=convoque, acteur=juriste, prevue_pour=MIDI + 40 * H, lieu="service")
    assert convoque.seances.get().prevue_pour == MIDI + 40 * H


def test_un_temoin_mis_en_cause_a_son_changement_de_statut_trace(convoque, juriste, distribution, midi):
    remettre(convoque, juriste)
    midi.move_to(MIDI + 30 * H, tick=False)
    constat = Constat("realisee", lieu="service", debut=MIDI + 22 * H, fin=MIDI + 23 * H, entendu="mise_en_cause")
    with pytest.raises(TransitionRefusee, match="Témoin") as refus:
        w.constater_audition(dossier=convoque, acteur=juriste, constat=constat)
    assert refus.value.champ == "statut_depuis"
    w.constater_audition(dossier=convoque, acteur=juriste, constat=replace(constat, statut_depuis=MIDI + 22.5 * H))
    assert convoque.evenements.filter(nom="changer_statut", reserve_a__isnull=False).count() == 1
    lue = page(distribution, "juriste", "dossier", convoque)
    assert "Mis en cause" in lue
    assert "Statut changé" in lue


def test_un_statut_change_dans_la_reponse_est_trace(convoque, juriste):
    w.remplir_volet(dossier=convoque, acteur=juriste, reponses={**CONVOQUE, "entendu": "mise_en_cause"})
    assert convoque.evenements.filter(nom="changer_statut").count() == 1


# What was noted by mistake


def test_une_issue_notee_par_erreur_se_reprend_et_se_note_a_nouveau(programmee, medecin, juriste, distribution, midi):
    dossier = programmee()
    noter(dossier, medecin, APTE)
    w.constater_audition(dossier=dossier, acteur=medecin, constat=Constat("refusee_patient", incident="Elle dort."))
    assert "a refusé" in page(distribution, "opj", "dossier", dossier)
    assert "Corriger ce qui a été noté" in page(distribution, "juriste", "audition", dossier)
    poster(distribution.client("juriste"), "audition", dossier, geste="reprendre", motif="Erreur de personne.")
    lue = page(distribution, "opj", "dossier", dossier)
    assert "est corrigée" in lue
    assert "a refusé d’être entendue" not in lue.split('id="aud"')[1].split("</section>")[0]
    assert "Erreur de personne" not in lue
    assert dossier.echeances.filter(nom="audition", tenue_le=None).exists()
    midi.move_to(MIDI + 6 * H, tick=False)
    w.constater_audition(dossier=dossier, acteur=medecin, constat=tenue())
    seance = dossier.seances.get()
    assert (seance.issue, seance.incident) == ("realisee", "")
    assert "refusee_patient" in seance.history.values_list("issue", flat=True), "l’historique garde ce qui était dit"


def test_seules_les_affaires_juridiques_reprennent_et_disent_pourquoi(programmee, medecin, juriste, distribution):
    dossier = programmee()
    with pytest.raises(TransitionRefusee, match="rien à corriger"):
        w.reprendre_le_constat(dossier=dossier, acteur=juriste, motif="Erreur.")
    w.constater_audition(dossier=dossier, acteur=juriste, constat=Constat("non_tenue"))
    with pytest.raises(TransitionRefusee, match="affaires juridiques"):
        w.reprendre_le_constat(dossier=dossier, acteur=medecin, motif="Erreur.")
    with pytest.raises(TransitionRefusee) as refus:
        w.reprendre_le_constat(dossier=dossier, acteur=juriste, motif="  ")
    assert refus.value.champ == "motif"


def test_une_inaptitude_garde_sa_reevaluation_quand_le_report_se_reprend(programmee, medecin, juriste):
    dossier = programmee()
    noter(dossier, medecin, INAPTE)
    w.reprendre_le_constat(dossier=dossier, acteur=juriste, motif="Noté sur la mauvaise séance.")
    assert dossier.echeances.filter(nom="reevaluation", tenue_le=None).exists()


def test_le_service_quitte_apprend_que_l_audition_ne_s_y_tiendra_pas(programmee, juriste, distribution):
    distribution.utilisateur("cadre")
    dossier = programmee()
    ancien = dossier.seances.get().service_prevenu
    autre = distribution.service("CHV-URG")
    livrer()
    Avis.objects.all().delete()
    w.programmer_audition(
        dossier=dossier, acteur=juriste, prevue_pour=MIDI + 30 * H, lieu="local", service_prevenu=autre
    )
    livrer()
    prevenus = Avis.objects.filter(texte__contains="n’aura pas lieu")
    assert prevenus.exists()
    equipe = set(prevenus.values_list("destinataire", flat=True))
    assert equipe <= set(ancien.rattachements.values_list("utilisateur", flat=True))
