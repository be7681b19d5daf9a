"""A custody: three hours from the request, a minor never left without an examination, a child retained and not held."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from requisitions import controles as c
from requisitions.controles import Faits, controler
from requisitions.delais import calculer
from requisitions.minorite import examen_obligatoire
from tests.requisitions.test_controles_execution import MIDI, note, verifier
from transitions.verdict import Niveau

GAV = Faits(cadre="FLAG", type_acte="EX_GAV", qualite="OPJ", recue_le=MIDI, maintenant=MIDI, statut_personne="gav")


def apres(**duree) -> str:
    return (MIDI + timedelta(**duree)).astimezone(UTC).isoformat(timespec="minutes")


# 1. The rules


def test_r24_les_trois_heures_partent_de_la_demande_d_examen():
    verifier(c.r24(GAV), "R-24", Niveau.ALERTE, "L’heure de la demande d’examen manque")
    demandee = replace(GAV, heure_demande=MIDI - timedelta(hours=1))
    assert c.r24(demandee) is None
    assert c.r24(note(GAV, heure_demande=apres(), examen_le=apres(hours=1))) is None, "le médecin peut la dire"
    assert c.r24(note(demandee, examen_le=apres(hours=2))) is None
    tard = note(demandee, examen_le=apres(hours=2, minutes=1))
    verifier(c.r24(tard), "R-24", Niveau.ALERTE, "circonstance insurmontable")
    assert c.r24(replace(tard, volet={**tard.volet, "retard_motif": "Plan blanc déclenché à 11 h."})) is None
    verifier(c.r24(note(GAV, examen_le=apres(hours=3, minutes=1))), "R-24", Niveau.ALERTE, "circonstance insurmontable")
    assert c.r24(replace(GAV, type_acte="EX_VICT")) is None
    assert c.r24(replace(GAV, cadre="PREFET")) is None


def test_r24_une_nuit_de_changement_d_heure_ne_dure_pas_une_heure_de_plus():
    demande = datetime.fromisoformat("2026-10-25T01:30:00+02:00").astimezone(MIDI.tzinfo)
    nuit = replace(GAV, recue_le=demande, heure_demande=demande)
    assert c.r24(note(nuit, examen_le="2026-10-25T02:30+00:00")) is None, "trois heures se sont passées"
    assert c.r24(note(nuit, examen_le="2026-10-25T02:31+00:00")) is not None


@pytest.mark.parametrize(
    ("champs", "du"),
    [
        ({"age": 15}, "moins de 16 ans"),
        ({"age": 12, "statut_personne": "retenue_mineur"}, "10 à 13 ans"),
        ({"age": None, "statut_personne": "retenue_mineur"}, "10 à 13 ans"),
        ({"age": 17, "adulte_injoignable": True}, "adulte approprié"),
        ({"age": None, "adulte_injoignable": True}, "adulte approprié"),
        ({"age": 16}, ""),
        ({"age": 18, "adulte_injoignable": True}, ""),
        ({"age": None}, ""),
        ({"age": 15, "type_acte": "EX_VICT"}, ""),
    ],
)
def test_r25_un_mineur_en_garde_a_vue_est_examine_ou_l_on_dit_pourquoi(champs, du):
    faits = replace(GAV, **champs)
    if not du:
        assert (c.r25(faits), c.r25_execution(faits)) == (None, None)
        return
    verifier(c.r25(faits), "R-25", Niveau.ALERTE, du)
    assert c.r25(note(faits, accord_personne="refuse")) is None, "dit une fois"
    verifier(c.r25_execution(faits), "R-25", Niveau.BLOQUANT, du)
    verifier(c.r25_execution(note(faits, accord_personne="refuse")), "R-25", Niveau.BLOQUANT, "ce qui l’empêche")
    verifier(c.r25_execution(note(faits, empechement="refus")), "R-25", Niveau.BLOQUANT, "ce qui l’empêche")
    assert c.r25_execution(note(faits, accord_personne="donne")) is None
    assert (
        c.r25_execution(note(faits, empechement="refus", empechement_motif="Refus répété, en présence de l’avocat."))
        is None
    )
    rien = replace(faits, elements=("refuse", "non_detenu"), urgence_vitale=True)
    assert [x.numero for x in controler(rien, (c.r25_execution,)) if x.bloque] == ["R-25"], "même quand rien ne part"


@pytest.mark.parametrize(
    ("champs", "champ"),
    [
        ({"age": 12}, "statut_personne"),
        ({"age": 10, "statut_personne": "inconnu"}, "statut_personne"),
        ({"age": 12, "type_acte": "EX_VICT"}, "statut_personne"),
        ({"age": 9}, "naissance"),
        ({"age": 9, "statut_personne": "retenue_mineur"}, "naissance"),
        ({"age": 13, "statut_personne": "retenue_mineur"}, "statut_personne"),
        ({"age": 12, "statut_personne": "retenue_mineur", "fin_mesure": MIDI + timedelta(hours=24, minutes=1)}, "fin_mesure"),
        ({"age": 12, "statut_personne": "retenue_mineur", "debut_mesure": MIDI - timedelta(hours=2),
          "fin_mesure": MIDI + timedelta(hours=23)}, "fin_mesure"),
        ({"age": 12, "statut_personne": "retenue_mineur", "fin_mesure": MIDI + timedelta(hours=12)}, ""),
        ({"age": None, "statut_personne": "retenue_mineur"}, ""),
        ({"age": 13}, ""),
        ({"age": 9, "statut_personne": "victime", "type_acte": "EX_VICT"}, ""),
    ],
)  # fmt: skip
def test_r26_de_dix_a_treize_ans_une_retenue_de_douze_heures_jamais_une_garde_a_vue(champs, champ):
    constat = c.r26(replace(GAV, **champs))
    assert (constat.champ if constat else "") == champ
    assert constat is None or (constat.numero, constat.niveau) == ("R-26", Niveau.BLOQUANT)


def test_l_examen_que_requiert_le_prefet_n_est_pas_celui_d_une_garde_a_vue():
    assert examen_obligatoire("EX_GAV", "PREFET", age=12) == ""
    assert c.r26(replace(GAV, cadre="PREFET", statut_personne="inconnu", age=12)) is None


# 2. The deadline


def test_l_echeance_part_de_la_demande_d_examen_et_le_dit(deposee):
    demande = timezone.now() - timedelta(minutes=50)
    dossier = deposee("EX_GAV", statut_personne="gav", heure_demande=demande)
    echeance = dossier.echeances.get(nom="reponse")
    assert echeance.echeance_le == demande + timedelta(hours=3)
    assert echeance.calcul.startswith("Examen demandé à ")
    assert echeance.debut_le == demande
    sans = deposee("EX_GAV", statut_personne="gav").echeances.get(nom="reponse")
    assert sans.calcul.startswith("Reçue à ")
    autre = deposee("EX_VICT", statut_personne="victime", heure_demande=demande).echeances.get(nom="reponse")
    assert autre.calcul.startswith("Reçue à "), "seul l’examen de garde à vue se demande à une heure"


def test_une_demande_notee_apres_la_reception_ne_recule_pas_l_echeance(table):
    from requisitions.models import LigneDecision

    ligne = LigneDecision.objects.get(cadre="FLAG", type_acte="EX_GAV", precision="")
    sans = calculer(ligne, "ORDINAIRE", MIDI).echeance_le
    assert calculer(ligne, "ORDINAIRE", MIDI, heure_demande=MIDI + timedelta(hours=1)).echeance_le == sans
