"""The column « Autor. » of §12: what the row wants of a magistrate is asked, checked and proposed in every frame."""

import uuid
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from requisitions import controles as c
from requisitions import workflow as w
from requisitions.controles import Faits, Titre, controler
from requisitions.faits import faits_de
from requisitions.instructions import declarer, revoquer
from requisitions.models import Cadre, Derogation, Requisition
from requisitions.table import AUTOPSIE, DECEDEE, lire
from tests.requisitions.conftest import TABLE, tout_conforme
from tests.requisitions.test_parcours import depot, pdf
from transitions.verdict import Niveau
from transitions.workflow import TransitionRefusee

MIDI = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Paris"))
NOMMEE = {"autorisation_magistrat": "Mme Verdière, substitut", "autorisation_le": "2026-11-20T09:00"}
LIGNES = [ligne for ligne in lire(TABLE) if ligne.cadre in Cadre.values]
# Each row that wants something of an authority: nothing given, some control of the reception or of the act says so.
EXIGEANTES = [ligne for ligne in LIGNES if ligne.autorisation != "aucune"]
LIBRES = [ligne for ligne in LIGNES if ligne.autorisation == "aucune"]
DE_L_AUTORITE = {"R-01", "R-04", "R-05", "R-06", "R-08", "R-23", "R-29", "T-01", "T-03"}
QUALITE = {"DOUANE_ADM": "AG_DOUANE", "DOUANE_JUD": "ODJ", "PREFET": "PREFET"}


def nom(ligne):
    return f"{ligne.rang} {ligne.cadre} {ligne.type_acte}"


def demande(ligne, **champs):
    qualite = QUALITE.get(ligne.cadre, "OPJ")
    return Faits(
        cadre=ligne.cadre, type_acte=ligne.type_acte, qualite=qualite, qualite_du_compte=qualite, recue_le=MIDI,
        maintenant=MIDI, autorisation_admise=ligne.autorisation, authentifiee=True, gel_le=MIDI, gel_confirme=True,
        **champs,
    )  # fmt: skip


def bloquants(faits):
    regles = (*c.A_LA_RECEPTION, c.r29, c.titre_de_saisie)
    return {constat.numero for constat in controler(faits, regles) if constat.bloque} & DE_L_AUTORITE


@pytest.mark.parametrize("ligne", EXIGEANTES, ids=nom)
def test_ce_que_la_ligne_exige_manque_et_se_dit(ligne):
    assert bloquants(demande(ligne, volet={"operation": "perquisition"}))


@pytest.mark.parametrize("ligne", LIBRES, ids=nom)
def test_une_ligne_sans_autorisation_reste_libre(ligne):
    assert c.autorisation(demande(ligne)) is None


def ligne_de(rang):
    """Row 12 wants a magistrate for an autopsy alone."""
    return next(ligne for ligne in LIGNES if ligne.rang == rang and (rang != 12 or ligne.precision == AUTOPSIE))


@pytest.mark.parametrize("rang", [4, 5, 6, 12, 13])
def test_t01_le_magistrat_et_l_heure_satisfont_la_ligne(rang):
    nue = demande(ligne_de(rang))
    assert (c.autorisation(nue).numero, c.autorisation(nue).champ) == ("T-01", "autorisation_magistrat")
    assert c.autorisation(replace(nue, magistrat="Mme Verdière")).champ == "autorisation_le"
    assert c.autorisation(replace(nue, magistrat="Mme Verdière", autorisation_le=MIDI)) is None


def test_le_magistrat_qui_requiert_n_a_pas_a_s_autoriser():
    assert c.autorisation(replace(demande(ligne_de(6)), qualite="SUBSTITUT")) is None
    assert c.autorisation(replace(demande(ligne_de(6)), qualite="JI")).bloque
    assert c.autorisation(replace(demande(ligne_de(5)), qualite="JI")) is None


def test_un_titre_hors_de_sa_portee_ne_satisfait_pas_la_ligne():
    titre = Titre("AUT 9", "autorisation", date(2026, 11, 1), date(2027, 1, 31), ("PREL_AUTRE",))
    forcee = demande(ligne_de(13), magistrat="Mme V.", autorisation_le=MIDI, titre=titre)
    assert c.autorisation(forcee) is None
    hors = c.autorisation(replace(forcee, titre=replace(titre, personne_visee=False)))
    assert (hors.champ, "ne vise pas cette personne" in hors.message) == ("titre", True)


def test_une_vie_en_danger_n_attend_pas_l_autorisation():
    presse = replace(demande(ligne_de(13)), urgence_vitale=True)
    assert [constat.niveau for constat in controler(presse, (c.autorisation,))] == [Niveau.ALERTE]


@pytest.mark.parametrize("titre", ["", "sans_objet", "assentiment", "ordonnance"])
def test_t03_une_perquisition_preliminaire_repose_sur_un_assentiment_ou_un_juge(titre):
    faite = demande(ligne_de(26), volet={"operation": "perquisition", "titre": titre})
    assert c.titre_de_saisie(faite).bloque, "rien n’est joint"
    jointe = replace(faite, titre_joint=True)
    assert (c.titre_de_saisie(jointe) is None) == (titre in {"assentiment", "ordonnance"})
    assert c.titre_de_saisie(replace(faite, volet={"operation": "remise"})) is None
    assert c.titre_de_saisie(replace(faite, cadre="FLAG")) is None


def test_une_perquisition_sans_titre_ne_s_ecrit_qu_avec_une_reserve():
    sans = demande(ligne_de(26), volet={"operation": "perquisition", "titre": "aucun"})
    assert c.titre_de_saisie(sans).bloque
    ecrite = c.titre_de_saisie(replace(sans, inventaire=c.Inventorie(reserves=True)))
    assert ecrite.niveau == Niveau.ALERTE


FORCE = {"cadre": "FLAG", "type_acte": "PREL_AUTRE"}
DEFUNT = {"cadre": "AUTRE", "cadre_autre": "ROUTE", "type_acte": "PREL_STUP", "statut_personne": "defunte"}
AUTOPSIEE = {**DEFUNT, "precision": AUTOPSIE}


def envoyer(client, **champs):
    donnees = {
        "mission": "Prélèvement de sang, selon l’acte.", "nom": "Delcambre", "naissance": "1992-03-07",
        "statut_personne": "inconnu", "urgence": "ORDINAIRE", **champs,
    }  # fmt: skip
    return client.post(reverse("requisitions:depot", args=[uuid.uuid4()]), {**donnees, "fichier": pdf()})


@pytest.mark.parametrize(("champs", "rang"), [(FORCE, 13), (AUTOPSIEE, 12)], ids=["ligne 13", "autopsie"])
def test_la_page_demande_le_magistrat_que_la_ligne_exige(champs, rang, distribution, table):
    opj = distribution.client("opj")
    erreurs = envoyer(opj, **champs).context["form"].errors
    assert list(erreurs) == ["autorisation_magistrat"]
    dossier = depot(opj, **champs, **NOMMEE)
    lettre = dossier.requisition
    assert (lettre.ligne_decision.rang, lettre.autorisation_magistrat) == (rang, NOMMEE["autorisation_magistrat"])
    incomplet = depot(opj, **champs, incomplet="on", nouvelle="on")
    assert incomplet.requisition.autorisation_magistrat == ""


def test_une_personne_tuee_sur_la_route_se_preleve_sans_procureur(distribution, table):
    """Row 12, « PR si autopsie »: the magistrate that was typed is neither asked nor kept without one."""
    lettre = depot(distribution.client("opj"), **DEFUNT, **NOMMEE).requisition
    assert (lettre.ligne_decision.rang, lettre.precision) == (12, DECEDEE)
    assert (lettre.ligne_decision.autorisation, lettre.autorisation_magistrat) == ("aucune", "")


@pytest.mark.parametrize("hors", [{"statut_personne": "suspect"}, {"cadre": "FLAG", "cadre_autre": ""}])
def test_une_autopsie_ne_se_declare_que_d_une_personne_tuee_sur_la_route(hors, distribution, table):
    lettre = depot(distribution.client("opj"), **{**AUTOPSIEE, **hors}, incomplet="on").requisition
    assert AUTOPSIE not in lettre.precision


def test_la_page_ne_garde_pas_ce_qu_une_ligne_libre_n_appelle_pas(distribution, table):
    lettre = depot(distribution.client("opj"), type_acte="EX_VICT", **NOMMEE).requisition
    assert (lettre.autorisation_magistrat, lettre.autorisation_le) == ("", None)


def test_l_age_osseux_en_flagrance_garde_la_decision_du_magistrat(distribution, table):
    opj = distribution.client("opj")
    assert "autorisation_magistrat" in envoyer(opj, type_acte="AGE", cadre="FLAG").context["form"].errors
    assert "appui" in envoyer(opj, type_acte="AGE", cadre="FLAG", **NOMMEE).context["form"].errors
    lettre = depot(opj, type_acte="AGE", mission="Dire l’âge de la personne.", ordre_ecrit="on", **NOMMEE).requisition
    assert lettre.autorisation_magistrat == NOMMEE["autorisation_magistrat"]


@pytest.mark.parametrize(
    ("mission", "arretee"),
    [("Qui a ouvert le dossier médical le 21 novembre.", True), ("Connexions au réseau des visiteurs.", False)],
)
def test_les_traces_d_un_dossier_medical_ne_se_demandent_pas_par_voie_telematique(
    mission, arretee, distribution, table
):
    opj = distribution.client("opj")
    dites = {"cible": "Accès au dossier", "periode_du": "2026-01-05T10:00", "periode_au": "2026-01-06T10:00"}
    traces = {"cadre": "FLAG", "type_acte": "LOGS", "mission": mission, **dites}
    if arretee:
        assert list(envoyer(opj, **traces).context["form"].errors) == ["articles_cites"]
    dossier = depot(opj, **traces, **({"incomplet": "on"} if arretee else {}))
    trouves = {constat.numero for constat in controler(faits_de(dossier, Requisition.objects.get(pk=dossier.pk)))}
    assert ("R-07" in trouves) == arretee


def test_une_instruction_inventee_arrete_la_page_sans_empecher_le_depot(distribution, table, juriste):
    gendarme = distribution.client("gendarme")
    inventee = {
        "cadre": "PRELIM", "type_acte": "VIDEO", "cible": "Accueil", "periode_du": "2026-11-20T10:00",
        "periode_au": "2026-11-20T11:00", "autorisation_mode": "instruction", "instruction_reference": "INVENTEE",
        "instruction_du": timezone.localdate() - timedelta(days=10), "instruction_couvre": "on",
        "procureur_informe": "on",
    }  # fmt: skip
    assert list(envoyer(gendarme, **inventee).context["form"].errors) == ["instruction_reference"]
    dossier = w.controler(dossier=depot(gendarme, **inventee, incomplet="on"), acteur=juriste)
    assert mention(dossier, "M3") == "a_verifier"
    tout_conforme(dossier, juriste)
    with pytest.raises(TransitionRefusee, match="n’a pas déclaré ici"):
        w.valider(dossier=dossier, acteur=juriste)
    w.valider(dossier=dossier, acteur=juriste, derogation="Copie reçue du parquet, déclaration annoncée.")
    assert Derogation.objects.filter(dossier=dossier, controle="R-02").exists()


def test_une_instruction_revoquee_couvre_ce_qui_etait_deja_recu(deposee, distribution, juriste, time_machine):
    time_machine.move_to(MIDI, tick=False)
    parquet = distribution.acteur("parquet")
    instruction = declarer(
        acteur=parquet, reference="IG 8", objet="Images", infractions="Délits", types_acte=["VIDEO"],
        qualites=["OPJ"], debut=date(2026, 11, 1), fin=date(2027, 2, 1),
    )  # fmt: skip
    sur = {
        "cadre": "PRELIM", "autorisation_mode": "instruction", "instruction_reference": "IG 8",
        "instruction_du": date(2026, 11, 1), "instruction_couvre": True, "procureur_informe": True,
    }  # fmt: skip
    avant = deposee("VIDEO", **sur)
    time_machine.shift(timedelta(hours=1))
    revoquer(acteur=parquet, instruction=instruction)
    time_machine.shift(timedelta(hours=1))
    apres = deposee("VIDEO", **sur)
    trouves = [
        {constat.numero for constat in controler(faits_de(dossier, Requisition.objects.get(pk=dossier.pk)))}
        for dossier in (avant, apres)
    ]
    assert ["R-02" in numeros for numeros in trouves] == [False, True]


@pytest.mark.parametrize(
    ("champs", "du"),
    [
        ({}, True),
        ({"orale": False}, False),
        ({"confirmation_le": MIDI}, False),
        ({"cadre": "CR"}, False),
        ({"type_acte": "PREL_ALC"}, False),
    ],
)
def test_t02_un_prelevement_contraint_en_flagrance_se_requiert_par_ecrit(champs, du):
    """Row 13 of §12."""
    contraint = Faits("FLAG", "PREL_AUTRE", "OPJ", recue_le=MIDI, maintenant=MIDI, orale=True)
    constat = c.ecrit_exige(replace(contraint, **champs))
    assert bool(constat) is du
    assert not du or (constat.bloque and constat.champ == "orale")


def mention(dossier, numero):
    return dossier.mentions.get(numero=numero).resultat


DONNEE = {"autorisation_magistrat": "Mme Verdière", "autorisation_le": MIDI}


@pytest.mark.parametrize(
    ("champs", "m3", "m5"),
    [
        ({"type_acte": "DOSSIER", "cadre": "PRELIM"}, "non_conforme", "sans_objet"),
        ({"type_acte": "DOSSIER", "cadre": "PRELIM", "autorisation_mode": "ecrite"}, "a_verifier", "sans_objet"),
        ({"type_acte": "DOSSIER", "cadre": "PRELIM", "autorisation_mode": "ecrite", **DONNEE}, "a_verifier", "sans_objet"),
        ({"type_acte": "DOSSIER", "cadre": "PRELIM", "autorisation_mode": "directe"}, "a_verifier", "sans_objet"),
        ({"type_acte": "VIDEO", "cadre": "DOUANE_JUD"}, "non_conforme", "sans_objet"),
        ({"type_acte": "EX_GAV", "cadre": "PRELIM"}, "sans_objet", "sans_objet"),
        ({"type_acte": "PREL_AUTRE", "cadre": "FLAG"}, "sans_objet", "non_conforme"),
        ({"type_acte": "PREL_AUTRE", "cadre": "FLAG", **DONNEE}, "sans_objet", "conforme"),
        ({"type_acte": "PREL_ALC", "cadre": "ROUTE", "statut_personne": "defunte"}, "sans_objet", "sans_objet"),
        ({"type_acte": "PREL_ALC", "cadre": "ROUTE", "statut_personne": "defunte", "precision": AUTOPSIE}, "non_conforme",
         "sans_objet"),
        ({"type_acte": "PREL_ALC", "cadre": "ROUTE"}, "sans_objet", "sans_objet"),
        ({"type_acte": "INCORP", "cadre": "DOUANE_ADM"}, "sans_objet", "sans_objet"),
    ],
)  # fmt: skip
def test_la_grille_propose_m3_et_m5_selon_la_ligne(champs, m3, m5, deposee, juriste):
    champs = dict(champs)
    dossier = w.controler(dossier=deposee(champs.pop("type_acte"), **champs), acteur=juriste)
    assert (mention(dossier, "M3"), mention(dossier, "M5")) == (m3, m5)


@pytest.mark.parametrize(("naissance", "rang"), [("2010-11-21", 4), ("2010-11-20", 1), ("2016-11-21", None)])
def test_la_ligne_suit_l_age_a_l_heure_de_la_reception(naissance, rang, distribution, table, time_machine):
    """Written down on the birthday for a demand received on its eve: the person was still fifteen."""
    time_machine.move_to(MIDI + timedelta(hours=20), tick=False)
    distribution.utilisateur("opj")
    dossier = depot(
        distribution.client("juriste"), type_acte="EX_GAV", naissance=naissance, statut_personne="gav",
        canal="main_propre", recue_le="2026-11-20T11:00", service_requerant=distribution.service("GEND-COB2").pk,
        autorite_nom="Adj. Noémie Vasseur", autorite_qualite="OPJ", incomplet="on",
    )  # fmt: skip
    ligne = dossier.requisition.ligne_decision
    assert (ligne and ligne.rang) == rang
