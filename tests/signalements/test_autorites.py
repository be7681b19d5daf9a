"""Towards the préfet, the police and the rescuers: C05 to C07, C17, C18, C21, C26, C27, C29, C57, C62, C63."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from signalements.controles import CONTROLES, Faits, controler
from signalements.voies import VOIES
from signalements.voies.modele import Voie
from transitions.verdict import Niveau

LE = datetime(2027, 4, 9, 14, 0, tzinfo=ZoneInfo("Europe/Paris"))


def faits(code: str, age: int, profession: str = "MEDECIN", **propres: object) -> Faits:
    """A case of this voie that goes to its own recipient, signed."""
    voie: Voie = VOIES[code]
    return Faits(
        voie=code,
        age=age,
        ages_admis=voie.ages,
        professions_admises=voie.professions,
        profession=profession,
        attestation_conscience=True,
        destinataire=next(iter(voie.destinataires)),
        destinataires_admis=voie.destinataires,
        urgence=voie.urgence,
        appel=True,
        appel_le=LE + timedelta(minutes=10),
        date_constat=LE,
        base_debut=date(2000, 1, 1),
        propres=propres,
    )


ARME = faits(
    "ARME_PREFET",
    52,
    est_patient="OUI",
    source_connaissance="DIT_PATIENT",
    elements_dangerosite="Nomme un voisin.",
    peril_imminent="NON",
)
ABSENCE = faits("DISPARITION", 45, caractere_inquietant="OUI", detenue="NON", statut_admission="LIBRE")
PERIL = faits("PERIL_TIERS", 52, peril_grave="OUI", peril_proche="OUI", peril_constant="OUI")
PLAINTE = replace(faits("PLAINTE_SIMPLIFIEE", 34, "ASSISTANT_SOCIAL"), accord="OUI", accord_ecrit=True)


def avec(cas: Faits, **reponses: object) -> Faits:
    return replace(cas, propres={**cas.propres, **reponses})


def trouve(numero: str, cas: Faits) -> Niveau | None:
    constat = CONTROLES[numero](cas)
    assert constat is None or constat.numero == numero
    return constat.niveau if constat else None


@pytest.mark.parametrize("cas", [ARME, ABSENCE, PERIL, PLAINTE], ids=lambda cas: cas.voie)
def test_une_situation_complete_passe_tous_les_controles_de_sa_voie(cas):
    assert controler(cas, VOIES[cas.voie].controles) == []


def test_c05_une_plainte_se_prepare_avec_l_accord_ecrit_de_la_personne():
    assert trouve("C05", replace(PLAINTE, accord="REFUS")) is Niveau.BLOQUANT
    assert trouve("C05", replace(PLAINTE, accord_ecrit=False)) is Niveau.BLOQUANT


@pytest.mark.parametrize(
    ("profession", "admise"), [("ASSISTANT_SOCIAL", True), ("PSYCHOLOGUE", False), ("DIRECTION", False)]
)
def test_c06_le_prefet_est_informe_par_un_professionnel_de_sante_ou_d_action_sociale(profession, admise):
    assert (trouve("C06", replace(ARME, profession=profession)) is None) == admise
    if not admise:
        assert "ou d’action sociale" in CONTROLES["C06"](replace(ARME, profession=profession)).message


@pytest.mark.parametrize(
    ("cas", "ailleurs"),
    [
        (ARME, ("PARQUET", "permanence")),
        (ARME, ("POLICE", "voie-publique")),
        (ABSENCE, ("PARQUET", "permanence")),
        (PLAINTE, ("PARQUET", "permanence")),
        (PERIL, ("SPREF", "securite")),
    ],
)
def test_c07_chaque_ecrit_va_a_son_destinataire_et_a_nul_autre(cas, ailleurs):
    assert trouve("C07", replace(cas, destinataire=ailleurs)) is Niveau.BLOQUANT
    assert trouve("C07", cas) is None


def test_c07_un_majeur_lucide_et_sans_danger_n_est_recherche_par_personne():
    libre = avec(ABSENCE, caractere_inquietant="NON")
    assert trouve("C07", libre) is Niveau.BLOQUANT
    assert "libre de partir" in CONTROLES["C07"](libre).message
    assert trouve("C07", replace(libre, age=16)) is None
    assert trouve("C07", avec(libre, mesure_protection="TUTELLE")) is None
    assert trouve("C07", avec(libre, statut_admission="SDRE")) is None


def test_c17_une_rumeur_n_est_pas_savoir_et_le_danger_se_motive():
    assert trouve("C17", avec(ARME, source_connaissance="TIERS_SEUL")) is Niveau.ALERTE
    assert trouve("C17", avec(ARME, elements_dangerosite=" ")) is Niveau.ALERTE
    assert trouve("C17", avec(ARME, source_connaissance="TIERS_CORROBORE")) is None


@pytest.mark.parametrize("mot", ["schizophrénie", "son traitement", "hospitalisé en psychiatrie", "en SDRE", "délire"])
def test_c18_un_mot_de_soin_est_releve_ou_qu_il_soit_ecrit(mot):
    assert trouve("C18", avec(ARME, elements_dangerosite=f"Menace un voisin, {mot}.")) is Niveau.ALERTE
    assert trouve("C18", replace(ABSENCE, faits_ecrits=f"Partie à midi, {mot}.")) is Niveau.ALERTE


def test_c18_des_faits_sans_soin_ne_sont_pas_releves():
    assert trouve("C18", replace(ARME, faits_ecrits="Nomme un voisin et dit détenir un fusil.")) is None
    assert trouve("C18", avec(ABSENCE, statut_admission="SDT")) is None


@pytest.mark.parametrize("condition", ["peril_grave", "peril_proche", "peril_constant"])
def test_c21_le_peril_est_grave_imminent_et_constant_a_la_fois(condition):
    assert trouve("C21", avec(PERIL, **{condition: "NON"})) is Niveau.BLOQUANT
    assert "aux secours reste toujours possible" in CONTROLES["C21"](avec(PERIL, **{condition: ""})).message
    assert trouve("C21", PERIL) is None


@pytest.mark.parametrize("profil", [{"age": 15}, {"mesure_protection": "CURATELLE"}, {"statut_admission": "SDRE"}])
def test_c26_mineur_protege_ou_sdre_les_enqueteurs_sont_appeles_sans_delai(profil):
    age = {"age": profil["age"]} if "age" in profil else {}
    cas = replace(avec(ABSENCE, **{nom: mot for nom, mot in profil.items() if nom != "age"}), **age)
    assert trouve("C26", replace(cas, appel=False, appel_le=None)) is Niveau.ALERTE
    assert trouve("C26", replace(cas, appel_le=LE + timedelta(minutes=31))) is Niveau.ALERTE
    assert trouve("C26", cas) is None


def test_c26_un_majeur_en_soins_libres_n_a_pas_ce_delai():
    assert trouve("C26", replace(ABSENCE, appel=False, appel_le=None)) is None


def test_c27_une_disparition_ne_se_clot_pas_sans_fin_de_recherche():
    assert trouve("C27", ABSENCE) is Niveau.BLOQUANT
    assert trouve("C27", replace(ABSENCE, fin_connue=True)) is None
    assert VOIES["DISPARITION"].cloture == ("C27",)


def test_c29_une_personne_detenue_s_evade():
    assert trouve("C29", avec(ABSENCE, detenue="OUI")) is Niveau.ALERTE
    assert trouve("C29", ABSENCE) is None


def test_c57_le_prefet_n_est_informe_que_de_la_personne_qui_consulte():
    assert trouve("C57", avec(ARME, est_patient="NON")) is Niveau.BLOQUANT
    assert trouve("C57", avec(ARME, est_patient="")) is Niveau.BLOQUANT
    assert trouve("C57", ARME) is None


def test_c62_peril_et_disparition_demandent_aussi_un_appel():
    assert "parquet" in CONTROLES["C62"](replace(PERIL, appel=False)).message
    assert "17" in CONTROLES["C62"](replace(ABSENCE, appel=False)).message


def test_c63_une_arme_et_un_passage_a_l_acte_imminent_sont_deux_situations():
    assert trouve("C63", avec(ARME, peril_imminent="OUI")) is Niveau.ALERTE
    assert trouve("C63", ARME) is None
