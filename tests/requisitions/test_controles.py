"""One test a rule, same number."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from requisitions import controles as c
from requisitions.controles import AVANT_REMISE, Faits, Instruction, Reference, controler
from transitions.verdict import Niveau

MIDI = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
SAINE = Faits(
    cadre="FLAG",
    type_acte="DOSSIER",
    qualite="OPJ",
    qualite_du_compte="OPJ",
    recue_le=MIDI,
    maintenant=MIDI,
    accord="total",
    identite_verifiee=True,
    ins="qualifiee",
)


def faits(**champs: object) -> Faits:
    return replace(SAINE, **champs)


def test_une_requisition_saine_ne_leve_rien():
    assert controler(faits(authentifiee=True)) == []
    assert controler(faits(authentifiee=True), AVANT_REMISE) == []


def test_r00_combinaison_non_prevue():
    assert c.r00(faits(prevue=False)).bloque
    assert c.r00(SAINE) is None


def test_r00_qualite_que_la_table_n_admet_pas():
    assert "n’admet pas cette qualité" in c.r00(faits(qualites_admises=("PR", "SUBSTITUT"))).message
    assert c.r00(faits(qualites_admises=("OPJ",))) is None
    assert c.r00(faits(qualites_admises=())).bloque


def test_r00_ligne_a_confirmer_par_le_conseil():
    assert "conseil" in c.r00(faits(a_confirmer=True)).message


def test_r01_la_douane_judiciaire_agit_sur_requisition_du_procureur():
    odj = faits(cadre="DOUANE_JUD", qualite="ODJ", type_acte="VIDEO")
    assert c.r01(odj).bloque
    assert c.r01(replace(odj, autorisation_mode="orale", magistrat="Mme Verdière", autorisation_le=MIDI)) is None


def test_r01_preliminaire_sans_autorisation():
    assert c.r01(faits(cadre="PRELIM")).bloque
    assert c.r01(faits(cadre="PRELIM", type_acte="EX_GAV")) is None


@pytest.mark.parametrize("mode", ["ecrite", "orale"])
def test_r01_une_autorisation_nomme_le_magistrat_et_l_heure(mode):
    nue = faits(cadre="PRELIM", autorisation_mode=mode)
    assert (c.r01(nue).bloque, c.r01(nue).champ) == (True, "autorisation_magistrat")
    assert c.r01(replace(nue, magistrat="Mme Verdière")).champ == "autorisation_le"
    assert c.r01(replace(nue, autorisation_le=MIDI)).champ == "autorisation_magistrat"
    sans_copie = "Joignez aussi sa copie" in c.r01(nue).message
    assert sans_copie == (mode == "ecrite"), "les deux manques se disent d’un coup"
    assert c.r01(replace(nue, magistrat="Mme Verdière", autorisation_le=MIDI, ordre_ecrit=True)) is None


def test_r01_une_autorisation_ecrite_se_joint_une_orale_se_note():
    dite = faits(cadre="PRELIM", autorisation_mode="ecrite", magistrat="Mme Verdière", autorisation_le=MIDI)
    assert (c.r01(dite).bloque, c.r01(dite).champ) == (True, "appui")
    assert c.r01(replace(dite, ordre_ecrit=True)) is None
    assert c.r01(replace(dite, autorisation_mode="orale")) is None


def test_r01_seul_le_procureur_requiert_lui_meme():
    assert c.r01(faits(cadre="PRELIM", autorisation_mode="directe")).bloque
    assert c.r01(faits(cadre="PRELIM", autorisation_mode="directe", qualite="SUBSTITUT")) is None


def test_r02_instruction_generale():
    bonne = faits(
        cadre="PRELIM",
        autorisation_mode="instruction",
        autorisation_admise="instruction",
        instruction_reference="IG 12/2026",
        instruction_du=date(2026, 10, 1),
        instruction_couvre=True,
        procureur_informe=True,
        instruction=Instruction("IG 12/2026", date(2026, 10, 1), date(2027, 3, 31), ("DOSSIER",), ("OPJ",)),
    )
    assert c.r02(bonne) is None
    assert c.r02(replace(bonne, instruction_du=date(2026, 3, 1))).bloque
    assert c.r02(replace(bonne, instruction_couvre=False)).bloque
    assert c.r02(replace(bonne, procureur_informe=False)).bloque
    assert c.r02(replace(bonne, instruction_reference="")).bloque
    assert c.r02(replace(bonne, autorisation_admise="procureur")).bloque


def test_r02_instruction_declaree_ou_non():
    declaree = Instruction("IG-2026-04", date(2026, 9, 5), date(2027, 2, 28), ("VIDEO",), ("OPJ", "APJ"))
    visee = faits(
        cadre="PRELIM", type_acte="VIDEO", qualite="APJ", autorisation_mode="instruction",
        autorisation_admise="instruction", instruction_reference="IG-2026-04", instruction_du=date(2026, 9, 5),
        instruction_couvre=True, procureur_informe=True, instruction=declaree,
    )  # fmt: skip
    assert c.r02(visee) is None
    assert "ne couvre pas cet acte" in c.r02(replace(visee, type_acte="EX_VICT")).message
    assert "ne vise pas votre qualité" in c.r02(replace(visee, qualite="ASSIST")).message
    for hors in (replace(declaree, fin=date(2026, 11, 19)), replace(declaree, revoquee_le=MIDI - timedelta(hours=1))):
        assert "n’est pas en cours" in c.r02(replace(visee, instruction=hors)).message
    inconnue = c.r02(replace(visee, instruction=None))
    assert (inconnue.bloque, inconnue.champ) == (True, "instruction_reference")


def test_r02_ce_qui_est_recu_avant_la_revocation_reste_couvert():
    declaree = Instruction("IG 3", date(2026, 9, 5), date(2027, 2, 28), ("VIDEO",), ("OPJ",), MIDI)
    visee = faits(
        cadre="PRELIM", type_acte="VIDEO", autorisation_mode="instruction", autorisation_admise="instruction",
        instruction_reference="IG 3", instruction_du=date(2026, 9, 5), instruction_couvre=True,
        procureur_informe=True, instruction=declaree,
    )  # fmt: skip
    assert c.r02(visee).bloque, "reçue à l’heure même de la révocation"
    assert c.r02(replace(visee, recue_le=MIDI - timedelta(minutes=1), maintenant=MIDI + timedelta(days=1))) is None


def test_r03_apj_et_assistant():
    assert c.r03(faits(qualite="APJ")).bloque
    assert c.r03(faits(qualite="APJ", sous_controle_de="Cne Morel")) is None
    assert c.r03(faits(qualite="APJ", cadre="PRELIM")) is None
    assert c.r03(faits(qualite="APJ", cadre="ROUTE", type_acte="PREL_ALC")) is None
    assert c.r03(faits(qualite="APJ", cadre="CR", sous_controle_de="Cne Morel")).bloque
    assert c.r03(faits(qualite="ASSIST", cadre="PRELIM")).bloque


def test_r04_commission_rogatoire():
    complete = faits(cadre="CR", cr_reference="CR 45", cr_date=date(2026, 11, 1), cr_juge="M. Dubar", ordre_ecrit=True)
    assert c.r04(complete) is None
    dite = c.r04(replace(complete, ordre_ecrit=False))
    assert (str(dite.niveau), dite.champ) == ("alerte", "appui"), "ni déclarée par le juge, ni jointe"
    assert c.r04(replace(complete, cr_juge="")).bloque
    assert c.r04(replace(complete, cr_jusqu_au=date(2026, 11, 10))).bloque


@pytest.mark.parametrize("cadre", ["MORT74", "DISP"])
def test_r05_instructions_du_procureur(cadre):
    assert c.r05(faits(cadre=cadre)).bloque
    assert c.r05(faits(cadre=cadre, magistrat="Mme Verdière", autorisation_le=MIDI)) is None


def test_r05_la_recherche_administrative_porte_un_visa():
    assert c.r05(faits(cadre="DISP_ADM", type_acte="PRESENCE")).bloque
    assert c.r05(faits(cadre="DISP_ADM", type_acte="PRESENCE", ordre_ecrit=True)) is None


def test_r06_les_douanes_ne_levent_pas_le_secret():
    agent = faits(cadre="DOUANE_ADM", qualite="AG_DOUANE", articles_cites="65")
    assert c.r06(agent).bloque
    assert c.r06(replace(agent, type_acte="RH")).bloque
    assert c.r06(replace(agent, type_acte="RH", ordre_ecrit=True)) is None
    assert c.r06(replace(agent, type_acte="RH", grade_controleur=True)) is None
    assert c.r06(replace(agent, type_acte="INCORP", articles_cites="")) is None
    assert c.r06(replace(agent, type_acte="EX_GAV")) is None, "la retenue douanière a son article"
    assert "secret médical" in c.r06(replace(agent, type_acte="TUBES", ordre_ecrit=True)).message


@pytest.mark.parametrize("acte", ["DOSSIER", "SAISIE", "RH"])
def test_r06_citer_60_bis_n_ouvre_rien(acte):
    agent = faits(cadre="DOUANE_ADM", qualite="AG_DOUANE", type_acte=acte)
    assert c.r06(replace(agent, articles_cites="60 bis")) == c.r06(agent)
    assert c.r06(agent).bloque


@pytest.mark.parametrize("article", ["60-2", "77-1-2", "99-4"])
def test_r07_voie_telematique_et_secret(article):
    assert c.r07(faits(articles_cites=f"art. {article}")).bloque
    assert c.r07(faits(articles_cites=f"60-1 et {article}")) is None
    assert c.r07(faits(articles_cites=article, type_acte="LOGS")) is None
    assert c.r07(faits(articles_cites=article, type_acte="LOGS", traces_medicales=True)).bloque


def test_r07_les_traces_d_un_dossier_medical_ne_reposent_pas_sur_la_ligne_seule():
    traces = faits(type_acte="LOGS", traces_medicales=True)
    assert c.r07(traces).bloque, "la ligne 39 ne vise que 60-2"
    assert c.r07(replace(traces, articles_cites="60-1 et 60-2")) is None
    assert c.r07(replace(traces, traces_medicales=False)) is None


def test_r08_arrete_du_prefet():
    assert c.r08(faits(cadre="PREFET")).bloque
    pris = {"cadre": "PREFET", "ordre_ecrit": True, "arrete_motif": "Afflux de blessés", "arrete_jusqu_au": MIDI}
    assert c.r08(faits(**pris)) is None
    for sans in ("ordre_ecrit", "arrete_motif", "arrete_jusqu_au"):
        constat = c.r08(faits(**{nom: valeur for nom, valeur in pris.items() if nom != sans}))
        assert (constat.bloque, constat.champ) == (True, {"ordre_ecrit": "appui"}.get(sans, sans))
    assert "déjà écoulée" in c.r08(faits(**{**pris, "arrete_jusqu_au": MIDI - timedelta(minutes=1)})).message
    assert c.r08(faits(cadre="FLAG")) is None


def test_r09_compte_et_qualite():
    assert c.r09(faits(service_correspond=False)).bloque
    assert c.r09(faits(qualite="OPJ", qualite_du_compte="APJ")).bloque
    assert c.r09(faits(qualite="", qualite_du_compte="")).bloque
    assert c.r09(SAINE) is None


def test_r10_demande_orale():
    assert c.r10(faits(orale=True)).niveau is Niveau.ALERTE
    assert "depuis plus" in c.r10(faits(orale=True, maintenant=MIDI + timedelta(hours=25))).message
    assert c.r10(faits(orale=True, confirmation_le=MIDI)) is None


@pytest.mark.parametrize("accord", ["", "refuse"])
def test_r13_pas_de_dossier_sans_accord(accord):
    assert c.r13(faits(accord=accord)).bloque
    assert c.r13(faits(accord="partiel")) is None
    assert c.r13(faits(accord=accord, type_acte="VIDEO")) is None


def test_r19_gel_des_images():
    video = faits(type_acte="VIDEO", gel_le=MIDI, ecrasement_le=MIDI + timedelta(days=20))
    assert c.r19(video).niveau is Niveau.ALERTE
    assert c.r19(replace(video, gel_confirme=True)) is None
    assert c.r19(replace(video, gel_le=None)).bloque
    assert c.r19(replace(video, gel_le=MIDI + timedelta(hours=2))).bloque
    assert c.r19(replace(video, ecrasement_le=MIDI - timedelta(days=1))).bloque


def test_r20_relance_avant_effacement():
    video = faits(type_acte="VIDEO", gel_le=MIDI, ecrasement_le=MIDI + timedelta(days=4))
    assert c.r20(video).niveau is Niveau.ALERTE
    assert c.r20(replace(video, gel_confirme=True)) is None
    assert c.r20(replace(video, ecrasement_le=MIDI + timedelta(days=10))) is None


def test_r21_presence_protegee():
    presence = faits(type_acte="PRESENCE", presence_protegee=True, reponse_presence="present")
    assert c.r21(presence).bloque
    assert c.r21(replace(presence, reponse_presence="sans_reponse")) is None


def test_r22_aucun_service_dans_la_reponse():
    presence = faits(type_acte="PRESENCE", services=("Psychiatrie", "Urgences adultes"))
    assert c.r22(replace(presence, reponse_texte="Présente, en PSYCHIATRIE.")).bloque
    assert c.r22(replace(presence, reponse_texte="Présente ce jour.")) is None


def test_r43_rappel_avant_remise():
    assert c.r43(SAINE).bloque
    assert c.r43(faits(authentifiee=True)) is None


def test_r44_rien_de_nominatif_par_courriel_ouvert():
    images = faits(type_acte="VIDEO", classes_remises=frozenset({"identite"}))
    for support in ("Courriel de l’OPJ", "envoi par e-mail", "Mél", "adresse GMAIL"):
        assert c.r44(replace(images, support=support)).bloque, support
    assert c.r44(replace(images, support="Clé chiffrée, émaillée de rouge")) is None
    assert c.r44(replace(images, support="courriel", classes_remises=frozenset({"administratif"}))) is None


def test_r45_fichier_lourd():
    assert c.r45(faits(tailles=(6 * 1024 * 1024, 10))).niveau is Niveau.INFORMATION
    assert c.r45(faits(tailles=(10,))) is None


def test_r46_echeance_depassee():
    assert c.r46(faits(echeance_le=MIDI - timedelta(minutes=1))).niveau is Niveau.ALERTE
    assert c.r46(faits(echeance_le=MIDI + timedelta(minutes=1))) is None


def test_r49_article_expire():
    vieux = Reference("Code de procédure pénale 60-1", date(2026, 1, 1), "L. 3323-1")
    constat = c.r49(faits(references=(vieux,)))
    assert constat.niveau is Niveau.ALERTE
    assert "L. 3323-1" in constat.message
    assert c.r49(faits(references=(Reference("60-1"),))) is None


def test_l_urgence_vitale_transforme_un_blocage_en_alerte_mais_jamais_le_secret():
    presse = faits(cadre="PRELIM", urgence_vitale=True, accord="refuse")
    assert [constat.niveau for constat in controler(presse)] == [Niveau.ALERTE]
    assert [constat.numero for constat in controler(presse, AVANT_REMISE) if constat.bloque] == ["R-13"]
