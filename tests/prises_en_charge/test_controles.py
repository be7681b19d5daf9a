"""R-30 to R-35: one test a rule, same number, and what each leaves alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from prises_en_charge import workflow
from prises_en_charge.controles import Faits, constats, r30, r31, r32, r33, r34, r35
from prises_en_charge.models import Extraction
from tests.prises_en_charge.scene import Scene
from transitions.verdict import Niveau
from transitions.workflow import TransitionRefusee


def test_r30_l_ordre_ecrit_avant_l_arrivee():
    assert r30(Faits(ordre_joint=True)) is None
    assert r30(Faits()).niveau is Niveau.BLOQUANT
    assert r30(Faits(urgente=True)).niveau is Niveau.ALERTE


@pytest.mark.parametrize(
    "faits",
    [
        Faits(examen_gyneco_ou_accouchement=True, contrainte_pendant_examen=True),
        Faits(examen_gyneco_ou_accouchement=True, presence="PRESENCE"),
        Faits(examen_gyneco_ou_accouchement=True, presence="HORS_ECOUTE"),
        Faits(examen_gyneco_ou_accouchement=True, niveau_surveillance="II"),
    ],
)
def test_r31_ni_contrainte_ni_presence(faits: Faits):
    constat = r31(faits)
    assert constat.niveau is Niveau.BLOQUANT
    assert "gynéco" not in constat.message
    assert "accouchement" not in constat.message


def test_r31_laisse_le_reste():
    assert r31(Faits(examen_gyneco_ou_accouchement=True, presence="HORS_VUE", niveau_surveillance="I")) is None
    assert r31(Faits(contrainte_pendant_examen=True, presence="PRESENCE", niveau_surveillance="III")) is None


def test_r32_ni_identite_ni_rappel():
    assert r32(Faits()) is None
    assert r32(Faits(identite_dans_agenda=True)).niveau is Niveau.BLOQUANT
    assert r32(Faits(rappel_par_message=True)).niveau is Niveau.BLOQUANT


def test_r33_quarante_huit_heures():
    maintenant = timezone.now()

    def depuis(heures: int) -> object:
        return r33(Faits(hospitalisee_le=maintenant - timedelta(hours=heures), maintenant=maintenant))

    assert depuis(20) is None
    assert depuis(41).niveau is Niveau.ALERTE
    assert "dépassé" in depuis(49).message
    assert r33(Faits(maintenant=maintenant)) is None


def test_r34_un_niveau_motive_et_reexamine():
    assert r34(Faits(niveau_surveillance="I")) is None
    assert r34(Faits(niveau_surveillance="II", surveillance_motif="motif", surveillance_reexamen=True)) is None
    assert "motif" in r34(Faits(niveau_surveillance="III")).message
    assert "réexamen" in r34(Faits(niveau_surveillance="III", surveillance_motif="motif")).message
    assert r34(Faits(niveau_surveillance="III")).niveau is Niveau.ALERTE


def test_r35_pas_d_expertise_a_l_unite_sanitaire():
    assert r35(Faits()) is None
    assert r35(Faits(expertise_demandee=True)).niveau is Niveau.BLOQUANT


def test_les_constats_viennent_dans_l_ordre_des_numeros():
    faits = Faits(expertise_demandee=True, identite_dans_agenda=True, niveau_surveillance="II")
    assert [constat.numero for constat in constats(faits)] == ["R-30", "R-32", "R-34", "R-35"]


@pytest.mark.parametrize("texte", ["Envoyer un SMS la veille", "Expertise demandée par le juge"])
def test_r32_et_r35_arretent_la_demande(scene: Scene, texte: str):
    with pytest.raises(TransitionRefusee):
        workflow.demander(acteur=scene.acteur("usmp"), demande_cle=uuid4(), champs=scene.champs(consignes=texte))
    assert not Extraction.objects.exists()


def test_r31_arrete_l_ordre_et_la_decision(scene: Scene):
    scene.demander(examen_gyneco_ou_accouchement=True, genre="F")
    with pytest.raises(TransitionRefusee, match="hors de la présence"):
        scene.ordonner()
    scene.ordonner(niveau_surveillance="I", surveillance_motif="")
    scene.jusqu_a("confirmer", "arriver")
    for presence, levee in (("PRESENCE", True), ("HORS_ECOUTE", True), ("HORS_VUE", False)):
        with pytest.raises(TransitionRefusee, match="hors de la présence"):
            scene.decider(presence, levee)
    assert scene.decider("HORS_VUE").extraction.contrainte_levee is True
