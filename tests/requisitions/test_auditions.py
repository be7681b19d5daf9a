"""Hearings lived to their end (§3): a slot, who is told and of what, and what happened."""

from dataclasses import replace
from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse

from dossiers.models import Participation
from notifications.models import Avis
from requisitions import audition as regles
from requisitions import workflow as w
from requisitions.audition import annonces
from requisitions.audition.aptitude import Avis as Certificat
from requisitions.audition.aptitude import empechement
from requisitions.audition.documents import NOTE
from requisitions.models import Seance, Volet
from requisitions.workflow import Constat
from tests.requisitions.scene_audition import (
    APTE,
    INAPTE,
    MIDI,
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
from tests.requisitions.test_parcours import poster
from tests.requisitions.test_regularisation import livrer
from transitions.workflow import TransitionRefusee

__all__ = ["medecin", "midi", "patient", "programmee"]


# Rules


@pytest.mark.parametrize(
    ("avis", "cadre", "mots"),
    [
        ([], "FLAG", "Sans avis d’aptitude"),
        ([Certificat("apte", MIDI + H, "ecrit")], "FLAG", "avant l’avis"),
        ([Certificat("inapte", MIDI - H, "ecrit")], "FLAG", "n’est pas entendue"),
        ([Certificat("apte", MIDI - 3 * H, "ecrit"), Certificat("inapte", MIDI - H, "ecrit")], "FLAG", "favorable"),
        ([Certificat("apte", MIDI - 3 * H, "ecrit", valable_jusqu_a=MIDI - H)], "FLAG", "ne vaut que jusqu’au"),
        ([Certificat("apte", MIDI - H, "refus")], "FLAG", "a refusé"),
        ([Certificat("apte", MIDI - H, "sans_objet")], "PRELIM", "En préliminaire"),
    ],
)
def test_un_patient_n_est_pas_entendu_sans_avis_favorable_a_cette_heure(avis, cadre, mots):
    assert mots in empechement(avis, MIDI, cadre=cadre)


def test_un_patient_apte_et_d_accord_est_entendu():
    for accord in ("ecrit", "oral"):
        assert empechement([Certificat("apte", MIDI - H, accord)], MIDI, cadre="PRELIM") == ""
    assert empechement([Certificat("conditions", MIDI - H, "sans_objet")], MIDI, cadre="FLAG") == ""
    guerie = [Certificat("inapte", MIDI - 3 * H, "oral"), Certificat("apte", MIDI - H, "oral")]
    assert empechement(guerie, MIDI, cadre="PRELIM", reporte_le=MIDI - 2 * H) == ""
    assert "il faut un nouvel avis" in empechement(guerie, MIDI, cadre="PRELIM", reporte_le=MIDI - H / 2)


def test_l_etat_d_une_audition_se_lit_dans_ses_seances():
    ouverte = Seance(prevue_pour=MIDI)
    reportee = Seance(prevue_pour=MIDI, issue="reportee_medical", constatee_le=MIDI)
    mot = regles.situation
    assert mot("AFFECTEE", []).code == "DEMANDEE"
    assert mot("AFFECTEE", [ouverte]).code == "PROGRAMMEE"
    assert mot("REMISE", [reportee]).code == "REPORTEE_MEDICAL"
    assert mot("REMISE", [reportee, ouverte]).code == "PROGRAMMEE"
    assert mot("REMISE", [Seance(issue="realisee", constatee_le=MIDI)]).code == "REALISEE"
    assert mot("REMISE", [Seance(issue="refusee_patient", constatee_le=MIDI)]).code == "REFUSEE_PATIENT"
    assert mot("CLOTUREE", [reportee]).code == "CLOTUREE"
    assert mot("PRETE", [], [Certificat("inapte", MIDI, "oral")]).code == "REPORTEE_MEDICAL"
    assert mot("REMISE", [reportee], [Certificat("apte", MIDI + H, "oral")]).code == "DEMANDEE", (
        "à programmer de nouveau"
    )
    assert regles.en_mots_neutres(mot("REMISE", [reportee])).libelle == "Reportée"


# The slot


def test_le_creneau_est_donne_au_requerant_et_l_hopital_est_prevenu_sans_motif(programmee, distribution):
    dossier = programmee(qualification="CANARI-FAITS")
    html = page(distribution, "opj", "dossier", dossier)
    assert "Mardi 24 novembre 2026 à 16\u00a0h" in html
    assert "accueil des autorités" in html
    assert "Local fermé" not in html, "le requérant ne lit pas où, dans l’hôpital"
    livrer()
    dits = [avis.texte for avis in Avis.objects.filter(destinataire__courriel="opj@demo.test")]
    assert any("Audition programmée le mardi 24 novembre" in texte for texte in dits)
    du_service = distribution.service("CHV-CHIR")
    equipe = Avis.objects.filter(destinataire__rattachements__service=du_service, texte__contains="sera entendue")
    for avis in equipe:
        assert avis.adresse == "", "le service n’a pas de part au dossier"
    assert not Participation.objects.filter(content_object=dossier, group=du_service.groupe).exists()
    tout = " ".join([*Avis.objects.values_list("texte", flat=True), *(f"{m.subject} {m.body}" for m in mail.outbox)])
    assert "CANARI" not in tout
    assert "Delcambre" not in tout


def test_la_note_au_service_ne_dit_ni_qui_demande_ni_pourquoi(programmee, ecrits, distribution):
    dossier = programmee(qualification="CANARI-FAITS")
    (note,) = ecrits["pdf/requisition_note_audition.html"]
    for phrase in ("L. D., 34 ans", "mardi 24 novembre 2026", "jamais dans une chambre partagée", "hors d’écoute"):
        assert phrase in note, phrase
    for tu in ("CANARI", "Delcambre", "Commissariat", "POLICE", "Flagrance", "2026/018834", "témoin", "Caradec"):
        assert tu not in note, tu
    piece = dossier.pieces.get(intitule=NOTE)
    lisible = {
        qui
        for qui in ("juriste", "opj", "entrees", "medecin")
        if distribution.client_eleve(qui).get(reverse("dossiers:piece", args=[piece.cle])).status_code == 200
    }
    assert lisible == {"juriste"}


def test_le_bureau_des_entrees_verifie_la_presence_et_ne_lit_aucun_motif(programmee, distribution):
    dossier = programmee(urgence="IMMEDIATE", qualification="CANARI-FAITS")
    client = distribution.client("entrees")
    html = client.get(reverse("requisitions:audition", args=[dossier.cle])).content.decode()
    html += client.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    for tu in ("CANARI", "Témoin", "Flagrance", "Garde à vue", "Nouvel avis", "Programmer l’audition", "Noter ce qui"):
        assert tu not in html, tu
    poster(client, "audition", dossier, geste="presence", presence="partie")
    assert dossier.seances.get().presence == "partie"
    assert "n’est pas à l’hôpital" in page(distribution, "juriste", "dossier", dossier)
    assert "n’est pas à l’hôpital" not in page(distribution, "opj", "dossier", dossier)


def test_un_creneau_se_deplace_et_le_requerant_l_apprend(programmee, distribution):
    dossier = programmee()
    programmee(dossier, quand=MIDI + 6 * H)
    seance = dossier.seances.get()
    assert seance.prevue_pour == MIDI + 6 * H
    assert seance.history.count() == 2
    assert dossier.evenements.filter(libelle__startswith="Audition déplacée au mardi").exists()
    echeance = dossier.echeances.get(nom="audition", tenue_le=None)
    assert echeance.echeance_le == MIDI + 6 * H, "la ligne du dossier vit avec le créneau"


def test_un_creneau_ne_se_donne_ni_dans_le_passe_ni_avant_le_rappel_ni_avant_la_reevaluation(
    patient, programmee, juriste, medecin, validee, distribution
):
    dossier = patient()
    with pytest.raises(TransitionRefusee, match="passée"):
        programmee(dossier, quand=MIDI - H)
    noter(dossier, medecin, INAPTE)
    with pytest.raises(TransitionRefusee, match="Pas de créneau avant"):
        programmee(dossier, quand=MIDI + 2 * H)
    programmee(dossier, quand=MIDI + 30 * H)
    muet = validee("AUD_PAT", statut_personne="temoin")
    with pytest.raises(TransitionRefusee, match="Rappelez d’abord"):
        programmee(muet)
    with pytest.raises(TransitionRefusee, match="service de l’hôpital"):
        w.programmer_audition(
            dossier=dossier, acteur=juriste, prevue_pour=MIDI + 40 * H, lieu="local",
            service_prevenu=distribution.service("POLICE-CSP"),
        )  # fmt: skip


def test_seules_les_affaires_juridiques_et_la_garde_programment(patient, distribution):
    dossier = patient()
    for qui in ("opj", "medecin", "directrice"):
        with pytest.raises(TransitionRefusee):
            w.programmer_audition(
                dossier=dossier, acteur=distribution.acteur(qui), prevue_pour=MIDI + H, lieu="local",
                service_prevenu=distribution.service("CHV-CHIR"),
            )  # fmt: skip
    assert distribution.client("opj").get(reverse("requisitions:audition", args=[dossier.cle])).status_code == 403
    assert not dossier.seances.exists()


# What happened


def test_ce_qui_s_est_passe_s_ecrit_apres_le_depart_de_l_avis(programmee, medecin, juriste, distribution, midi):
    dossier = noter(programmee(), medecin, APTE)
    remettre(dossier, juriste)
    midi.move_to(MIDI + 6 * H, tick=False)
    poster(
        distribution.client("medecin"), "audition", dossier, geste="constater", issue="realisee", lieu="chambre",
        debut="2026-11-24T16:00", fin="2026-11-24T16:40", interruption="medecin", avocat="Me Feuillet",
    )  # fmt: skip
    seance = dossier.seances.get()
    assert (seance.issue, seance.lieu, seance.interruption, seance.avocat) == (
        "realisee", "chambre", "medecin", "Me Feuillet",
    )  # fmt: skip
    assert not dossier.echeances.filter(nom="audition", tenue_le=None).exists()
    lue = page(distribution, "opj", "dossier", dossier)
    assert "L’audition a eu lieu" in lue
    for tu in ("demande du médecin", "Me Feuillet", "Chambre individuelle"):
        assert tu not in lue, tu
    assert "À la demande du médecin" in page(distribution, "juriste", "dossier", dossier)


@pytest.mark.parametrize("vitale", [False, True], ids=["ordinaire", "urgence vitale"])
def test_aucune_audition_tenue_sans_avis_favorable_meme_en_urgence(programmee, juriste, medecin, midi, vitale):
    dossier = programmee()
    type(dossier.requisition).objects.filter(pk=dossier.pk).update(urgence_vitale=vitale)
    midi.move_to(MIDI + 6 * H, tick=False)
    with pytest.raises(TransitionRefusee, match="Sans avis d’aptitude") as refus:
        w.constater_audition(dossier=dossier, acteur=medecin, constat=tenue(sans_avis="Ils ont insisté."))
    assert refus.value.champ == "debut"
    noter(dossier, medecin, {**APTE, "valable_jusqu_a": "2026-11-24T14:00+00:00"})
    with pytest.raises(TransitionRefusee, match="ne vaut que jusqu’au"):
        w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue())
    noter(dossier, medecin, {**APTE, "valable_jusqu_a": ""})
    w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue())


@pytest.mark.parametrize(
    ("ecart", "champ"),
    [
        ({"fin": None}, "fin"), ({"debut": None}, "debut"), ({"fin": MIDI + 3 * H}, "fin"), ({"fin": MIDI + 9 * H}, "fin"),
        ({"lieu": "couloir"}, "lieu"), ({"interruption": "incident"}, "incident"), ({"issue": "autre"}, "issue"),
    ],
)  # fmt: skip
def test_ce_qui_manque_se_dit_a_son_champ(programmee, juriste, medecin, midi, ecart, champ):
    dossier = noter(programmee(), medecin, APTE)
    midi.move_to(MIDI + 6 * H, tick=False)
    with pytest.raises(TransitionRefusee) as refus:
        w.constater_audition(dossier=dossier, acteur=juriste, constat=replace(tenue(), **ecart))
    assert refus.value.champ == champ


def test_un_patient_qui_refuse_n_est_pas_entendu_et_rien_de_plus_n_est_dit(programmee, medecin, distribution):
    dossier = programmee(cadre="PRELIM", autorisation_mode="orale", autorisation_magistrat="Mme V.",
                         autorisation_le=MIDI - 3 * H)  # fmt: skip
    w.constater_audition(dossier=dossier, acteur=medecin, constat=Constat("refusee_patient", incident="Elle dort."))
    lue = page(distribution, "opj", "dossier", dossier)
    assert "La personne a refusé d’être entendue" in lue
    assert "Elle dort" not in lue


def test_une_page_envoyee_deux_fois_ne_note_qu_une_seance(patient, medecin, midi):
    dossier = noter(patient(), medecin, APTE)
    midi.move_to(MIDI + 6 * H, tick=False)
    w.constater_audition(dossier=dossier, acteur=medecin, constat=tenue())
    assert dossier.seances.get().issue == "realisee", "venus sans rendez-vous, ils l’ont entendue"
    for constat in (tenue(), Constat("refusee_patient")):
        with pytest.raises(TransitionRefusee, match="déjà noté"):
            w.constater_audition(dossier=dossier, acteur=medecin, constat=constat)


def test_une_audition_tenue_ne_se_reprogramme_pas_sauf_interrompue(programmee, medecin, juriste, midi):
    dossier = noter(programmee(), medecin, APTE)
    midi.move_to(MIDI + 6 * H, tick=False)
    w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue(interruption="personne"))
    programmee(dossier, quand=MIDI + 8 * H)
    midi.move_to(MIDI + 12 * H, tick=False)
    w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue(MIDI + 8 * H, MIDI + 9 * H))
    with pytest.raises(TransitionRefusee, match="nouvelle réquisition"):
        programmee(dossier, quand=MIDI + 20 * H)


def test_on_ne_clot_pas_sur_une_audition_programmee(programmee, medecin, juriste, opj, midi):
    dossier = noter(programmee(), medecin, APTE)
    remettre(dossier, juriste)
    w.ouvrir_pli(dossier=dossier, acteur=opj)
    with pytest.raises(TransitionRefusee, match="notez d’abord"):
        w.clore(dossier=dossier, acteur=juriste)
    w.constater_audition(dossier=dossier, acteur=juriste, constat=Constat("non_tenue"))
    assert w.clore(dossier=dossier, acteur=juriste).etat == "CLOTUREE"


def test_une_audition_passee_dont_personne_n_a_rien_dit_se_rappelle(programmee, midi):
    dossier = programmee()
    midi.move_to(MIDI + 9 * H, tick=False)
    for _ in range(2):
        annonces.rappeler()
        livrer()
    rappels = Avis.objects.filter(texte__contains="Audition passée")
    assert sorted(avis.destinataire.courriel.split("@")[0] for avis in rappels) == ["juriste", "medecin"]
    assert dossier.reference in rappels[0].texte


def test_les_auditions_notees_avant_deviennent_des_seances(patient, medecin):
    anciens = import_module("requisitions.migrations.0031_seances_anciennes")
    dossier = noter(patient(), medecin, APTE)
    volet = Volet.objects.get(dossier=dossier)
    volet.donnees |= {
        "debut": "2026-11-24T10:00+00:00", "fin": "2026-11-24T10:40+00:00", "lieu": "chambre", "avocat": "Me Feuillet",
        "interruption": "Une pause.",
    }  # fmt: skip
    volet.save()
    for _ in range(2):
        anciens.reprendre(apps, None)
    seance = dossier.seances.get()
    assert (seance.issue, seance.lieu, seance.avocat, seance.interruption, seance.incident) == (
        "realisee", "chambre", "Me Feuillet", "incident", "Une pause.",
    )  # fmt: skip
    assert dossier.seances.count() == 1
