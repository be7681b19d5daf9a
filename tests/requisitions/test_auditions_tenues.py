"""What a hearing must not say, and what must be said of it: no diagnosis, its end, its representative, its faults."""

import uuid

import pytest
from django.urls import reverse

from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from requisitions import workflow as w
from requisitions.audition.aptitude import Avis as Certificat
from requisitions.audition.aptitude import depassement
from requisitions.elements import Reponse
from requisitions.models import AvisAptitude, Derogation, Volet
from requisitions.workflow import Constat
from requisitions.workflow.echanges import ecrire
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
from transitions.workflow import TransitionRefusee

__all__ = ["medecin", "midi", "patient", "programmee"]

TENUE = {
    "geste": "constater", "issue": "realisee", "lieu": "local", "debut": "2026-11-24T16:00", "fin": "2026-11-24T16:40",
}  # fmt: skip


def envoyer(client, nom, dossier, donnees):
    return client.post(reverse(f"requisitions:{nom}", args=[dossier.cle]), donnees)


# No diagnosis


DIAGNOSTIC = {"aptitude": "conditions", "aptitude_le": "2026-11-24T11:00", "accord_patient": "ecrit",
              "conditions": "Diabétique sous insuline"}  # fmt: skip


def test_un_premier_avis_qui_dit_un_diagnostic_ne_s_enregistre_pas_et_garde_ce_qui_est_tape(patient, distribution):
    dossier = patient()
    reponse = envoyer(distribution.client("medecin"), "volet", dossier, DIAGNOSTIC)
    assert "laisse lire l’état de santé" in reponse.context["form"].errors["conditions"][0]
    assert "Diabétique sous insuline" in reponse.content.decode()
    assert not Volet.objects.filter(dossier=dossier).exists()


def test_un_nouvel_avis_qui_dit_un_diagnostic_ne_s_enregistre_pas(programmee, medecin, juriste, distribution, midi):
    dossier = remettre(noter(programmee(), medecin, INAPTE), juriste)
    midi.move_to(MIDI + 23 * H, tick=False)
    saisie = {"geste": "avis", "valeur": "conditions", "donne_le": "2026-11-25T10:30", "accord": "oral"}
    reponse = envoyer(
        distribution.client("medecin"), "audition", dossier, {**saisie, "conditions": "Fracture du fémur, assise"}
    )
    assert "laisse lire l’état de santé" in reponse.context["form"].errors["conditions"][0]
    assert "Fracture du fémur, assise" in reponse.content.decode()
    assert not AvisAptitude.objects.exists()


# Its end


@pytest.mark.parametrize(
    ("avis", "mots"),
    [
        ([Certificat("apte", MIDI - H, "oral", valable_jusqu_a=MIDI + H)], "ne valait que jusqu’à 13"),
        ([Certificat("apte", MIDI - H, "oral"), Certificat("inapte", MIDI + H, "oral")], "inapte à 13"),
        ([Certificat("apte", MIDI - H, "oral", valable_jusqu_a=MIDI + H), Certificat("apte", MIDI + 1.5 * H, "oral")],
         "ne valait"),
        ([Certificat("apte", MIDI - H, "oral", valable_jusqu_a=MIDI + H), Certificat("apte", MIDI + H, "oral")], ""),
        ([Certificat("apte", MIDI - H, "oral", valable_jusqu_a=MIDI + 2 * H)], ""),
        ([Certificat("inapte", MIDI - 3 * H, "oral"), Certificat("apte", MIDI - H, "oral")], ""),
        ([Certificat("apte", MIDI - H, "oral"), Certificat("inapte", MIDI + 2 * H, "oral")], ""),
    ],
)  # fmt: skip
def test_une_audition_s_arrete_quand_l_avis_cesse_ou_devient_defavorable(avis, mots):
    dit = depassement(avis, MIDI, MIDI + 2 * H)
    assert mots in dit if mots else dit == ""


def test_une_audition_qui_depasse_son_avis_dit_son_interruption_ou_son_incident(programmee, medecin, juriste, midi):
    dossier = noter(programmee(), medecin, {**APTE, "valable_jusqu_a": "2026-11-24T15:30+00:00"})
    midi.move_to(MIDI + 6 * H, tick=False)
    with pytest.raises(TransitionRefusee, match="ne valait que jusqu’à") as refus:
        w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue())
    assert refus.value.champ == "interruption"
    w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue(incident="Poursuivie malgré le rappel."))
    assert dossier.seances.get().issue == "realisee"


# Held without a certificate


def test_une_audition_tenue_sans_avis_se_note_par_les_affaires_juridiques_et_se_compte(
    programmee, juriste, distribution, midi
):
    dossier = programmee()
    midi.move_to(MIDI + 6 * H, tick=False)
    client = distribution.client("juriste")
    sans = envoyer(client, "audition", dossier, TENUE)
    assert "écrivez pourquoi" in sans.context["form"].errors["sans_avis"][0]
    assert not Derogation.objects.exists()
    poster(client, "audition", dossier, **TENUE, sans_avis="CANARI-MOTIF")
    levee = Derogation.objects.get(dossier=dossier)
    assert (levee.controle, levee.niveau, levee.motif) == ("T-11", "bloquant", "CANARI-MOTIF")
    assert "Audition du mardi 24 novembre 2026 à 16" in levee.constat
    assert dossier.seances.get().issue == "realisee"
    assert dossier.evenements.filter(nom="audition_sans_avis", reserve_a__isnull=False).count() == 1
    assert "CANARI-MOTIF" in page(distribution, "juriste", "dossier", dossier)
    for qui in ("opj", "medecin"):
        lue = page(distribution, qui, "dossier", dossier)
        assert "L’audition a eu lieu" in lue
        for tu in ("CANARI-MOTIF", "sans avis favorable"):
            assert tu not in lue, qui
    w.reprendre_le_constat(dossier=dossier, acteur=juriste, motif="Mauvais dossier.")
    assert Derogation.objects.filter(dossier=dossier).exists(), "ce qui a été écrit sous scellé ne s’efface pas"


@pytest.mark.parametrize("qui", ["medecin", "garde"])
def test_nul_autre_ne_note_une_audition_tenue_sans_avis(programmee, distribution, midi, qui):
    dossier = programmee()
    midi.move_to(MIDI + 6 * H, tick=False)
    acteur = distribution.acteur(qui)
    de_garde = Octroi(Part.Role.COPIE, "Audition", "Garde", "Garde", service=distribution.service("CHV-GARDE"))
    accorder(dossier=dossier, octrois=[de_garde], acteur=acteur)
    with pytest.raises(TransitionRefusee, match="appelez les affaires juridiques"):
        w.constater_audition(dossier=dossier, acteur=acteur, constat=tenue(sans_avis="Ils ont insisté."))
    assert 'name="sans_avis"' not in page(distribution, qui, "audition", dossier)
    assert not Derogation.objects.exists()


def test_un_motif_ecrit_pour_rien_ne_se_compte_pas(programmee, medecin, juriste, midi):
    dossier = noter(programmee(), medecin, APTE)
    midi.move_to(MIDI + 6 * H, tick=False)
    w.constater_audition(dossier=dossier, acteur=juriste, constat=tenue(sans_avis="Par erreur."))
    assert not Derogation.objects.exists()


# Who stands beside the person


@pytest.mark.parametrize(
    "champs", [{"age": 16}, {"majeur_protege": "oui"}, {"age": None, "statut_personne": "mineur_detenu"}]
)
def test_un_mineur_ou_un_majeur_protege_n_est_pas_entendu_sans_dire_son_representant(
    programmee, medecin, distribution, midi, champs
):
    dossier = noter(programmee(**champs), medecin, APTE)
    midi.move_to(MIDI + 6 * H, tick=False)
    client = distribution.client("juriste")
    muet = envoyer(client, "audition", dossier, TENUE)
    assert "Un représentant était attendu" in muet.context["form"].errors["representant"][0]
    poster(client, "audition", dossier, **TENUE, representant_absent="injoignable")
    seance = dossier.seances.get()
    assert (seance.representant, seance.representant_absent) == ("", "injoignable")
    assert "Représentant absent" in page(distribution, "juriste", "dossier", dossier)
    assert "Représentant absent" not in page(distribution, "opj", "dossier", dossier)


def test_le_nom_du_representant_l_emporte_et_un_majeur_n_en_a_pas(programmee, medecin, juriste, midi):
    mineur = noter(programmee(age=16), medecin, APTE)
    midi.move_to(MIDI + 6 * H, tick=False)
    constat = tenue(representant="Mme Roussel, sa mère", representant_absent="injoignable")
    seance = w.constater_audition(dossier=mineur, acteur=juriste, constat=constat)
    assert (seance.representant, seance.representant_absent) == ("Mme Roussel, sa mère", "")
    midi.move_to(MIDI, tick=False)
    majeur = noter(programmee(), medecin, APTE)
    midi.move_to(MIDI + 6 * H, tick=False)
    assert w.constater_audition(dossier=majeur, acteur=juriste, constat=tenue()).representant_absent == ""


def test_la_page_part_de_la_langue_demandee_et_demande_l_avocat_d_une_personne_mise_en_cause(
    programmee, medecin, distribution, midi
):
    dossier = noter(programmee(interprete="Arabe", statut_personne="suspect"), medecin, APTE)
    lue = page(distribution, "juriste", "audition", dossier)
    assert 'value="Arabe"' in lue
    assert "Mise en cause, elle y a droit" in lue
    assert "Mise en cause" not in page(distribution, "medecin", "audition", dossier), "le soin ne lit pas le statut"
    midi.move_to(MIDI + 6 * H, tick=False)
    poster(distribution.client("juriste"), "audition", dossier, **TENUE, interprete="Arabe, M. Saïdi")
    assert dossier.seances.get().interprete == "Arabe, M. Saïdi"


# What has not left


def test_un_second_avis_ne_se_lit_pas_du_requerant_avant_sa_remise(programmee, medecin, juriste, distribution, midi):
    dossier = remettre(noter(programmee(), medecin, APTE), juriste)
    w.constater_audition(dossier=dossier, acteur=juriste, constat=Constat("non_tenue"))
    midi.move_to(MIDI + 2 * H, tick=False)
    avis = w.reevaluer_aptitude(dossier=dossier, acteur=medecin, valeur="apte", donne_le=MIDI + 1.5 * H, accord="refus")
    assert "Refusée par la personne" in page(distribution, "juriste", "dossier", dossier)
    assert "Refusée par la personne" not in page(distribution, "opj", "dossier", dossier)
    w.remettre_avis(dossier=dossier, acteur=juriste, avis=avis)
    assert "Refusée par la personne" in page(distribution, "opj", "dossier", dossier)


# What the hospital writes


@pytest.mark.parametrize(
    ("mots", "dit"),
    [
        ("Elle est en chirurgie.", "nomme un service"),
        ("Elle est au 2e étage, chambre 214.", "laisse deviner un soin"),
        ("La personne est hospitalisée. Ce majeur protégé vient avec son curateur.", ""),
    ],
)
def test_ce_que_l_hopital_ecrit_d_une_audition_ne_nomme_aucun_service(patient, juriste, distribution, mots, dit):
    dossier = patient()
    gestes = (
        (
            lambda: ecrire(dossier=dossier, acteur=juriste, cle=uuid.uuid4(), genre="clarification", texte=mots),
            "texte",
        ),
        (
            lambda: w.repondre_elements(dossier=dossier, acteur=juriste, reponses={1: Reponse("partiel", "", mots)}),
            "precision_1",
        ),
    )
    distribution.utilisateur("directrice")
    refuser = (lambda: w.proposer_refus(dossier=dossier, acteur=juriste, motif="sans_objet", texte=mots), "texte")
    for geste, champ in (*gestes, refuser):
        if not dit:
            geste()
            continue
        with pytest.raises(TransitionRefusee, match=dit) as refus:
            geste()
        assert refus.value.champ == champ


def test_une_regularisation_d_audition_ne_nomme_aucun_service(deposee, juriste):
    dossier = w.controler(dossier=deposee("AUD_PAT", statut_personne="temoin"), acteur=juriste)
    with pytest.raises(TransitionRefusee, match="nomme un service"):
        w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte="Précisez : elle est en chirurgie.")
