"""A loss by the hospital is never told as what was already erased: pages, notices, and what the date alone says."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dossiers.models import Dossier
from notifications.models import Avis
from requisitions import workflow as w
from requisitions.annonces.alertes import TRAITEMENTS, alerter
from requisitions.gels.pertes import Cause, perdus, perte_de
from requisitions.models import Gel
from requisitions.workflow.gel import SUJET_PERTE
from tests.requisitions.test_gels import GARDIENS, OBJETS, au_complet
from tests.requisitions.test_parcours import poster
from tests.requisitions.test_regularisation import lire
from transitions.workflow import TransitionRefusee

HIER = timedelta(days=1)


def vieillir(dossier, *, ecrasement, recue=timedelta(days=40)):
    maintenant = timezone.now()
    Gel.objects.filter(dossier=dossier).update(ecrasement=maintenant - ecrasement)
    Dossier.objects.filter(pk=dossier.pk).update(transmis_le=maintenant - recue)
    return Gel.objects.select_related("dossier").get(dossier=dossier)


def avis_de(qui, distribution):
    return list(Avis.objects.filter(destinataire=distribution.utilisateur(qui)).values_list("texte", flat=True))


@pytest.mark.parametrize("perte", ["apres", "support"])
@pytest.mark.parametrize("objet", OBJETS)
def test_une_perte_de_l_hopital_se_dit_au_requerant_et_previent_la_direction(objet, perte, deposee, distribution):
    au_complet(distribution)
    dossier = deposee(objet)
    gardien = distribution.client(GARDIENS[objet])
    poster(gardien, "gel", dossier, geste="geler", perte=perte)
    TRAITEMENTS[SUJET_PERTE]({"gel": dossier.gel.pk})
    for qui in ("juriste", "directrice"):
        assert any("perdus par l’hôpital" in texte for texte in avis_de(qui, distribution)), qui
    html = lire(distribution.client("opj"), "dossier", dossier)
    assert "Éléments non conservés par l’hôpital" in html
    assert "déjà effacés" not in html
    assert dossier.evenements.filter(nom="constater_perte", libelle=Gel.Perte(perte).label).exists()
    assert "Perdus par l’hôpital" in lire(distribution.client("juriste"), "dossier", dossier)


def test_ce_qui_etait_deja_efface_ne_previent_pas_la_direction(deposee, distribution):
    au_complet(distribution)
    dossier = deposee("VIDEO")
    w.constater_perte(dossier=dossier, acteur=distribution.acteur("securite"), perte="avant")
    TRAITEMENTS[SUJET_PERTE]({"gel": dossier.gel.pk})
    assert not avis_de("directrice", distribution)


def test_une_copie_confirmee_puis_abimee_se_signale_et_jamais_comme_deja_effacee(deposee, distribution):
    dossier = deposee("VIDEO")
    securite = distribution.acteur("securite")
    w.confirmer_gel(dossier=dossier, acteur=securite, support="Coffre")
    with pytest.raises(TransitionRefusee, match="existaient à la réception"):
        w.constater_perte(dossier=dossier, acteur=securite, perte="avant")
    client = distribution.client("securite")
    poster(client, "gel", dossier, geste="perdre", perte="support")
    gel = Gel.objects.get(dossier=dossier)
    assert (gel.perte, gel.perdu_par_id) == ("support", securite.utilisateur_id)
    assert gel.confirme_le, "la confirmation d’origine reste"
    with pytest.raises(TransitionRefusee, match="déjà notée"):
        w.constater_perte(dossier=dossier, acteur=securite, perte="apres")
    assert "n’est plus utilisable" in lire(distribution.client("opj"), "dossier", dossier)


@pytest.mark.parametrize("qui", ["juriste", "opj", "medecin"])
def test_seul_qui_garde_note_une_perte(qui, deposee, distribution):
    au_complet(distribution)
    dossier = deposee("VIDEO")
    with pytest.raises(TransitionRefusee):
        w.constater_perte(dossier=dossier, acteur=distribution.acteur(qui), perte="apres")


def test_un_gel_que_personne_n_a_confirme_a_temps_est_presume_perdu_jusqu_a_preuve_du_contraire(deposee, distribution):
    au_complet(distribution)
    dossier = deposee("VIDEO")
    gel = vieillir(dossier, ecrasement=HIER)
    perte = perte_de(gel, timezone.now())
    assert (perte.cause, perte.presumee, perte.par_l_hopital) == (Cause.APRES, True, True)
    for qui, page in (("opj", "dossier"), ("juriste", "dossier"), ("securite", "gel")):
        assert "l’hôpital n’a pas confirmé leur mise à l’abri" in lire(distribution.client(qui), page, dossier), qui
    alerter()
    TRAITEMENTS[SUJET_PERTE]({"gel": gel.pk})
    for qui in ("juriste", "directrice"):
        assert any("sans confirmation" in texte for texte in avis_de(qui, distribution)), qui
    w.confirmer_gel(dossier=dossier, acteur=distribution.acteur("securite"), support="Coffre")
    gel.refresh_from_db()
    assert perte_de(gel, timezone.now()) is None
    assert "sont conservés" in lire(distribution.client("opj"), "dossier", dossier)


@pytest.mark.parametrize(
    ("etat", "ecrasement", "recue", "cause"),
    [
        ("RECUE", HIER, timedelta(days=40), "apres"),
        ("RECUE", HIER, timedelta(hours=2), "avant"),
        ("RECUE", -HIER, timedelta(days=40), None),
        ("PRETE", HIER, timedelta(days=40), None),
        ("REMISE", HIER, timedelta(days=40), None),
        ("ANNULEE", HIER, timedelta(days=40), "apres"),
        ("ANNULEE", timedelta(hours=-1), timedelta(days=40), None),
    ],
)
def test_les_pages_et_les_chiffres_comptent_la_meme_perte(etat, ecrasement, recue, cause, deposee):
    dossier = deposee("VIDEO")
    maintenant = timezone.now()
    gel = vieillir(dossier, ecrasement=ecrasement, recue=recue)
    gel.dossier.etat = etat
    gel.dossier.clos_le = maintenant if etat == "ANNULEE" else None
    perte = perte_de(gel, maintenant)
    assert (perte.cause if perte else None) == cause
    if etat == "RECUE":
        comptes = {c: Gel.objects.filter(perdus(c, maintenant), pk=gel.pk).count() for c in Cause.values}
        assert comptes == {c: int(c == cause) for c in Cause.values}
