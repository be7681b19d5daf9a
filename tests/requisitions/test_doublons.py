"""A demand that looks like another is said at deposit; a withdrawn one keeps what was frozen and leaves nothing else."""

import uuid
from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Dossier, Participation
from requisitions import workflow as w
from requisitions.models import Gel
from tests.distribution import Distribution
from tests.requisitions.test_parcours import depot, pdf, poster
from transitions.workflow import TransitionRefusee

PRESENCE = {
    "cadre": "FLAG",
    "type_acte": "PRESENCE",
    "mission": "Dire si la personne est présente ce jour.",
    "nom": "Delcambre",
    "naissance": "1992-03-07",
    "statut_personne": "temoin",
    "urgence": "ORDINAIRE",
}


def envoyer(client, **champs):
    return client.post(reverse("requisitions:depot", args=[uuid.uuid4()]), {**PRESENCE, **champs, "fichier": pdf()})


def test_la_meme_demande_de_la_meme_unite_se_voit_avant_d_etre_deposee(distribution: Distribution, table):
    premier = depot(distribution.client("opj"), type_acte="PRESENCE")
    refus = envoyer(distribution.client("opj2"), nom="DELCAMBRE")
    html = refus.content.decode()
    assert refus.status_code == 200
    assert premier.reference in html
    assert "Une demande semblable court déjà" in html
    assert 'value="DELCAMBRE"' in html, "rien de ce qui est saisi n’est perdu"
    assert Dossier.objects.count() == 1
    assert envoyer(distribution.client("opj2"), nouvelle="on").status_code == 302
    assert Dossier.objects.count() == 2


@pytest.mark.parametrize("champs", [{"nom": "Carlevoix"}, {"type_acte": "TUBES"}])
def test_une_autre_personne_ou_un_autre_acte_n_est_pas_un_doublon(distribution: Distribution, table, champs):
    depot(distribution.client("opj"), type_acte="PRESENCE")
    assert envoyer(distribution.client("opj"), **champs).status_code == 302


def test_une_demande_close_n_est_pas_un_doublon(distribution: Distribution, table, opj):
    w.annuler(dossier=depot(distribution.client("opj"), type_acte="PRESENCE"), acteur=opj, motif="Plus utile.")
    assert envoyer(distribution.client("opj")).status_code == 302


def test_une_autre_unite_n_apprend_rien_de_la_premiere_et_les_juristes_voient_les_deux(
    distribution: Distribution, table
):
    premier = depot(distribution.client("opj"), type_acte="PRESENCE")
    reponse = envoyer(distribution.client("etranger"))
    assert reponse.status_code == 302, "rien ne dit à une autre unité que la personne est déjà cherchée"
    second = Dossier.objects.exclude(pk=premier.pk).get()
    html = distribution.client("juriste").get(reverse("requisitions:dossier", args=[second.cle])).content.decode()
    assert "Demandes semblables" in html
    assert premier.reference in html


@pytest.mark.parametrize(("decalage", "double"), [(0, True), (30, True), (180, False)])
def test_des_images_de_la_meme_procedure_se_comparent_par_periode(deposee, distribution, decalage, double):
    debut = timezone.localtime().replace(second=0, microsecond=0) - timedelta(days=2)
    deposee("VIDEO", num_procedure="2026/77", periode_du=debut, periode_au=debut + timedelta(hours=1))

    def heure(minutes: int) -> str:
        return (debut + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")

    reponse = envoyer(
        distribution.client("opj"), type_acte="VIDEO", num_procedure="2026/77", cible="Parking",
        periode_du=heure(decalage), periode_au=heure(decalage + 60),
    )  # fmt: skip
    assert ("semblable" in reponse.content.decode()) is double


def test_retirer_sa_demande_arrete_tout_sauf_le_gel(deposee, distribution: Distribution, juriste, opj):
    dossier = deposee("VIDEO")
    poster(distribution.client("opj2"), "annulation", dossier, motif="Affaire classée.")
    assert (dossier.etat, dossier.phase) == ("ANNULEE", "clos")
    assert dossier.echeances.get(nom="reponse").tenue_le is not None
    assert Gel.objects.filter(dossier=dossier).exists(), "ce qui est gelé le reste"
    assert Participation.objects.get(content_object=dossier, group__name="CHV-DAJ").non_lu
    with pytest.raises(TransitionRefusee, match="Annulée"):
        w.controler(dossier=dossier, acteur=juriste)
    with pytest.raises(TransitionRefusee, match="Annulée"):
        w.annuler(dossier=dossier, acteur=opj, motif="Encore.")


def test_la_pause_se_lit_dans_la_ligne_de_calcul(deposee, juriste, opj, time_machine):
    time_machine.move_to(datetime.fromisoformat("2026-11-20T10:00:00+01:00"), tick=False)
    dossier = w.controler(dossier=deposee("DOSSIER", cadre="PRELIM"), acteur=juriste)
    avant = dossier.echeances.get(nom="reponse")
    dossier = w.regulariser(dossier=dossier, acteur=juriste, points=["M3"], texte="Joignez l’autorisation.")
    time_machine.shift(timedelta(hours=26))
    w.repondre_regularisation(dossier=dossier, acteur=opj, texte="Voici.", corrections={"autorisation_mode": "ecrite"})
    apres = dossier.echeances.get(nom="reponse")
    assert apres.echeance_le - avant.echeance_le == timedelta(hours=26)
    assert apres.calcul == f"{avant.calcul} Suspendue 1\u00a0j\u00a02\u00a0h."
    assert "art. 77-1-1" in apres.calcul
