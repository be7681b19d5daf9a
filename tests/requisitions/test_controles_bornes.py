"""The controls at their limits: the last day that stands, the first that does not, and what they must leave alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from requisitions import controles as c
from requisitions.controles import Faits
from requisitions.controles.modele import Instruction, Titre
from requisitions.mentions import proposer
from requisitions.models import Requisition
from tests.requisitions.test_controles import MIDI, faits

JOUR = MIDI.date()
VEILLE, LENDEMAIN = JOUR - timedelta(days=1), JOUR + timedelta(days=1)
AUTORISATION = Titre("AUT-12", "autorisation", debut=JOUR, fin=JOUR, types_acte=("DOSSIER",))
COMMISSION = replace(AUTORISATION, reference="CR-12", genre="commission")
# (control, frame, the title it expects)
SUR_TITRE = [
    (c.r01, "PRELIM", AUTORISATION),
    (c.r04, "CR", COMMISSION),
    (c.r05, "MORT74", AUTORISATION),
    (c.r05, "DISP", AUTORISATION),
]


def sur_titre(cadre: str, titre: Titre, **champs: object) -> Faits:
    mentions = {
        "PRELIM": {"autorisation_mode": "ecrite"},
        "CR": {"cr_reference": "CR-12", "cr_date": JOUR, "cr_juge": "Mme Cordonnier"},
    }.get(cadre, {"magistrat": "Mme Verdière", "autorisation_le": MIDI})
    return faits(cadre=cadre, titre=titre, **(mentions | champs))


@pytest.mark.parametrize(("controle", "cadre", "titre"), SUR_TITRE)
def test_un_titre_qui_couvre_la_demande_la_laisse_passer_son_seul_jour(controle, cadre, titre):
    assert controle(sur_titre(cadre, titre)) is None


@pytest.mark.parametrize(("controle", "cadre", "titre"), SUR_TITRE)
@pytest.mark.parametrize(
    ("defaut", "mots"),
    [
        ({"debut": LENDEMAIN, "fin": LENDEMAIN}, "ne court qu’à compter"),
        ({"debut": VEILLE, "fin": VEILLE}, "a expiré"),
        ({"types_acte": ("VIDEO",)}, "ne couvre pas cet acte"),
        ({"procedure_visee": False}, "ne vise pas cette procédure"),
        ({"personne_visee": False}, "ne vise pas cette personne"),
        ({"revoque": True}, "est révoquée"),
        ({"adresse": False}, "n’est pas reconnue pour votre service"),
        ({"genre": "autre"}, "n’est pas reconnue pour votre service"),
    ],
)
def test_un_titre_qui_ne_couvre_pas_la_demande_dit_pourquoi(controle, cadre, titre, defaut, mots):
    constat = controle(sur_titre(cadre, replace(titre, **defaut)))
    assert constat.bloque
    assert mots in constat.message


def test_r01_un_titre_nomme_le_magistrat_a_la_place_de_la_page():
    assert c.r01(faits(cadre="PRELIM", autorisation_mode="ecrite")).bloque
    assert c.r01(faits(cadre="PRELIM", autorisation_mode="ecrite", titre=AUTORISATION)) is None


@pytest.mark.parametrize(("jours", "bloque"), [(184, False), (185, True)])
def test_r02_six_mois_et_pas_un_jour_de_plus(jours, bloque):
    depuis = JOUR - timedelta(days=jours)
    instruction = faits(
        cadre="PRELIM",
        autorisation_admise="instruction",
        autorisation_mode="instruction",
        instruction_reference="IG-7",
        instruction_du=depuis,
        instruction_couvre=True,
        procureur_informe=True,
        instruction=Instruction("IG-7", depuis, JOUR, ("DOSSIER",), ("OPJ",)),
    )
    assert bool(c.r02(instruction)) is bloque


@pytest.mark.parametrize("manque", ["instruction_reference", "instruction_du"])
def test_r02_une_instruction_se_cite_par_sa_reference_et_sa_date(manque):
    citee = faits(
        cadre="PRELIM",
        autorisation_admise="instruction",
        autorisation_mode="instruction",
        **({"instruction_reference": "IG-7", "instruction_du": JOUR} | {manque: None}),
    )
    assert "la référence et la date" in c.r02(citee).message


def test_r03_l_opj_requiert_sur_commission_rogatoire_et_l_apj_en_preliminaire():
    assert c.r03(faits(qualite="OPJ", cadre="CR")) is None
    assert c.r03(faits(qualite="APJ", cadre="PRELIM")) is None


@pytest.mark.parametrize(("terme", "bloque"), [(None, False), (LENDEMAIN, False), (JOUR, False), (VEILLE, True)])
def test_r04_la_commission_rogatoire_vaut_jusqu_au_soir_de_son_dernier_jour(terme, bloque):
    commission = faits(cadre="CR", cr_reference="CR-12", cr_date=date(2026, 1, 5), cr_juge="M. Dubar")
    assert c.r04(replace(commission, cr_jusqu_au=terme)).bloque is bloque


@pytest.mark.parametrize("manque", ["cr_reference", "cr_date", "cr_juge"])
def test_r04_une_commission_rogatoire_a_un_numero_une_date_et_un_juge(manque):
    entiere = {"cr_reference": "CR-12", "cr_date": JOUR, "cr_juge": "M. Dubar"}
    assert not c.r04(faits(cadre="CR", **entiere)).bloque
    assert "le numéro, la date et le juge" in c.r04(faits(cadre="CR", **(entiere | {manque: None}))).message


def test_r04_le_juge_qui_requiert_lui_meme_n_a_personne_a_commettre():
    juge = faits(cadre="CR", qualite="JI")
    assert c.r04(juge) is None
    assert c.r04(faits(cadre="CR", qualite="OPJ")).bloque
    assert c.r04(replace(juge, cr_reference="CR-12")).bloque, "une commission citée l’est en entier"
    lettre = Requisition(cadre="CR", type_acte="VIDEO", autorite_qualite="JI", mission="Images du parvis.")
    vues = {"personne": False, "personne_requise": False, "fichier": True, "articles": True, "infractions": ""}
    grille = {mention.numero: mention.resultat for mention in proposer(lettre, **vues)}
    assert grille["M4"] == "sans_objet"
    lettre.autorite_qualite = "OPJ"
    assert {m.numero: m.resultat for m in proposer(lettre, **vues)}["M4"] == "non_conforme"


def test_r06_l_ordre_ecrit_n_est_demande_qu_a_l_agent_des_douanes_agissant_en_douane():
    assert c.r06(faits(cadre="FLAG", type_acte="VIDEO", qualite="AG_DOUANE")) is None
    assert c.r06(faits(cadre="DOUANE_ADM", type_acte="VIDEO", qualite="ODJ")) is None
    assert c.r06(faits(cadre="DOUANE_ADM", type_acte="VIDEO", qualite="AG_DOUANE")).bloque


def test_r07_l_article_muet_n_arrete_que_les_cadres_de_la_voie_telematique():
    assert c.r07(faits(cadre="FLAG", type_acte="LOGS", traces_medicales=True)).bloque
    assert c.r07(faits(cadre="DOUANE_JUD", type_acte="LOGS", traces_medicales=True)) is None


def test_r09_le_rappel_leve_ce_qui_est_venu_hors_du_portail_et_rien_d_autre():
    assert c.r09(faits(hors_portail=True)).bloque
    assert c.r09(faits(hors_portail=True, authentifiee=True)) is None
    assert c.r09(faits(compte_actif=False)).bloque
    assert c.r09(faits(service_correspond=False)).bloque


@pytest.mark.parametrize(("heures", "mots"), [(24, "confirmation écrite sous 24"), (25, "depuis plus de 24")])
def test_r10_l_ecrit_se_fait_attendre_apres_vingt_quatre_heures_seulement(heures, mots):
    orale = faits(orale=True, orale_motif="nuit", maintenant=MIDI + timedelta(hours=heures))
    assert mots in c.r10(orale).message
