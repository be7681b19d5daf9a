"""Children and adults who cannot protect themselves: controls C10 to C15, C31, C32, C38, C47, and both sides of each."""

from dataclasses import replace

import pytest

from signalements.controles import CONTROLES, Faits, controler
from signalements.controles.socle import CRIP
from signalements.voies import VOIES
from signalements.voies.modele import ADULTE, MINEUR
from transitions.verdict import Niveau

NOURRISSON = Faits(
    voie="MINEUR_SIGNALEMENT",
    age=0,
    ages_admis=MINEUR,
    professions_admises=None,
    profession="ASSISTANT_SOCIAL",
    attestation_conscience=True,
    destinataire=("PARQUET", "permanence"),
    destinataires_admis=VOIES["MINEUR_SIGNALEMENT"].destinataires,
    copies=frozenset({CRIP}),
    appel=True,
    urgence="IMMEDIATE",
    base_debut=None,
    propres={
        "infraction_suspectee": "OUI",
        "gravite": "DANGER_GRAVE_IMMEDIAT",
        "auteur_lien": "ASCENDANT",
        "information_parents": "DIFFEREE",
        "motif_information": "Ils veulent partir.",
    },
)
INQUIETUDE = replace(
    NOURRISSON,
    voie="MINEUR_IP",
    age=9,
    destinataire=("CRIP", "enfance-en-danger"),
    destinataires_admis=VOIES["MINEUR_IP"].destinataires,
    copies=frozenset(),
    propres={"infraction_suspectee": "NON", "gravite": "RISQUE", "information_parents": "FAITE"},
)
SOUS_TUTELLE = Faits(
    voie="MAJEUR_VULNERABLE_PR",
    age=88,
    ages_admis=ADULTE,
    professions_admises=None,
    profession="MEDECIN",
    attestation_conscience=True,
    destinataire=("PARQUET", "permanence"),
    destinataires_admis=VOIES["MAJEUR_VULNERABLE_PR"].destinataires,
    propres={
        "incapacite_se_proteger": "OUI",
        "motif_incapacite": "Démence sévère, ne reconnaît plus ses proches.",
        "fondement_vulnerabilite": ["AGE", "INCAPACITE_PSYCHIQUE"],
        "type_maltraitance": ["PHYSIQUE"],
    },
)


MSF = replace(
    NOURRISSON,
    voie="MSF",
    age=8,
    ages_admis=range(121),
    propres={"msf_statut": "RISQUE_IMMINENT", "parents_informes": "NON_RISQUE", "ressort_motif": "DOMICILE"},
)


def avec(faits: Faits, **reponses: object) -> Faits:
    return replace(faits, propres={**faits.propres, **reponses})


def trouve(numero: str, faits: Faits) -> Niveau | None:
    constat = CONTROLES[numero](faits)
    return constat.niveau if constat else None


@pytest.mark.parametrize("faits", [NOURRISSON, INQUIETUDE, SOUS_TUTELLE, MSF], ids=lambda faits: faits.voie)
def test_les_cas_03_et_05_une_inquietude_et_une_mutilation_redoutee_ne_sont_pas_bloques(faits):
    bloquants = [c.numero for c in controler(faits, VOIES[faits.voie].controles) if c.bloque]
    assert bloquants == []


@pytest.mark.parametrize("age", [18, 45])
def test_c01_un_adulte_n_est_pas_signale_comme_un_enfant(age):
    assert trouve("C01", replace(NOURRISSON, age=age)) is Niveau.BLOQUANT
    assert trouve("C01", replace(NOURRISSON, age=17)) is None


def test_c06_une_assistante_sociale_signale_un_enfant_mais_pas_sans_accord_une_adulte():
    assert trouve("C06", NOURRISSON) is None
    assert trouve("C06", replace(NOURRISSON, professions_admises=frozenset({"MEDECIN"}))) is Niveau.BLOQUANT


@pytest.mark.parametrize("reponses", [{"infraction_suspectee": "OUI"}, {"gravite": "DANGER_GRAVE_IMMEDIAT"}])
def test_c10_une_infraction_ou_un_danger_grave_n_est_pas_une_information_preoccupante(reponses):
    assert trouve("C10", avec(INQUIETUDE, **reponses)) is Niveau.BLOQUANT
    assert trouve("C10", INQUIETUDE) is None


def test_c11_le_signalement_d_un_mineur_part_toujours_avec_sa_copie_a_la_crip():
    assert trouve("C11", replace(NOURRISSON, copies=frozenset())) is Niveau.BLOQUANT
    assert trouve("C11", NOURRISSON) is None
    assert "CRIP-59" in VOIES["MINEUR_SIGNALEMENT"].copies


def test_c11_la_copie_suit_aussi_une_mutilation_redoutee_chez_une_mineure():
    assert trouve("C11", replace(MSF, copies=frozenset())) is Niveau.BLOQUANT
    assert trouve("C11", MSF) is None
    assert trouve("C11", replace(MSF, age=30, copies=frozenset())) is None
    assert VOIES["MSF"].copies_pour(17, {}) == ("CRIP-59",)
    assert VOIES["MSF"].copies_pour(18, {}) == ()


def test_c12_mutilation_les_parents_ne_sont_pas_prevenus_avant_le_procureur():
    assert trouve("C12", avec(MSF, parents_informes="OUI_PREVENTION")) is Niveau.ALERTE
    assert trouve("C12", MSF) is None
    assert trouve("C12", avec(MSF, parents_informes="OUI_PREVENTION", msf_statut="RISQUE")) is None


def test_c13_une_majeure_mutilee_qui_peut_decider_donne_son_accord():
    assert trouve("C13", replace(MSF, age=30)) is Niveau.BLOQUANT
    hors_d_etat = {"incapacite_se_proteger": "OUI", "motif_incapacite": "Déficience, vit sous la garde de sa famille."}
    assert trouve("C13", avec(replace(MSF, age=30), **hors_d_etat)) is None
    assert trouve("C13", MSF) is None


def test_c12_les_parents_d_une_infraction_intrafamiliale_ne_sont_pas_informes_avant():
    assert trouve("C12", avec(NOURRISSON, information_parents="FAITE")) is Niveau.ALERTE
    assert trouve("C12", NOURRISSON) is None
    assert trouve("C12", avec(NOURRISSON, information_parents="FAITE", auteur_lien="TIERS")) is None


def test_c12_a_l_inverse_une_information_preoccupante_s_explique_quand_les_parents_l_ignorent():
    tue = avec(INQUIETUDE, information_parents="NON_FAITE_INTERET_ENFANT", motif_information="")
    assert trouve("C12", tue) is Niveau.ALERTE
    assert trouve("C12", avec(tue, motif_information="Risque de départ.")) is None


@pytest.mark.parametrize(
    "reponses",
    [
        {"incapacite_se_proteger": "NON"},
        {"motif_incapacite": " "},
        {"fondement_vulnerabilite": ["AGE"]},
        {"fondement_vulnerabilite": []},
    ],
)
def test_c13_l_age_seul_ne_rend_pas_vulnerable_et_l_incapacite_se_motive(reponses):
    assert trouve("C13", avec(SOUS_TUTELLE, **reponses)) is Niveau.BLOQUANT


def test_c14_une_infraction_grave_ne_va_pas_a_l_ars_seule():
    ars = replace(SOUS_TUTELLE, voie="MAJEUR_VULNERABLE_ARS")
    assert trouve("C14", ars) is Niveau.ALERTE
    assert trouve("C14", avec(ars, type_maltraitance=["FINANCIERE"])) is None
    assert trouve("C14", SOUS_TUTELLE) is None


def test_c15_le_mandataire_mis_en_cause_n_est_pas_informe():
    accuse = avec(SOUS_TUTELLE, mandataire_mis_en_cause="OUI", mandataire_informe="OUI")
    assert "Dites-le" in CONTROLES["C15"](accuse).message
    assert trouve("C15", avec(accuse, mandataire_informe="NON_MIS_EN_CAUSE")) is Niveau.ALERTE
    assert trouve("C15", SOUS_TUTELLE) is None


@pytest.mark.parametrize(
    ("paroles", "attendu"),
    [
        ("Elle déclare : « Il m’a poussée. »", None),
        ("Il m’a poussée.", Niveau.ALERTE),
        ("« Il crie. » Elle a été frappée.", Niveau.ALERTE),
        ("", None),
    ],
)
def test_c31_les_paroles_ont_des_guillemets_et_ne_sont_pas_affirmees(paroles, attendu):
    assert trouve("C31", replace(NOURRISSON, paroles=paroles)) is attendu


def test_c32_un_jugement_est_releve_mais_pas_un_mot_qui_lui_ressemble():
    assert trouve("C32", replace(NOURRISSON, faits_ecrits="Le père est maltraitant.")) is Niveau.ALERTE
    assert trouve("C32", replace(NOURRISSON, faits_ecrits="Traces de maltraitance évoquées.")) is None


def test_c38_une_identite_absente_se_signale():
    assert trouve("C38", replace(NOURRISSON, identite=False)) is Niveau.ALERTE
    assert trouve("C38", NOURRISSON) is None


def test_c47_des_enfants_declares_ont_leur_dossier():
    assert trouve("C47", replace(NOURRISSON, enfants=2)) is Niveau.ALERTE
    assert trouve("C47", replace(NOURRISSON, enfants=2, enfants_lies=2)) is None
    assert trouve("C47", NOURRISSON) is None
