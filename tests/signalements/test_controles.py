"""One test per numbered control, both sides."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from signalements.contenu import a_un_doublon, lire
from signalements.controles import CONTROLES, Faits, controler
from signalements.voies import VOIES
from signalements.voies.modele import ADULTE, PARQUET
from tests.signalements.situation import pret
from transitions.verdict import Niveau

CT01 = Faits(
    voie="VC_SANS_ACCORD",
    ages_admis=ADULTE,
    age=34,
    lien_auteur="CONCUBIN",
    danger_immediat="OUI",
    danger_motive=True,
    emprise="OUI",
    emprise_motivee=True,
    accord_recherche="OUI",
    accord="REFUS",
    information="FAITE",
    profession="MEDECIN",
    a_examine=True,
    attestation_conscience=True,
    destinataire=("PARQUET", "permanence"),
    destinataires_admis=PARQUET,
    base_debut=date(2020, 8, 1),
    date_constat=datetime(2027, 2, 22, 23, 40, tzinfo=ZoneInfo("Europe/Paris")),
    urgence="IMMEDIATE",
    appel=True,
)
AVEC = replace(CT01, voie="MAJEUR_AVEC_ACCORD", accord="OUI", accord_ecrit=True, urgence="JOUR")


def trouve(numero: str, faits: Faits) -> Niveau | None:
    constat = CONTROLES[numero](faits)
    assert constat is None or constat.numero == numero
    return constat.niveau if constat else None


def test_la_situation_ct_01_passe_tous_ses_controles():
    assert controler(CT01, VOIES["VC_SANS_ACCORD"].controles) == []


def test_le_majeur_qui_accepte_passe_tous_ses_controles():
    assert controler(AVEC, VOIES["MAJEUR_AVEC_ACCORD"].controles) == []


@pytest.mark.parametrize("age", [None, 17, 4])
def test_c01_une_personne_mineure_ou_sans_age_ne_passe_pas(age):
    assert trouve("C01", replace(CT01, age=age)) is Niveau.BLOQUANT


def test_c01_une_personne_de_18_ans_passe():
    assert trouve("C01", replace(CT01, age=18)) is None


@pytest.mark.parametrize(
    "manque",
    [
        {"lien_auteur": "AUTRE"},
        {"lien_auteur": ""},
        {"danger_immediat": "NON"},
        {"emprise": ""},
        {"danger_motive": False},
        {"emprise_motivee": False},
    ],
)
def test_c02_il_faut_couple_danger_et_emprise_motives(manque):
    assert trouve("C02", replace(CT01, **manque)) is Niveau.BLOQUANT


def test_c02_les_deux_conditions_motivees_passent_et_le_2e_ne_les_demande_pas():
    assert trouve("C02", CT01) is None
    assert trouve("C02", replace(AVEC, emprise="NON")) is None


@pytest.mark.parametrize("manque", [{"accord": "OUI"}, {"accord": ""}, {"accord_recherche": "NON"}])
def test_c03_l_accord_doit_etre_recherche_et_non_obtenu(manque):
    assert trouve("C03", replace(CT01, **manque)) is Niveau.BLOQUANT


@pytest.mark.parametrize("accord", ["REFUS", "IMPOSSIBLE"])
def test_c03_refus_ou_impossibilite_passent(accord):
    assert trouve("C03", replace(CT01, accord=accord)) is None


def test_c04_sans_reponse_sur_l_information_l_envoi_attend():
    assert trouve("C04", replace(CT01, information="")) is Niveau.BLOQUANT
    assert trouve("C04", replace(CT01, information="DIFFEREE")) is Niveau.BLOQUANT


def test_c04_une_information_differee_motivee_n_est_plus_qu_une_alerte():
    assert trouve("C04", replace(CT01, information="DIFFEREE", non_information_motivee=True)) is Niveau.ALERTE
    assert trouve("C04", CT01) is None


def test_c05_le_2e_demande_un_accord_ecrit():
    assert trouve("C05", replace(AVEC, accord="REFUS")) is Niveau.BLOQUANT
    assert trouve("C05", replace(AVEC, accord_ecrit=False)) is Niveau.BLOQUANT
    assert trouve("C05", AVEC) is None


@pytest.mark.parametrize("profession", ["ASSISTANT_SOCIAL", "PSYCHOLOGUE", "ADMINISTRATIF", "DIRECTION", ""])
def test_c06_la_base_est_reservee_aux_professionnels_de_sante(profession):
    assert trouve("C06", replace(CT01, profession=profession)) is Niveau.BLOQUANT


@pytest.mark.parametrize("profession", ["MEDECIN", "SAGE_FEMME", "INFIRMIER", "AIDE_SOIGNANT"])
def test_c06_un_soignant_passe(profession):
    assert trouve("C06", replace(CT01, profession=profession)) is None


@pytest.mark.parametrize(
    "ailleurs", [("POLICE", "commissariat"), ("SPREF", "securite"), ("CRIP", "enfance-en-danger"), ("", "")]
)
def test_c07_seul_le_parquet_peut_recevoir(ailleurs):
    assert trouve("C07", replace(CT01, destinataire=ailleurs)) is Niveau.BLOQUANT


def test_c07_le_parquet_passe():
    assert trouve("C07", CT01) is None


@pytest.mark.parametrize(
    ("commune", "attendu"),
    [
        ("Cambrai", Niveau.ALERTE),
        ("MAUBEUGE ", Niveau.ALERTE),
        ("le cateau cambresis", Niveau.ALERTE),
        ("Villeneuve d'Ascq", Niveau.ALERTE),
        ("Valenciennes", None),
        ("St Saulve", None),
        ("saint-amand-les-eaux", None),
        ("Une commune inconnue", Niveau.ALERTE),
        ("", None),
    ],
)
def test_c41_hors_du_ressort_la_phrase_nomme_le_parquet_et_rien_n_est_retenu(commune, attendu):
    assert trouve("C41", replace(CT01, commune=commune)) is attendu


def test_c41_dit_a_qui_transmettre_et_se_tait_vers_un_autre_que_le_parquet_ou_pour_un_domicile():
    ailleurs = replace(CT01, commune="Cambrai")
    constat = CONTROLES["C41"](ailleurs)
    assert constat is not None
    assert "Cambrai est hors du ressort de Valenciennes\u00a0: à transmettre au parquet de Cambrai." in constat.message
    assert trouve("C41", replace(ailleurs, destinataire=("SPREF", "securite"))) is None
    assert trouve("C41", replace(ailleurs, propres={"ressort_motif": "DOMICILE"})) is None
    vers_le_parquet = [v for v in VOIES.values() if any(i == "PARQUET" for i, _ in v.destinataires)]
    assert all("C41" in voie.controles for voie in vers_le_parquet)


def test_c36_une_piece_sans_nature_precise_se_relit():
    assert trouve("C36", replace(CT01, pieces=frozenset({"Autre document"}))) is Niveau.ALERTE
    assert trouve("C36", replace(CT01, pieces=frozenset({"Photographie"}))) is None


def test_c48_le_meme_signalement_pour_le_meme_nom_se_dit():
    assert trouve("C48", replace(CT01, doublon=True)) is Niveau.ALERTE
    assert trouve("C48", CT01) is None


@pytest.mark.django_db
def test_c48_ne_compare_que_ses_propres_dossiers_de_la_meme_voie(soignante, infirmiere):
    premier = lire(pret(soignante))
    assert not a_un_doublon(premier, soignante)
    pret(infirmiere)
    pret(soignante, "MAJEUR_AVEC_ACCORD")
    assert not a_un_doublon(premier, soignante), "ni ceux d’une collègue, ni une autre voie"
    pret(soignante)
    assert a_un_doublon(premier, soignante)


@pytest.mark.parametrize(
    ("cas", "attendu"),
    [
        ({"age": 17}, Niveau.ALERTE),
        ({"age": 18}, None),
        ({"age": 80, "propres": {"incapacite_se_proteger": "OUI"}}, Niveau.ALERTE),
    ],
)
def test_c59_ne_pas_signaler_un_mineur_ou_un_vulnerable_demande_un_second_avis(cas, attendu):
    assert trouve("C59", replace(CT01, non_signalement=True, **cas)) is attendu
    assert trouve("C59", replace(CT01, non_signalement=False, **cas)) is None


def test_c57_l_arme_du_compagnon_n_ouvre_pas_un_envoi_au_prefet():
    assert trouve("C57", replace(CT01, arme=True, destinataire=("SPREF", "securite"))) is Niveau.BLOQUANT
    assert trouve("C57", replace(CT01, arme=True)) is None


def test_c60_la_reference_doit_etre_en_vigueur_le_jour_du_constat():
    assert trouve("C60", replace(CT01, base_debut=None)) is Niveau.ALERTE
    assert trouve("C60", replace(CT01, base_debut=date(2028, 1, 1))) is Niveau.ALERTE
    assert trouve("C60", replace(CT01, base_fin=date(2026, 12, 31))) is Niveau.ALERTE
    assert trouve("C60", replace(CT01, base_fin=date(2027, 2, 22))) is None


def test_c61_le_signataire_a_examine_et_atteste():
    assert trouve("C61", replace(CT01, a_examine=False)) is Niveau.BLOQUANT
    assert trouve("C61", replace(CT01, attestation_conscience=False)) is Niveau.BLOQUANT
    assert trouve("C61", CT01) is None


def test_c62_vie_en_danger_un_ecrit_ne_va_pas_sans_appel():
    assert trouve("C62", replace(CT01, appel=False)) is Niveau.ALERTE
    assert trouve("C62", CT01) is None
    assert trouve("C62", replace(AVEC, appel=False)) is None


def test_c63_d_autres_situations_ont_leur_propre_dossier():
    assert trouve("C63", replace(CT01, enfants=2)) is Niveau.ALERTE
    assert trouve("C63", replace(CT01, auteur_present="OUI")) is Niveau.ALERTE
    assert trouve("C63", CT01) is None


def test_chaque_controle_d_une_voie_existe():
    assert {numero for voie in VOIES.values() for numero in voie.controles} <= set(CONTROLES)
