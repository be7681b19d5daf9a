"""A custody: three hours from the request, a minor never left without an examination, a child retained and not held."""

import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requisitions import controles as c
from requisitions import workflow as w
from requisitions.controles import Faits, controler
from requisitions.delais import calculer
from requisitions.faits import faits_de
from requisitions.minorite import examen_obligatoire
from requisitions.models import Requisition
from requisitions.table import DE_10_A_13, MOINS_DE_16
from tests.requisitions.test_controles_execution import MIDI, note, verifier
from tests.requisitions.test_depot import fautes, page
from tests.requisitions.test_medecin_requis import GAV as EXAMEN
from tests.requisitions.test_parcours import depot, pdf, poster, rappeler
from tests.requisitions.test_reception import il_y_a
from transitions.verdict import Niveau
from transitions.workflow import TransitionRefusee

GAV = Faits(cadre="FLAG", type_acte="EX_GAV", qualite="OPJ", recue_le=MIDI, maintenant=MIDI, statut_personne="gav")
MAGISTRAT = {"autorisation_magistrat": "Mme Ardoin, substitut", "autorisation_le": il_y_a(hours=1)}
EMPECHEE = {
    **EXAMEN,
    "accord_personne": "empeche",
    "conclusion": "sans_avis",
    "conditions": "",
}


def apres(**duree) -> str:
    return (MIDI + timedelta(**duree)).astimezone(UTC).isoformat(timespec="minutes")


def ne_il_y_a(ans: int) -> str:
    """Whoever is that old today, whatever the day."""
    return f"{timezone.localdate().year - ans}-01-01"


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


# 3. The page of the deposit


@pytest.mark.parametrize(
    ("champs", "champ", "phrase"),
    [
        ({"statut_personne": ""}, "statut_personne", "Choisissez la situation de la personne"),
        ({"type_acte": "EX_GAV", "statut_personne": "temoin"}, "statut_personne", "en garde à vue ou en retenue"),
        ({"type_acte": "CORPS", "statut_personne": "inconnu"}, "statut_personne", "vise une personne défunte"),
        ({"type_acte": "EX_VICT", "statut_personne": "defunte"}, "statut_personne", "examen de corps"),
        ({"type_acte": "EX_GAV", "statut_personne": "gav", "heure_demande": il_y_a(hours=-1)}, "heure_demande", "pas encore passée"),
        ({"type_acte": "EX_GAV", "statut_personne": "gav", "naissance": ne_il_y_a(12)}, "statut_personne", "une retenue"),
        ({"type_acte": "EX_GAV", "statut_personne": "gav", "naissance": ne_il_y_a(8)}, "naissance", "ni garde à vue ni retenue"),
        ({"type_acte": "EX_GAV", "statut_personne": "retenue_mineur", "naissance": ne_il_y_a(12), "urgence": "IMMEDIATE",
          "debut_mesure": il_y_a(hours=2), "fin_mesure": il_y_a(hours=-23), **MAGISTRAT}, "fin_mesure", "24 au plus"),
        ({"type_acte": "EX_GAV", "statut_personne": "gav", "naissance": ne_il_y_a(15)}, "autorisation_magistrat", "décision du magistrat"),
        ({"type_acte": "EX_GAV", "statut_personne": "gav", "urgence": "IMMEDIATE", "debut_mesure": il_y_a(hours=2),
          "fin_mesure": il_y_a(hours=3)}, "fin_mesure", "suit son début"),
    ],
)  # fmt: skip
def test_ce_que_la_situation_ne_peut_etre_se_dit_a_cote_du_champ(champs, champ, phrase, police):
    trouvees = fautes(page(police, **champs))
    assert phrase in " ".join(trouvees[champ]), trouvees


def test_rien_n_est_choisi_d_avance(police):
    html = police.get(reverse("requisitions:depot", args=[uuid.uuid4()])).content.decode()
    champ = html.split('name="statut_personne"')[1].split("</select>")[0]
    assert "selected" not in champ.replace('value="" selected', "")
    assert "Non précisé" in champ
    assert "Mineure détenue" in champ


def test_ce_qui_est_dit_de_la_personne_se_lit_a_l_hopital(distribution, police):
    dossier = depot(
        police, type_acte="EX_GAV", majeur_protege="oui", interprete="Tigrinya", debut_mesure=il_y_a(hours=2),
        heure_demande=il_y_a(minutes=40),
    )  # fmt: skip
    lettre = dossier.requisition
    assert (lettre.majeur_protege, lettre.interprete) == ("oui", "Tigrinya")
    lue = distribution.client("juriste").get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    for mots in ("Oui, tutelle ou curatelle", "Tigrinya", "Examen demandé", "Début de mesure", "En garde à vue"):
        assert mots in lue


@pytest.mark.parametrize(
    ("age", "statut", "precision"),
    [("15", "gav", MOINS_DE_16), ("16", "gav", ""), ("", "retenue_mineur", DE_10_A_13), ("12", "retenue_mineur", DE_10_A_13)],
)  # fmt: skip
def test_sans_date_de_naissance_l_age_dit_decide_de_la_ligne(age, statut, precision, police):
    dossier = depot(
        police, type_acte="EX_GAV", naissance="", naissance_inconnue="on", age_declare=age, statut_personne=statut,
        **MAGISTRAT,
    )  # fmt: skip
    assert dossier.requisition.precision == precision
    assert dossier.personnes.get().age == (int(age) if age else None)


def test_l_age_dit_ne_compte_pas_quand_la_naissance_est_connue(police):
    dossier = depot(police, type_acte="EX_GAV", age_declare="12")
    assert dossier.requisition.precision == ""
    assert dossier.personnes.get().age > 18


def test_un_officier_seul_qui_demande_l_examen_d_un_mineur_a_une_reponse_codee(distribution, police):
    """Row 4: the prosecutor or the judge names the doctor; the officer's demand is kept, and answered in writing."""
    dossier = depot(police, type_acte="EX_GAV", naissance=ne_il_y_a(15), incomplet="on")
    assert dossier.requisition.ligne_decision.rang == 4
    trouves = {x.numero: x for x in controler(faits_de(dossier, Requisition.objects.get(pk=dossier.pk)))}
    assert {"R-00", "§ 12", "R-25"} <= trouves.keys()
    assert not trouves["R-25"].bloque
    poster(distribution.client("juriste"), "commencer", dossier)
    grille = distribution.client("juriste").get(reverse("requisitions:controle", args=[dossier.cle])).content.decode()
    assert "Examen obligatoire dès le début de la mesure" in grille
    assert "Personne mineure, 15\u00a0ans." in grille
    assert "La table n’admet pas cette qualité" in grille


# 4. Never left without an examination


@pytest.fixture
def mineur(deposee, distribution, juriste):
    """A demand for a boy of fifteen, lifted in writing and entrusted to a doctor."""

    def faire(etape="affectee", **champs):
        dossier = w.controler(dossier=deposee("EX_GAV", statut_personne="gav", age=15, **champs), acteur=juriste)
        if etape == "controle":
            return dossier
        grille = {mention.numero: ("conforme", "") for mention in dossier.mentions.all()}
        w.noter_mentions(dossier=dossier, acteur=juriste, mentions=grille)
        dossier = w.valider(dossier=dossier, acteur=juriste, derogation="Médecin désigné par le parquet, au téléphone.")
        medecin = distribution.utilisateur("medecin")
        return w.affecter(dossier=dossier, acteur=juriste, consigne="Examen.", medecin=medecin)

    return faire


def test_le_medecin_lit_que_l_examen_est_obligatoire(mineur, distribution):
    dossier = mineur(heure_demande=timezone.now() - timedelta(minutes=5))
    lue = distribution.client("medecin").get(reverse("requisitions:volet", args=[dossier.cle])).content.decode()
    assert "Obligatoire dès le début\u00a0: mineur de moins de 16 ans" in lue
    assert "Examen demandé" in lue
    assert "En garde à vue" not in lue, "le motif pénal n’est pas pour le médecin"


def test_rien_ne_part_sans_examen_ni_empechement_ecrit(mineur, distribution):
    dossier = mineur()
    juriste, medecin = distribution.client("juriste"), distribution.client("medecin")
    rappeler(juriste, dossier)
    poster(medecin, "volet", dossier, **EMPECHEE)
    url = reverse("requisitions:reponse", args=[dossier.cle])
    arret = juriste.post(url, {"geste": "remettre", "relu": "on"}).content.decode()
    assert "Examen obligatoire (mineur de moins de 16 ans)" in arret
    assert not dossier.remises.exists()
    poster(
        medecin, "volet", dossier, **EMPECHEE, empechement="agitation", empechement_motif="Trois essais en deux heures."
    )
    poster(juriste, "reponse", dossier, geste="remettre", relu="on")
    assert dossier.etat == "PRETE"


def test_un_examen_fait_part_comme_les_autres(mineur, distribution):
    dossier = mineur()
    juriste = distribution.client("juriste")
    rappeler(juriste, dossier)
    poster(
        distribution.client("medecin"), "volet", dossier, **{**EXAMEN, "conclusion": "compatible", "conditions": ""},
        fichier=pdf(),
    )  # fmt: skip
    poster(juriste, "reponse", dossier, geste="remettre", relu="on")
    assert dossier.etat == "PRETE"


@pytest.mark.parametrize("etape", ["controle", "affectee"])
def test_un_refus_ne_tient_que_s_il_dit_ce_qui_empeche(etape, mineur, distribution, juriste):
    dossier = mineur(etape)
    distribution.utilisateur("directrice")
    with pytest.raises(TransitionRefusee, match="Examen obligatoire"):
        w.proposer_refus(dossier=dossier, acteur=juriste, motif="incompetence", texte="La table n’admet pas.")
    refus = w.proposer_refus(
        dossier=dossier, acteur=juriste, motif="indisponibilite", texte="Aucun médecin, crue en cours."
    )
    assert w.refuser(dossier=dossier, acteur=distribution.acteur("directrice"), proposition=refus.cle).etat == "REFUSEE"


def test_une_regularisation_ne_suspend_pas_l_examen_d_un_mineur(mineur, deposee, juriste):
    jeune = w.regulariser(dossier=mineur("controle"), acteur=juriste, points=["M6"], texte="Le numéro manque.")
    assert jeune.echeances.get(nom="reponse").suspendue_le is None
    adulte = w.controler(dossier=deposee("EX_GAV", statut_personne="gav"), acteur=juriste)
    adulte = w.regulariser(dossier=adulte, acteur=juriste, points=["M6"], texte="Le numéro manque.")
    assert adulte.echeances.get(nom="reponse").suspendue_le


def test_un_dossier_ne_se_classe_pas_sans_dire_ce_qui_a_empeche_l_examen(mineur, distribution, juriste, time_machine):
    dossier = w.regulariser(dossier=mineur("controle"), acteur=juriste, points=["M6"], texte="Le numéro manque.")
    time_machine.move_to(timezone.now() + timedelta(days=16), tick=False)
    client = distribution.client("juriste")
    url = reverse("requisitions:classement", args=[dossier.cle])
    assert "Ce qui a empêché l’examen" in client.get(url).content.decode()
    client.post(url, {})
    dossier.refresh_from_db()
    assert dossier.etat == "A_REGULARISER"
    client.post(url, {"empechement": "La mesure a été levée avant l’arrivée."})
    dossier.refresh_from_db()
    assert dossier.etat == "ABANDONNEE"
    assert dossier.evenements.get(nom="empechement").commentaire == "La mesure a été levée avant l’arrivée."


# 5. Put right


def test_une_situation_corrigee_change_la_ligne_qui_decide(deposee, distribution, juriste):
    dossier = w.controler(dossier=deposee("EX_SUSP", statut_personne="suspect"), acteur=juriste)
    assert dossier.requisition.precision == ""
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M10"], texte="Est-elle détenue ?")
    opj = distribution.client("opj")
    url = reverse("requisitions:complement", args=[dossier.cle])
    assert "nom" not in opj.get(url).context["form"].fields, "l’identité envoyée est scellée"
    poster(opj, "complement", dossier, texte="Oui.", statut_personne="mineur_detenu")
    lettre = Requisition.objects.select_related("ligne_decision").get(pk=dossier.pk)
    assert lettre.precision == "expertise d’une personne détenue"
    assert lettre.ligne_decision.rang == 50
    with pytest.raises(AssertionError, match="statut_personne"):
        w.controler(dossier=dossier, acteur=juriste)
        dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M10"], texte="Encore ?")
        poster(opj, "complement", dossier, texte="Non.", statut_personne="roi")


def test_un_mineur_nomme_apres_le_depot_a_la_ligne_des_mineurs(distribution, table, fichier, juriste):
    dossier = w.deposer(
        cle_depot=uuid.uuid4(), lettre=Requisition(type_acte="EX_GAV", cadre="FLAG", mission="Compatibilité."),
        personne=None, fichier=fichier(), urgence="ORDINAIRE", acteur=distribution.acteur("opj"),
    )  # fmt: skip
    dossier = w.controler(dossier=dossier, acteur=juriste)
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M10"], texte="Nommez la personne.")
    nommee = {"nom": "Delcambre", "naissance": ne_il_y_a(15), "statut_personne": "gav"}
    url = reverse("requisitions:complement", args=[dossier.cle])
    assert distribution.client("opj").post(url, {"texte": "Voici.", **nommee}).status_code == 302
    assert Requisition.objects.get(pk=dossier.pk).precision == MOINS_DE_16


@pytest.mark.parametrize("statut", ["detenue", "mineur_detenu"])
def test_un_mineur_detenu_est_une_personne_detenue(statut, deposee, distribution, juriste):
    dossier = deposee("EX_SUSP", statut_personne=statut, mission="Examen par le médecin de la maison d’arrêt.")
    assert dossier.requisition.precision == "expertise d’une personne détenue"
    assert faits_de(dossier, dossier.requisition).medecin_usmp
