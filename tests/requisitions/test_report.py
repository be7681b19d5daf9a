"""§2.3: what cannot be answered in time is postponed with a ground, an hour, and a word to the requester."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requisitions import workflow as w
from requisitions.report import motifs_possibles, peut_reporter
from tests.requisitions.test_regularisation import livrer
from transitions.workflow import TransitionRefusee


def reponse(dossier):
    return dossier.echeances.get(nom="reponse")


def adresse(dossier):
    return reverse("requisitions:report", args=[dossier.cle])


def test_le_requerant_lit_la_nouvelle_heure_et_le_motif(affectee, distribution, time_machine):
    dossier = affectee("DOSSIER")
    attendue = reponse(dossier).echeance_le
    nouvelle = timezone.localtime(attendue + timedelta(days=2)).replace(second=0, microsecond=0)
    juriste = distribution.client("juriste")
    assert "Reporter la réponse" in juriste.get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    saisie = {"motif": "absence", "jusqu_a": f"{nouvelle:%Y-%m-%dT%H:%M}"}
    assert juriste.post(adresse(dossier), saisie).status_code == 302
    assert reponse(dossier).echeance_le == nouvelle
    assert "Attendue d’abord" in reponse(dossier).calcul
    livrer()
    lu = distribution.client("opj").get(reverse("requisitions:dossier", args=[dossier.cle])).content.decode()
    assert "Réponse reportée au" in lu
    assert "personne compétente indisponible" in lu


def test_une_heure_plus_proche_ou_trop_lointaine_est_refusee_a_cote_du_champ(affectee, distribution):
    dossier = affectee("DOSSIER")
    avant = reponse(dossier).echeance_le
    for quand in (avant - timedelta(hours=1), timezone.now() + timedelta(days=31)):
        saisie = {"motif": "absence", "jusqu_a": f"{timezone.localtime(quand):%Y-%m-%dT%H:%M}"}
        page = distribution.client("juriste").post(adresse(dossier), saisie).content.decode()
        assert "dans les 30 jours" in page
        assert 'aria-invalid="true"' in page
        assert saisie["jusqu_a"] in page, "rien ne se perd"
    assert reponse(dossier).echeance_le == avant


def test_un_retard_ne_s_efface_pas_par_un_report(affectee, juriste, time_machine):
    dossier = affectee("DOSSIER")
    time_machine.move_to(reponse(dossier).echeance_le + timedelta(minutes=1), tick=False)
    with pytest.raises(TransitionRefusee, match="le retard reste inscrit"):
        w.reporter(dossier=dossier, acteur=juriste, motif="absence", jusqu_a=timezone.now() + timedelta(days=1))


def test_seul_un_examen_parle_de_soins():
    assert "soins" in motifs_possibles("EX_VICT")
    for acte in ("PRESENCE", "RECH_CRIT", "DOSSIER", "SAISIE", "VIDEO", "AUD_PAT"):
        assert "soins" not in motifs_possibles(acte), acte


@pytest.mark.parametrize("qui", ["opj", "medecin", "securite"])
def test_qui_n_instruit_pas_ne_reporte_pas(qui, affectee, distribution):
    assert not peut_reporter(affectee("DOSSIER"), distribution.acteur(qui))
