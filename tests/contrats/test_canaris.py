"""What is inside a report stays inside: one canary in each field, every page, every trace, every person of the cast."""

from collections.abc import Callable

import pytest
from django.core import mail

from journal.models import Entree
from notifications.models import Avis, Envoi
from tests.architecture.adresses import adresses
from tests.distribution import Distribution
from tests.signalements.situation import JETON, transmis

MARQUE = "CANARI-"
# A colleague of the author's ward, the roles nearest to the case, and one of each other house; the URL matrix searches
# everybody's pages for what they may not receive.
CURIEUX = ("infirmiere", "cadre", "juriste", "medecin", "opj", "crip", "prefecture", "usmp", "dpo", "referente")
SORTIES = ("accounts:deconnexion", "accounts:masquer", "accounts:verrouille")


def test_les_canaris_sont_bien_dans_la_lettre(distribution: Distribution) -> None:
    distribution.utilisateur("parquet")
    dossier = transmis(distribution.acteur("soignante"))
    page = distribution.client("parquet").get(f"/parquet/{dossier.cle}/").content.decode()
    assert JETON["faits"] in page


def test_aucune_liste_ne_montre_le_contenu_d_un_signalement(distribution: Distribution) -> None:
    distribution.utilisateur("parquet")
    transmis(distribution.acteur("soignante"))
    pages = [adresse for adresse in adresses() if not adresse.parametres and adresse.nom not in SORTIES]
    assert len(pages) >= 20
    for nom in ("soignante", "parquet", "parquet2", *CURIEUX):
        client = distribution.client(nom)
        for adresse in pages:
            assert MARQUE not in client.get(adresse.visite({})).content.decode(errors="ignore"), (nom, adresse.nom)


@pytest.mark.parametrize("nom", CURIEUX[::3])
def test_aucune_page_du_dossier_ne_s_ouvre_aux_autres(distribution: Distribution, nom: str) -> None:
    distribution.utilisateur("parquet")
    dossier = transmis(distribution.acteur("soignante"))
    client = distribution.client(nom)
    pages = [adresse for adresse in adresses() if any(parametre == "cle" for _, parametre in adresse.parametres)]
    for adresse in pages:
        reponse = client.get(adresse.visite({"cle": dossier.cle}))
        assert MARQUE not in reponse.content.decode(errors="ignore"), adresse.nom
        if adresse.nom.startswith("signalements:"):
            assert reponse.status_code in {403, 404, 405}, adresse.nom


def test_ni_journal_ni_avis_ni_courriel_ne_portent_le_contenu(
    distribution: Distribution, travailler: Callable[[], int]
) -> None:
    distribution.utilisateur("parquet")
    transmis(distribution.acteur("soignante"))
    assert travailler() > 0
    traces = [
        *Entree.objects.values_list("contenu", flat=True),
        *Avis.objects.values_list("texte", flat=True),
        *map(str, Envoi.objects.values_list("charge", flat=True)),
        *(message.subject + message.body for message in mail.outbox),
    ]
    assert mail.outbox
    assert not [trace for trace in traces if MARQUE in trace]
