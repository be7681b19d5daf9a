"""What the hospital does after a declaration: protection for each victim, prevention, an alert learnt from."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from signalements.controles import CONTROLES, Faits
from signalements.declarations import suivi
from signalements.declarations.contenu import lire
from signalements.declarations.tables import Mesure
from tests.coffre_ouvert import lire as lire_fichier
from tests.declarations.situation import prete, transmise
from tests.imprime import texte
from transitions.verdict import Niveau
from transitions.workflow import TransitionRefusee

VICTIME = {"nom": "Camille Ferrand", "metier": "AIDE_SOIGNANT", "statut": "AGENT", "lesion": "OUI", "itt_jours": "2"}


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


def a_deux(soignante, distribution):
    """An episode with two victims, both described by its author."""
    dossier, client = prete(soignante, "VIOLENCE_PERSONNEL", victimes=2), distribution.client("soignante")
    adresse = reverse("declarations:victimes", args=[dossier.cle])
    assert client.post(adresse, VICTIME).status_code == 302
    assert "Camille Ferrand" in lu(client.get(adresse))
    return dossier


def envoyee(soignante, distribution):
    from signalements.declarations import envoi
    from tests.declarations.situation import signature

    dossier = a_deux(soignante, distribution)
    return envoi.transmettre(dossier=dossier, acteur=soignante, signature=signature("CHV-DAJ"))


def test_c84_chaque_victime_comptee_est_decrite():
    def trouve(**propres):
        return CONTROLES["C84"](Faits("VIOLENCE_PERSONNEL", propres=propres))

    assert trouve(victimes=3, victimes_decrites=2).niveau is Niveau.ALERTE
    assert trouve(victimes=2, victimes_decrites=2) is None


def test_chaque_victime_est_dans_le_document_et_ne_change_plus(soignante, distribution):
    dossier = envoyee(soignante, distribution)
    pdf = texte(lire_fichier(dossier.pieces.get().fichier)).replace("\u00a0", " ")
    assert "Camille Ferrand" in pdf
    assert "ITT de 2 jours" in pdf
    victime = dossier.victimes.get()
    for acte in (lambda: dossier.victimes.update(metier="MEDECIN"), victime.delete):
        with pytest.raises(DatabaseError, match="dossier scelle"), transaction.atomic():
            acte()
    client = distribution.client("soignante")
    assert client.post(reverse("declarations:victimes", args=[dossier.cle]), VICTIME).status_code == 302
    retirer = reverse("declarations:retirer_victime", args=[dossier.cle, victime.cle])
    assert client.post(retirer).status_code == 403
    assert dossier.victimes.count() == 1


def test_une_victime_se_retire_avant_l_envoi_et_une_erreur_garde_la_saisie(soignante, distribution):
    dossier, client = a_deux(soignante, distribution), distribution.client("soignante")
    refusee = client.post(
        reverse("declarations:victimes", args=[dossier.cle]), VICTIME | {"nom": "Zoé Maillard", "metier": ""}
    )
    assert "Indiquez son métier." in lu(refusee)
    assert "Zoé Maillard" in lu(refusee)
    client.post(reverse("declarations:retirer_victime", args=[dossier.cle, dossier.victimes.get().cle]))
    assert not dossier.victimes.exists()


def demande(client, dossier, **saisie):
    depart = {"genre": "PROTECTION", "cle": uuid.uuid4(), "demandee_le": timezone.localdate(), "ecrite": "on"}
    return client.post(reverse("declarations:suivi", args=[dossier.cle]), depart | saisie)


def test_chaque_victime_a_sa_demande_et_sa_decision(soignante, distribution):
    dossier, client = envoyee(soignante, distribution), distribution.client("juriste")
    victime, page = dossier.victimes.get(), reverse("declarations:suivi", args=[dossier.cle])
    assert "signée par l’agent" in lu(demande(client, dossier, ecrite=""))
    assert demande(client, dossier).status_code == 302
    assert demande(client, dossier, victime=str(victime.cle)).status_code == 302
    assert "déjà demandée" in lu(demande(client, dossier))
    siennes = {mesure.victime_id: mesure for mesure in dossier.mesures.all()}
    assert set(siennes) == {None, victime.pk}
    mesure = siennes[victime.pk]
    decider = reverse("declarations:decider_mesure", args=[dossier.cle, mesure.cle])
    saisie = {f"{mesure.cle}-decision": "ACCORDEE", f"{mesure.cle}-decidee_le": timezone.localdate()}
    assert "ce qui est accordé" in lu(client.post(decider, saisie))
    saisie[f"{mesure.cle}-accordees"] = "Avocat et soutien"
    assert client.post(decider, saisie).status_code == 302
    assert "déjà décidée" in lu(client.post(decider, saisie, follow=True))
    affichee = lu(client.get(page))
    for mot in ("Accordée", "Avocat et soutien", "Camille Ferrand", "Demandée"):
        assert mot in affichee
    assert mesure.history.count() == 2


def test_le_declarant_lit_le_suivi_mais_ne_demande_pas_a_la_place_de_l_agent(soignante, distribution):
    dossier, client = envoyee(soignante, distribution), distribution.client("soignante")
    assert "Suivi interne" in lu(client.get(reverse("declarations:dossier", args=[dossier.cle])))
    reponse = demande(client, dossier)
    assert reponse.status_code == 403
    assert not dossier.mesures.exists()
    prevention = {"genre": "PREVENTION", "cle": uuid.uuid4(), "intitule": "Second agent le soir", "responsable": "Cadre",
                  "echeance": timezone.localdate() + timedelta(days=8)}  # fmt: skip
    assert client.post(reverse("declarations:suivi", args=[dossier.cle]), prevention).status_code == 302
    client.post(reverse("declarations:terminer_mesure", args=[dossier.cle, dossier.mesures.get().cle]))
    assert dossier.mesures.get().faite_par == distribution.utilisateur("soignante")


def test_un_partenaire_ne_lit_pas_le_suivi(distribution):
    dossier = transmise(distribution.acteur("garde"), "ALERTE_SURETE")
    distribution.utilisateur("opj")
    adresse = reverse("declarations:suivi", args=[dossier.cle])
    opj = distribution.client("opj")
    assert opj.get(adresse).status_code == 403
    assert "Suivi interne" not in lu(opj.get(reverse("declarations:dossier", args=[dossier.cle])))
    assert distribution.client("infirmiere").get(adresse).status_code == 404


def test_une_alerte_se_leve_puis_s_apprend_et_ses_actions_ont_un_responsable_et_une_date(distribution):
    garde = distribution.acteur("garde")
    dossier = transmise(garde, "ALERTE_SURETE", levee_le="", retex_prevu="", mesures=["AUCUNE"], heure_arrivee_fsi="")

    def etat() -> str:
        return suivi.etat_d_alerte(lire(dossier), suivi.mesures_de(dossier))

    levee, retex = dossier.mesures.order_by("echeance")
    assert (levee.genre, retex.genre) == ("LEVEE", "RETEX")
    assert retex.echeance == timezone.localdate() + timedelta(days=30)
    assert etat() == "Alerte donnée"
    client, page = distribution.client("garde"), reverse("declarations:suivi", args=[dossier.cle])
    for jalon, attendu in ((levee, "Alerte levée, retour d’expérience à faire"), (retex, "Retour d’expérience fait")):
        client.post(reverse("declarations:terminer_mesure", args=[dossier.cle, jalon.cle]))
        assert etat() == attendu
    action = {"genre": "ACTION", "cle": uuid.uuid4(), "intitule": "Réparer la porte", "responsable": "Technique"}
    assert "Indiquez pour quand" in lu(client.post(page, action))
    action["echeance"] = timezone.localdate() + timedelta(days=15)
    assert [client.post(page, action).status_code for _ in range(2)] == [302, 302]
    assert dossier.mesures.filter(genre="ACTION").count() == 1
    assert etat() == "Retour d’expérience fait, actions en cours"
    assert "Réparer la porte" in lu(client.get(page))


def test_une_mesure_qui_n_est_pas_de_la_route_se_refuse(soignante):
    dossier = transmise(soignante)
    with pytest.raises(TransitionRefusee, match="après la transmission"):
        suivi.ouvrir_mesure(dossier=dossier, acteur=soignante, cle=uuid.uuid4(), genre=Mesure.Genre.ACTION)


@pytest.mark.parametrize("jour", ["0001-01-01", "9999-12-31", "demain"])
def test_un_jour_impossible_se_dit_et_ne_s_enregistre_pas(jour, soignante, distribution):
    dossier, client = transmise(soignante, "VIOLENCE_PERSONNEL"), distribution.client("juriste")
    assert demande(client, dossier, demandee_le=jour).status_code == 200
    assert not dossier.mesures.exists()
