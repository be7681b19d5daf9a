"""A minor in custody is never left without an examination, unless what prevented it is written."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requisitions import workflow as w
from tests.requisitions.conftest import motifs_du_controle
from tests.requisitions.test_medecin_requis import GAV as EXAMEN
from tests.requisitions.test_parcours import pdf, poster, rappeler
from transitions.workflow import TransitionRefusee

EMPECHEE = {
    **EXAMEN,
    "accord_personne": "empeche",
    "conclusion": "sans_avis",
    "conditions": "",
}


@pytest.fixture
def mineur(deposee, distribution, juriste):
    """A demand for a boy of fifteen, lifted in writing and entrusted to a doctor."""

    def faire(etape="affectee", **champs):
        dossier = w.controler(dossier=deposee("EX_GAV", statut_personne="gav", age=15, **champs), acteur=juriste)
        if etape == "controle":
            return dossier
        grille = {mention.numero: ("conforme", "") for mention in dossier.mentions.all()}
        w.noter_mentions(dossier=dossier, acteur=juriste, mentions=grille)
        ecrit, alertes = "Médecin désigné par le parquet, au téléphone.", motifs_du_controle(dossier)
        dossier = w.valider(dossier=dossier, acteur=juriste, derogation=ecrit, motifs=alertes)
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
    arret = juriste.post(url, {"geste": "remettre", "relu": "on", "nom_relu": "on"}).content.decode()
    assert "Examen obligatoire (mineur de moins de 16 ans)" in arret
    assert not dossier.remises.exists()
    poster(
        medecin, "volet", dossier, **EMPECHEE, empechement="agitation", empechement_motif="Trois essais en deux heures."
    )
    poster(juriste, "reponse", dossier, geste="remettre", relu="on", nom_relu="on")
    assert dossier.etat == "PRETE"


def test_un_examen_fait_part_comme_les_autres(mineur, distribution):
    dossier = mineur()
    juriste = distribution.client("juriste")
    rappeler(juriste, dossier)
    poster(
        distribution.client("medecin"), "volet", dossier, **{**EXAMEN, "conclusion": "compatible", "conditions": ""},
        fichier=pdf(),
    )  # fmt: skip
    poster(juriste, "reponse", dossier, geste="remettre", relu="on", nom_relu="on")
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


def test_une_regularisation_ne_suspend_pas_l_examen_d_un_mineur(mineur, deposee, juriste, ecrits):
    jeune = w.regulariser(dossier=mineur("controle"), acteur=juriste, points=["M6"], texte="Le numéro manque.")
    assert jeune.echeances.get(nom="reponse").suspendue_le is None
    assert "Le délai de réponse court toujours" in ecrits["pdf/requisition_regularisation.html"][-1]
    adulte = w.controler(dossier=deposee("EX_GAV", statut_personne="gav"), acteur=juriste)
    adulte = w.regulariser(dossier=adulte, acteur=juriste, points=["M6"], texte="Le numéro manque.")
    assert adulte.echeances.get(nom="reponse").suspendue_le


def test_l_examen_d_un_mineur_ne_se_reporte_pas_sans_dire_ce_qui_l_empeche(mineur, juriste):
    dossier, demain = mineur("controle"), timezone.now() + timedelta(days=1)
    with pytest.raises(TransitionRefusee, match="Un mineur attend cet examen"):
        w.reporter(dossier=dossier, acteur=juriste, motif="soins", jusqu_a=demain)


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
