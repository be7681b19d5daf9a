"""The search that nobody announced: controlled afterwards within a day, before anything leaves or is closed."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from requisitions import controles as c
from requisitions import workflow as w
from requisitions.controles import Faits
from requisitions.models import Incident, Requisition
from requisitions.saisie.inventaire import LignePiece, LigneReserve
from requisitions.volet import sans_magistrat
from tests.requisitions.inventaires import inventorier
from tests.requisitions.test_alertes import avises, battre
from tests.requisitions.test_parcours import poster
from transitions.verdict import Niveau
from transitions.workflow import TransitionRefusee

SOIR = datetime(2026, 11, 20, 20, 40, tzinfo=ZoneInfo("Europe/Paris"))
SAISIE = Faits(cadre="FLAG", type_acte="SAISIE", qualite="SUBSTITUT", recue_le=SOIR, maintenant=SOIR)
VOLET = {
    "operation": "perquisition", "magistrat_present": True, "magistrat": "Vice-procureur", "identite_verifiee": True,
    "ins": "qualifiee", "homonyme_ecarte": True, "lieu": "Archives, bâtiment B", "debut": "2026-11-20T19:45+00:00",
    "fin": "2026-11-20T21:10+00:00", "ordre_presence": "absent", "ordre_motif": "Astreinte injoignable",
}  # fmt: skip
A_FAIRE = "contrôle a posteriori"


@pytest.fixture
def inopinee(table, distribution, time_machine):
    """8.40 p.m.: the deputy prosecutor is at the door, nothing was announced."""
    time_machine.move_to(SOIR, tick=False)
    for nom in ("parquet", "directrice", "juriste"):
        distribution.utilisateur(nom)
    return w.ouvrir_perquisition(
        acteur=distribution.acteur("garde"), requerant=distribution.service("PARQUET-PERM"), cadre="FLAG",
        mission="Dossier opératoire du 3 novembre.", arrivee_le=SOIR, magistrat="Vice-procureur",
    )  # fmt: skip


@pytest.fixture
def faite(inopinee, distribution, juriste):
    """All is written but the control afterwards."""
    w.remplir_volet(dossier=inopinee, acteur=distribution.acteur("garde"), reponses=VOLET)
    absent = LigneReserve("direction", "L’Ordre est absent.", au_pv=True)
    dossier = inventorier(inopinee, distribution.acteur("garde"), reserves=(absent,))
    contact = distribution.service("PARQUET-PERM").contacts.exclude(telephone="").first()
    w.authentifier_par_rappel(dossier=dossier, acteur=juriste, contact=contact)
    return dossier


def constats(dossier):
    return w.constats_de_sortie(dossier, Requisition.objects.get(pk=dossier.pk))


def test_t14_rien_ne_part_d_une_perquisition_que_personne_n_a_controlee(faite, juriste):
    (barre,) = [constat for constat in constats(faite) if constat.bloque]
    assert A_FAIRE in barre.message
    with pytest.raises(TransitionRefusee, match=A_FAIRE):
        w.mettre_a_disposition(dossier=faite, acteur=juriste)
    w.controler_apres(dossier=faite, acteur=juriste, conclusion="Mission respectée.")
    assert w.mettre_a_disposition(dossier=faite, acteur=juriste).etat == "PRETE"


def test_leve_par_ecrit_le_controle_se_fait_encore_apres_la_remise_et_avant_de_clore(faite, juriste, distribution):
    w.lever(dossier=faite, acteur=juriste, motifs={"levee-t-14": "Le magistrat attend, contrôle demain."})
    dossier = w.mettre_a_disposition(dossier=faite, acteur=juriste)
    w.ouvrir_pli(dossier=dossier, acteur=distribution.acteur("parquet"))
    with pytest.raises(TransitionRefusee, match=A_FAIRE):
        w.clore(dossier=dossier, acteur=juriste)
    w.controler_apres(dossier=dossier, acteur=juriste, conclusion="Mission respectée.")
    with pytest.raises(TransitionRefusee, match="Aucun contrôle"):
        w.controler_apres(dossier=dossier, acteur=juriste, conclusion="Encore.")
    assert w.clore(dossier=dossier, acteur=juriste).etat == "CLOTUREE"


def test_passe_un_jour_le_controle_oublie_va_a_la_direction_et_au_registre(inopinee, distribution, time_machine):
    due = inopinee.echeances.get(nom="controle_apres").echeance_le
    time_machine.move_to(SOIR + timedelta(hours=23), tick=False)
    battre()
    assert avises("Contrôle a posteriori") == []
    time_machine.move_to(SOIR + timedelta(hours=25), tick=False)
    battre()
    assert avises("Contrôle a posteriori") == ["directrice", "juriste"]
    assert Incident.objects.filter(dossier=inopinee, echeance_le=due).count() == 1


def test_la_conclusion_s_ecrit_devant_ce_que_les_controles_relevent(table, distribution):
    client = distribution.client("juriste")
    for nom in ("opj", "parquet"):
        distribution.utilisateur(nom)
    dossier = w.ouvrir_perquisition(
        acteur=distribution.acteur("garde"), requerant=distribution.service("POLICE-CSP"), cadre="CR",
        mission="Dossier opératoire du 3 novembre.", arrivee_le=timezone.now(), officier="Cne Duval",
    )  # fmt: skip
    page = client.get(reverse("requisitions:controle_apres", args=[dossier.cle])).content.decode()
    assert "R-04" in page, "la commission rogatoire n’a ni numéro ni date"
    poster(client, "controle_apres", dossier, conclusion="Numéro demandé au juge.")
    assert dossier.evenements.filter(nom="controler_apres", commentaire="Numéro demandé au juge.").exists()


@pytest.mark.parametrize(
    "faits",
    [{"inopinee": True}, {"precision": "perquisition"}, {"volet": {"operation": "perquisition"}}],
    ids=["inopinée", "annoncée en flagrance", "dite sur place"],
)
def test_r16_une_perquisition_se_reconnait_quoi_qu_en_dise_l_etiquette(faits):
    sans = replace(SAISIE, **{"volet": {"operation": "saisie_cr"}, **faits})
    assert c.r16(sans).niveau is Niveau.ALERTE
    assert c.r16(replace(sans, volet={**sans.volet, "magistrat_present": True})) is None
    assert c.r16(replace(SAISIE, volet={"operation": "saisie_cr"})) is None


def test_l_etiquette_changee_le_parquet_reste_a_appeler(inopinee, distribution):
    autre = {**VOLET, "operation": "saisie_cr", "magistrat_present": False}
    dossier = w.remplir_volet(dossier=inopinee, acteur=distribution.acteur("garde"), reponses=autre)
    assert sans_magistrat(dossier) is not None


@pytest.fixture
def partie(faite, juriste, distribution):
    """An original left with the magistrate, and the answer was fetched."""
    w.controler_apres(dossier=faite, acteur=juriste, conclusion="Vu.")
    dossier = w.mettre_a_disposition(dossier=faite, acteur=juriste)
    w.ouvrir_pli(dossier=dossier, acteur=distribution.acteur("parquet"))
    return dossier


def test_un_original_que_personne_ne_redemande_se_rappelle_a_soixante_jours(partie, distribution, time_machine):
    rappel = partie.echeances.get(nom="restitution", tenue_le=None)
    assert (rappel.echeance_le - SOIR).days == 60
    client = distribution.client("juriste")
    liste = reverse("requisitions:file")
    assert partie.reference in client.get(liste, {"vue": "restituer"}).content.decode()
    close = client.post(reverse("requisitions:cloture", args=[partie.cle]), follow=True).content.decode()
    assert "sa restitution n’est pas demandée" in close
    assert partie.reference in client.get(liste, {"vue": "restituer"}).content.decode(), "close, elle attend encore"


def test_rendu_ou_refuse_le_scelle_quitte_la_liste(partie, distribution, juriste):
    w.demander_restitution(dossier=partie, acteur=juriste, motif="Soins.")
    w.noter_decision(
        dossier=partie, acteur=juriste, decision="refusee", decision_de="Mme Dubar", decision_du=SOIR.date()
    )
    page = distribution.client("juriste").get(reverse("requisitions:file"), {"vue": "restituer"})
    assert partie.reference not in page.content.decode()


def test_une_copie_seule_n_a_rien_a_faire_revenir(faite, juriste, distribution):
    w.rayer_piece(dossier=faite, acteur=juriste, cle=faite.pieces_saisies.get().cle)
    inventorier(faite, juriste, scelles=(), pieces=(LignePiece("Copie", scelle="SC-4"),), signatures=())
    w.controler_apres(dossier=faite, acteur=juriste, conclusion="Vu.")
    dossier = w.mettre_a_disposition(dossier=faite, acteur=juriste)
    w.ouvrir_pli(dossier=dossier, acteur=distribution.acteur("parquet"))
    assert not dossier.echeances.filter(nom="restitution").exists()
