"""One test a rule, same number: what is done, and what is erased. Numbers and levels are those of §13."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from requisitions import controles as c
from requisitions.controles import AVANT_REMISE, JAMAIS_LEVEES, Faits, controler
from requisitions.types_acte import libelles, type_acte
from transitions.verdict import Niveau

MIDI = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
EXAMEN = Faits(cadre="FLAG", type_acte="EX_VICT", qualite="OPJ", recue_le=MIDI, maintenant=MIDI)
CONFIRMEE = {"identite_verifiee": True, "ins": "qualifiee"}
SAISIE = replace(EXAMEN, cadre="CR", type_acte="SAISIE", ordre_requis=True, ordre_convoque=True, **CONFIRMEE)
IMAGERIE = replace(EXAMEN, cadre="DOUANE_ADM", type_acte="INCORP", qualite="AG_DOUANE")
AGE = replace(EXAMEN, type_acte="AGE", qualite="PR")


def note(faits: Faits, **volet: object) -> Faits:
    return replace(faits, volet=volet)


def verifier(constat, numero: str, niveau: Niveau, mots: str) -> None:
    assert (constat.numero, constat.niveau) == (numero, niveau)
    assert mots in constat.message


@pytest.mark.parametrize("lien", ["traitant", "proche"])
def test_r11_le_medecin_requis_n_est_ni_traitant_ni_proche(lien):
    verifier(c.r11(note(EXAMEN, lien=lien)), "R-11", Niveau.BLOQUANT, "désignez-en un autre")
    verifier(c.r11(note(EXAMEN, lien=lien, seul=True)), "R-11", Niveau.ALERTE, "faute d’autre médecin")
    verifier(c.r11(note(replace(EXAMEN, type_acte="PREL_ALC"), lien=lien)), "R-11", Niveau.ALERTE, "à justifier")
    assert c.r11(note(EXAMEN, lien="aucun")) is None


def test_r12_le_serment():
    verifier(c.r12(note(EXAMEN, lien="aucun")), "R-12", Niveau.BLOQUANT, "serment")
    assert c.r12(note(EXAMEN, serment="liste")) is None
    verifier(c.r12(note(EXAMEN, serment="ecrit")), "R-12", Niveau.BLOQUANT, "serment écrit")
    assert c.r12(note(replace(EXAMEN, serment_signe=True), serment="ecrit")) is None, "le papier signé, non le choix"
    assert c.r12(note(replace(EXAMEN, type_acte="EX_GAV"), lien="aucun")) is None
    assert c.r12(note(replace(EXAMEN, cadre="CR"), lien="aucun")) is None
    verifier(c.r12(EXAMEN), "R-12", Niveau.BLOQUANT, "serment")
    assert c.r12(replace(EXAMEN, elements=("refuse",))) is None, "rien n’est remis"


@pytest.mark.parametrize("acte", sorted(code for code in libelles() if type_acte(code).requis))
def test_r11_un_acte_requis_ne_part_pas_sans_le_volet_du_medecin(acte):
    vide = replace(EXAMEN, type_acte=acte)
    verifier(c.r11(vide), "R-11", Niveau.BLOQUANT, "n’a rien noté")
    assert c.r11(replace(vide, elements=("refuse",))) is None
    assert c.r11(note(vide, lien="aucun")) is None


def test_r14_l_identite_et_les_homonymes():
    dossier = replace(EXAMEN, type_acte="DOSSIER", accord="total")
    verifier(c.r14(dossier), "R-14", Niveau.BLOQUANT, "identité")
    assert c.r14(replace(dossier, **CONFIRMEE)) is None
    verifier(
        c.r14_homonymes(replace(dossier, accord="", homonymes=2)), "R-14", Niveau.ALERTE, "dossiers ouverts\u00a0: 2"
    )
    assert c.r14_homonymes(replace(EXAMEN, homonymes=2)) is None
    assert c.r14(replace(dossier, accord="refuse")) is None
    verifier(c.r14(SAISIE), "R-14", Niveau.BLOQUANT, "homonyme")
    assert c.r14(note(SAISIE, homonyme_ecarte=True)) is None
    for faits in (replace(dossier, **CONFIRMEE), note(SAISIE, homonyme_ecarte=True)):
        assert c.r14(replace(faits, ins="traits")) is None
        verifier(c.r14(replace(faits, ins="")), "R-14", Niveau.BLOQUANT, "comparaison de l’INS")
        for verifiee in (True, False):
            discordante = c.r14(replace(faits, ins="discordante", identite_verifiee=verifiee))
            verifier(discordante, "R-14", Niveau.BLOQUANT, "INS ou traits discordants")


def test_r15_l_ordre_est_convoque_et_sa_presence_notee():
    verifier(c.r15(replace(SAISIE, ordre_convoque=False)), "R-15", Niveau.BLOQUANT, "Convoquez")
    verifier(c.r15(note(SAISIE, ordre_presence="absent")), "R-15", Niveau.BLOQUANT, "motif")
    assert c.r15(note(SAISIE, ordre_presence="present")) is None
    assert c.r15(note(SAISIE, ordre_presence="absent", ordre_motif="Astreinte injoignable")).bloque
    reserve = note(SAISIE, ordre_presence="excuse", ordre_motif="Astreinte")
    assert c.r15(replace(reserve, inventaire=c.Inventorie(reserves=True))) is None
    assert c.r15(replace(SAISIE, ordre_requis=False, ordre_convoque=False)) is None


def test_r16_perquisition_sans_magistrat():
    verifier(c.r16(note(SAISIE, operation="perquisition")), "R-16", Niveau.ALERTE, "appelez le parquet")
    assert c.r16(note(SAISIE, operation="perquisition", magistrat_present=True)) is None
    appele = note(SAISIE, operation="perquisition", appel_parquet_le="2026-11-20T20:40:00+00:00")
    verifier(c.r16(appele), "R-16", Niveau.ALERTE, "au procès-verbal avant de signer")
    assert c.r16(note(SAISIE, operation="saisie_cr")) is None


def inventaire(**compte):
    return replace(SAISIE, inventaire=c.Inventorie(**compte))


def test_r17_la_copie_de_l_original():
    verifier(c.r17(inventaire(retenues=3, originaux=(2,))), "R-17", Niveau.BLOQUANT, "copie intégrale")
    assert c.r17(inventaire(retenues=3, originaux=(2,), copie_conservee=True)) is None
    assert c.r17(inventaire(retenues=3)) is None


def test_r18_le_scelle_ouvert_se_justifie():
    verifier(c.r18(inventaire(ouverts_sans_motif=("SC-1",))), "R-18", Niveau.ALERTE, "Scellé ouvert")
    assert c.r18(inventaire()) is None


def test_r20_vaut_aussi_pour_les_tubes():
    tubes = replace(EXAMEN, type_acte="TUBES", ecrasement_le=MIDI + timedelta(days=4))
    assert c.r20(tubes).niveau is Niveau.ALERTE


def test_r23_age_osseux():
    verifier(c.r23(replace(AGE, qualite="OPJ")), "R-23", Niveau.BLOQUANT, "autorité judiciaire")
    assert c.r23(replace(AGE, qualite="OPJ", magistrat="Mme Verdière", autorisation_le=MIDI, ordre_ecrit=True)) is None
    assert c.r23(AGE) is None
    verifier(c.r23(replace(AGE, vise_pubertaire=True)), "R-23", Niveau.BLOQUANT, "pubertaire")
    verifier(c.r23_execution(note(AGE, accord_personne="refuse", marge="x")), "R-23", Niveau.BLOQUANT, "accord")
    assert c.r23_execution(note(AGE, accord_personne="refuse")) is None, "le refus constaté peut partir"
    verifier(c.r23_execution(note(AGE, accord_personne="donne")), "R-23", Niveau.BLOQUANT, "marge d’erreur")
    assert c.r23_execution(note(AGE, accord_personne="donne", marge="Plus ou moins deux ans")) is None


CERTIFICAT = {"conclusion": "conditions", "conditions": "Réexamen à H+6.", "examen_le": "2026-11-20T10:00+00:00"}
TERME = {"valable_jusqu_au": "2026-11-20T16:00+00:00"}


def test_r27_sous_conditions_lesquelles_et_jusqu_a_quand():
    gav = replace(EXAMEN, type_acte="EX_GAV")
    verifier(c.r27(note(gav, **{**CERTIFICAT, **TERME, "conditions": " "})), "R-27", Niveau.BLOQUANT, "une condition")
    verifier(c.r27(note(gav, **CERTIFICAT)), "R-27", Niveau.BLOQUANT, "jusqu’à quand")
    avant = {**CERTIFICAT, "valable_jusqu_au": CERTIFICAT["examen_le"]}
    verifier(c.r27(note(gav, **avant)), "R-27", Niveau.BLOQUANT, "suit l’examen")
    assert c.r27(note(gav, **CERTIFICAT, **TERME)) is None
    for autre in ("compatible", "incompatible", "sans_avis"):
        assert c.r27(note(gav, conclusion=autre)) is None
    assert c.r27(note(EXAMEN, **CERTIFICAT)) is None
    assert c.r27 in AVANT_REMISE


@pytest.mark.parametrize(
    "mots", ["Sevrage à surveiller.", "Alcoolémie à recontrôler.", "1,20 g/l à 10 h.", "Diabète : repas.", "Ivre."]
)
def test_r28_le_volet_1_ne_porte_aucun_diagnostic(mots):
    gav = replace(EXAMEN, type_acte="EX_GAV", tailles=(1,))
    verifier(c.r28(note(gav, conditions=mots)), "R-28", Niveau.ALERTE, "volet 2")
    assert c.r28(note(EXAMEN, conditions=mots)) is None
    for champ in ("retard_motif", "empechement_motif"):
        assert c.r28(note(gav, **{champ: mots})).champ == champ


def test_r28_le_volet_1_part_seul():
    gav = replace(EXAMEN, type_acte="EX_GAV", tailles=(1,))
    honnete = "Surveillance simple, réexamen à H+6, traitement à heures fixes, 2 litres d’eau, avis psychiatrique."
    assert c.r28(note(gav, conditions=honnete)) is None
    assert c.r28(note(gav, conclusion="compatible")) is None
    verifier(c.r28(note(replace(gav, tailles=(1, 1)), conclusion="compatible")), "R-28", Niveau.ALERTE, "part seul")
    assert c.r28 in AVANT_REMISE


def test_r29_ni_consentement_ni_magistrat_pas_d_examen():
    avant, apres = "2026-11-20T09:00:00+00:00", "2026-11-20T10:00:00+00:00"
    consent = {"base": "consentement", "base_le": avant, "examen_le": apres, "resultat": "absence"}
    assert c.r29(note(IMAGERIE, **consent)) is None
    verifier(c.r29(note(IMAGERIE, **{**consent, "base": "aucune"})), "R-29", Niveau.BLOQUANT, "consentement exprès")
    assert c.r29(note(IMAGERIE, **{**consent, "base": "aucune", "resultat": "non_realise"})) is None
    verifier(c.r29(note(IMAGERIE, **{**consent, "base_le": ""})), "R-29", Niveau.BLOQUANT, "datés")
    tardif = {**consent, "base_le": apres, "examen_le": avant}
    verifier(c.r29(note(IMAGERIE, **tardif)), "R-29", Niveau.BLOQUANT, "précéder")
    decision = {**consent, "base": "decision", "magistrat": "Président du tribunal"}
    verifier(c.r29(note(IMAGERIE, **decision)), "R-29", Niveau.BLOQUANT, "désigne")
    assert c.r29(note(IMAGERIE, **decision, designe=True)) is None


def test_r35_l_expert_d_un_detenu_n_est_pas_son_soignant():
    detenu = replace(EXAMEN, type_acte="EX_SUSP", statut_personne="detenue", medecin_usmp=True)
    verifier(c.r35(detenu), "R-35", Niveau.BLOQUANT, "unité sanitaire")
    assert c.r35(replace(detenu, medecin_usmp=False)) is None
    verifier(c.r35(replace(detenu, statut_personne="")), "R-35", Niveau.BLOQUANT, "unité sanitaire")
    assert c.r35(replace(detenu, type_acte="EX_GAV")) is None


CONVOQUE = {"secret_rappele": True, "accompagnement": "decline", "hierarchie": True, "lieu": "service"}


@pytest.mark.parametrize(
    ("manque", "champ", "mots"),
    [
        ({"secret_rappele": False}, "secret_rappele", "droits et le secret"),
        ({"accompagnement": "non"}, "accompagnement", "d’être accompagné"),
        ({"accompagnement": ""}, "accompagnement", "d’être accompagné"),
        ({"hierarchie": False}, "hierarchie", "hiérarchie"),
        ({"lieu": "hopital", "lieu_motif": " "}, "lieu_motif", "pourquoi l’audition se tient à l’hôpital"),
    ],
)
def test_t06_un_professionnel_n_est_pas_entendu_sans_ses_garanties(manque, champ, mots):
    """T-06, of §3: secrecy recalled, accompaniment offered, hierarchy told, a motive for the exception."""
    convoque = replace(EXAMEN, type_acte="AUD_PRO", cadre="CR")
    constat = c.audition_professionnel(note(convoque, **{**CONVOQUE, **manque}))
    verifier(constat, "T-06", Niveau.BLOQUANT, mots)
    assert constat.champ == champ
    assert c.audition_professionnel in AVANT_REMISE
    for complet in (CONVOQUE, {**CONVOQUE, "accompagnement": "accepte", "lieu": "hopital", "lieu_motif": "Alitée."}):
        assert c.audition_professionnel(note(convoque, **complet)) is None
    assert c.audition_professionnel(note(replace(convoque, type_acte="AUD_PAT"), **manque)) is None


@pytest.mark.parametrize("entendu", ["mise_en_cause", "victime"])
def test_mis_en_cause_ou_victime_un_professionnel_se_voit_proposer_la_protection(entendu):
    convoque = note(replace(EXAMEN, type_acte="AUD_PRO", cadre="CR"), **CONVOQUE, protection="sans_objet")
    note_comme = {**convoque.volet, "entendu": entendu}
    constat = c.audition_professionnel(replace(convoque, volet=note_comme))
    verifier(constat, "T-06", Niveau.ALERTE, "protection fonctionnelle")
    assert constat.champ == "protection"
    for protege in ({**note_comme, "protection": "refusee"}, {**note_comme, "entendu": "temoin"}):
        assert c.audition_professionnel(replace(convoque, volet=protege)) is None


@pytest.mark.parametrize(
    "conditions",
    [
        "Diabétique sous insuline", "Sous morphine, sédation levée à 8 h", "Épileptique", "Fracture du fémur",
        "Schizophrène", "Séropositif au VIH", "Enceinte de 8 mois", "Vient de faire un AVC", "Stade 3 d’une leucémie",
        "Sous oxygène", "1,20 g/l à 10 h", "ÉTHYLISÉE",
    ],
)  # fmt: skip
def test_un_diagnostic_se_reconnait_quelle_que_soit_son_ecriture(conditions):
    assert c.diagnostic_devine(conditions)


@pytest.mark.parametrize(
    "conditions",
    [
        "Trente minutes, une pause de dix minutes.", "Se fatigue vite : deux séances courtes.", "Allongée, au calme.",
        "Dans l’enceinte de l’hôpital, un soignant à proximité.", "Après la prise de son traitement, à 14 h.",
        "Interprète en langue des signes : la personne est sourde.", "Avec le greffier, avant l’opération de police.",
        "Pas avant demain, en hiver la salle est froide.", "L’audition avortée hier reprend.", "Ni trouble ni bruit.",
    ],
)  # fmt: skip
def test_une_condition_honnete_ne_dit_rien_de_la_sante(conditions):
    assert not c.diagnostic_devine(conditions)
    assert not c.soin_devine(conditions)


def test_r48_rien_ne_s_efface_sous_contestation_ni_sous_gel():
    verifier(c.r48(replace(EXAMEN, contestee=True)), "R-48", Niveau.BLOQUANT, "contestation")
    verifier(c.r48(replace(EXAMEN, gel_actif=True)), "R-48", Niveau.BLOQUANT, "gel")
    assert c.r48(EXAMEN) is None


def test_l_urgence_vitale_n_ouvre_jamais_ce_qui_protege_la_personne():
    presse = note(replace(IMAGERIE, urgence_vitale=True), base="aucune", resultat="presence")
    assert [constat.numero for constat in controler(presse, (c.r29,)) if constat.bloque] == ["R-29"]
    serment = note(replace(EXAMEN, urgence_vitale=True), lien="aucun")
    assert [constat.niveau for constat in controler(serment, (c.r12,))] == [Niveau.ALERTE]
    assert {"R-13", "R-21", "R-22", "R-23", "R-25", "R-29", "R-35", "R-44", "T-09"} == JAMAIS_LEVEES


REMISE = {"operation": "remise"}
ACCORD = {"accord_medecin": "Dr Sellier", "accord_medecin_le": "2026-11-20T09:00+00:00"}


def test_r13_un_dossier_remis_de_plein_gre_attend_l_accord_ecrit_du_medecin():
    remis = replace(inventaire(retenues=1, dossiers=(1,)), volet=REMISE)
    verifier(c.r13_remise(remis), "R-13", Niveau.BLOQUANT, "copie du dossier")
    assert c.r13_remise in AVANT_REMISE
    assert "R-13" in JAMAIS_LEVEES
    assert c.r13_remise(replace(inventaire(), volet=REMISE)).bloque, "un scellé sans inventaire cache ce qu’il tient"
    assert c.r13_remise(replace(remis, volet=REMISE | {"accord_medecin": "Dr Sellier"})).bloque, "l’accord est daté"
    assert c.r13_remise(replace(remis, volet=REMISE | ACCORD)) is None
    assert c.r13_remise(replace(remis, volet=REMISE | {"titre": "ordonnance"}, titre_joint=True)) is None
    assert c.r13_remise(replace(remis, volet={"operation": "saisie_cr"})) is None


def test_r13_un_objet_se_remet_de_plein_gre():
    assert c.r13_remise(replace(inventaire(retenues=2), volet=REMISE)) is None


def test_r17_l_inventaire_ne_dit_pas_le_contraire_des_archives():
    dite = replace(inventaire(retenues=1, originaux=(1,), copie_conservee=True), copie_dementie=True)
    verifier(c.r17_archives(dite), "R-17", Niveau.ALERTE, "archives")
    assert c.r17_archives(replace(dite, copie_dementie=False)) is None
    assert c.r17_archives(replace(dite, inventaire=c.Inventorie())) is None


@pytest.mark.parametrize("manque", ["lieu", "debut", "fin"])
def test_t15_une_saisie_dit_son_lieu_son_debut_et_sa_fin_avant_de_partir(manque):
    dite = {"lieu": "Archives", "debut": "2026-11-20T09:00+00:00", "fin": "2026-11-20T10:00+00:00"}
    assert c.lieu_et_heures(note(SAISIE, **dite)) is None
    assert c.lieu_et_heures in AVANT_REMISE
    verifier(c.lieu_et_heures(note(SAISIE, **dite | {manque: ""})), "T-15", Niveau.BLOQUANT, "opération")
