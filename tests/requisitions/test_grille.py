"""What the system does not settle alone in the checklist, and what it reads in a mission."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.echeances import PARIS
from fiches.models import ReferenceLegale
from requisitions.controles import r49
from requisitions.delais import du_controle
from requisitions.faits import faits_de
from requisitions.instructions import declarer
from requisitions.mentions import manquantes
from requisitions.workflow import controler
from requisitions.workflow.acte import ACTE_SIGNE
from tests.distribution import Distribution


def mention(dossier, numero: str):
    return dossier.mentions.get(numero=numero)


def test_le_juriste_compare_les_faits_aux_infractions_de_l_instruction(deposee, distribution: Distribution):
    jour = timezone.localdate()
    declarer(
        acteur=distribution.acteur("parquet"), reference="IG-12", objet="Réquisitions courantes",
        infractions="Vols et dégradations", types_acte=["DOSSIER"], qualites=["OPJ", "APJ"],
        debut=jour - timedelta(days=1), fin=jour + timedelta(days=30),
    )  # fmt: skip
    dossier = deposee(
        "DOSSIER", cadre="PRELIM", autorisation_mode="instruction", instruction_reference="IG-12",
        instruction_du=jour, instruction_couvre=True, procureur_informe=True,
    )  # fmt: skip
    controler(dossier=dossier, acteur=distribution.acteur("juriste"))
    point = mention(dossier, "M3")
    assert point.resultat == "a_verifier"
    assert "couvre\u00a0: Vols et dégradations. Comparez avec les faits." in point.precision
    assert point in manquantes(list(dossier.mentions.all())), "rien ne se valide sans ce regard"


def test_une_recherche_sans_nom_attend_que_ses_criteres_soient_lus(deposee, distribution):
    dossier = deposee("RECH_CRIT")
    controler(dossier=dossier, acteur=distribution.acteur("juriste"))
    point = mention(dossier, "M10")
    assert point.resultat == "a_verifier"
    assert point.precision == "De quoi trouver une personne, pas une foule\u00a0? Non dits\u00a0: âge, sexe."


@pytest.mark.parametrize(
    ("mission", "statut", "retenu"),
    [
        ("Le médecin de l’unité sanitaire dira les lésions.", "", True),
        ("Expertise par l’USMP.", "inconnu", True),
        ("Examen par le médecin de la maison d’arrêt.", "detenue", True),
        ("Examen par un médecin d’un agent de la maison d’arrêt.", "victime", False),
        ("Décrire les lésions.", "detenue", False),
    ],
)
def test_qui_nomme_l_unite_sanitaire_parle_d_une_personne_detenue(mission, statut, retenu, deposee):
    dossier = deposee("EX_SUSP", mission=mission, statut_personne=statut)
    assert faits_de(dossier, dossier.requisition).medecin_usmp is retenu


def test_l_article_que_l_acte_cite_est_lu_comme_celui_de_la_ligne(deposee, distribution):
    """R-49: the article cited by the act, absent from the row, was repealed before the reception."""
    hier = timezone.localdate() - timedelta(days=1)
    nouveau = ReferenceLegale.objects.create(
        cle="NCPP-ESSAI", code="Code de procédure pénale (2029)", article="L. 9999-1", libelle="x", debut=hier
    )
    ReferenceLegale.objects.create(
        cle="CPP-ESSAI", code="Code de procédure pénale", article="999-7", libelle="x",
        debut=hier - timedelta(days=900), fin=hier, successeur=nouveau,
    )  # fmt: skip
    dossier = deposee("DOSSIER", articles_cites="60-1 et 999-7")
    constat = r49(faits_de(dossier, dossier.requisition))
    assert "999-7 n’est plus en vigueur" in constat.message
    assert "Visez Code de procédure pénale (2029) L. 9999-1" in constat.message
    sain = deposee("DOSSIER", articles_cites="60-1", num_procedure="2026/2")
    assert r49(faits_de(sain, sain.requisition)) is None


def test_des_traces_dont_rien_n_est_dit_attendent_une_precision(deposee, distribution):
    juriste = distribution.acteur("juriste")
    muettes = controler(dossier=deposee("LOGS"), acteur=juriste)
    assert "compte, poste ou période" in mention(muettes, "M9").precision
    maintenant = timezone.now()
    dites = controler(
        dossier=deposee(
            "LOGS", cible="Compte du poste", periode_du=maintenant - timedelta(days=2), periode_au=maintenant
        ),
        acteur=juriste,
    )
    assert "Non dits" not in mention(dites, "M9").precision


def test_la_grille_se_remplit_la_demande_et_l_acte_sous_les_yeux(deposee, distribution):
    dossier = deposee("DOSSIER", mission="CANARI-MISSION")
    controler(dossier=dossier, acteur=distribution.acteur("juriste"))
    page = distribution.client("juriste").get(reverse("requisitions:controle", args=[dossier.cle])).content.decode()
    assert "CANARI-MISSION" in page
    acte = dossier.pieces.get(intitule=ACTE_SIGNE)
    assert reverse("dossiers:piece", args=[acte.cle]) in page


@pytest.mark.parametrize(
    ("urgence", "recue", "avant"),
    [
        ("IMMEDIATE", "2026-11-27T23:40", "2026-11-28T00:10"),
        ("JOUR", "2026-11-27T17:30", "2026-11-27T19:30"),
        ("ORDINAIRE", "2026-11-27T17:30", "2026-11-30T10:30"),
    ],
)
def test_une_demande_qui_ne_tient_pas_se_dit_dans_l_heure_que_fixe_la_convention(urgence, recue, avant):
    """§2.3: half an hour in custody, two working hours otherwise; an urgent demand does not wait for Monday."""
    recue_le, du = (datetime.fromisoformat(instant).replace(tzinfo=PARIS) for instant in (recue, avant))
    assert du_controle(urgence, recue_le).echeance_le == du


def test_la_grille_dit_a_quelle_heure_la_regularisation_ou_le_refus_se_doit(deposee, distribution, juriste):
    dossier = controler(dossier=deposee("DOSSIER"), acteur=juriste)
    page = distribution.client("juriste").get(reverse("requisitions:controle", args=[dossier.cle])).content.decode()
    assert "Régularisation ou refus à écrire avant le" in page
    assert "2\u00a0heures ouvrées (convention, proposé)" in page
