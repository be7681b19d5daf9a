"""Somebody without identity is known at last: the police are told, the case is brought near the disappearance."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from dossiers.models import Lien
from tests.declarations.situation import transmise
from tests.signalements.situation import transmis

CODE = "SANS_IDENTITE"


def lu(reponse) -> str:
    return reponse.content.decode().replace("\u00a0", " ")


def dire(client, dossier, **saisie):
    depart = {"cle": uuid.uuid4(), "identifie_le": timezone.localdate(), "rapproche": ""}
    return client.post(reverse("declarations:identifier", args=[dossier.cle]), depart | saisie)


def test_l_auteur_dit_l_identite_etablie_une_fois_et_sans_nom(soignante, opj, distribution):
    dossier, client = transmise(soignante, CODE), distribution.client("soignante")
    page = reverse("declarations:dossier", args=[dossier.cle])
    assert "L’identité est établie" in lu(client.get(page))
    assert dire(client, dossier).status_code == 302
    assert "L’identité est établie</h2>" not in lu(client.get(page))
    assert dire(client, dossier).status_code == 403
    assert "Les recherches peuvent cesser." in lu(distribution.client("opj").get(page))
    assert dossier.complements.get().objet == "FIN"


@pytest.mark.parametrize(("qui", "statut"), [("opj", 403), ("infirmiere", 404)])
def test_un_autre_ne_la_dit_pas(qui, statut, soignante, opj, distribution):
    assert dire(distribution.client(qui), transmise(soignante, CODE)).status_code == statut


def test_un_objet_ne_s_identifie_pas(soignante, distribution):
    assert dire(distribution.client("soignante"), transmise(soignante)).status_code == 403


def test_le_rapprochement_ne_se_montre_qu_a_qui_voit_les_deux(soignante, opj, distribution):
    dossier, autre = transmise(soignante, CODE), transmis(soignante)
    client, page = distribution.client("soignante"), reverse("declarations:dossier", args=[dossier.cle])
    assert dire(client, dossier, rapproche=autre.reference.lower()).status_code == 302
    assert Lien.objects.get().nature_lien == "rapprochement"
    assert autre.reference in lu(client.get(page))
    recue = lu(distribution.client("opj").get(page))
    assert autre.reference not in recue
    assert "Rapproché" not in recue


@pytest.mark.parametrize("reference", ["SIG-2026-9999", "n’importe quoi"])
def test_un_dossier_qu_on_ne_voit_pas_ne_se_rapproche_pas_et_rien_n_est_perdu(reference, soignante, distribution):
    dossier = transmise(soignante, CODE)
    reponse = dire(distribution.client("soignante"), dossier, rapproche=reference)
    assert "Aucun autre dossier à ce numéro" in lu(reponse)
    assert reference in lu(reponse)
    assert not dossier.complements.exists()
