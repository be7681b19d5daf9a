"""SEC-65 and SEC-61: nobody carries the cases away, and who tries is seen."""

import time
from collections.abc import Callable
from itertools import cycle
from typing import Any

import pytest
from django.test import Client

from accounts.roles import Role
from dossiers import quotas
from dossiers.garde import SALVE
from dossiers.models import Dossier
from dossiers.participations import accorder
from dossiers.quotas import Genre, Limites
from journal.carnet import noter
from journal.models import Entree
from notifications.models import Avis, Envoi
from tests.distribution import Distribution
from tests.dossiers.essai import au_service
from tests.rapport import consigner
from tests.requisitions import fabrique as de_requisition
from tests.signalements.situation import transmis

PETITES = Limites(ouverture=10, fichier=4, pdf=3, resultat=40)


@pytest.fixture
def petits_quotas(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rules on smaller numbers: 10 openings, 4 files, 3 PDFs, 40 search results."""
    monkeypatch.setattr(quotas, "PAR_ROLE", dict.fromkeys(Role, PETITES))


def elever(client: Client) -> None:
    session = client.session
    session["eleve_le"] = int(time.time())
    session.save()


def lots(distribution: Distribution, nombre: int) -> list[Dossier]:
    """Requisitions that legal affairs received; the whole content of one costs a second, so they share it."""
    modele = de_requisition.ouvrir(distribution)
    dossiers = [modele]
    for rang in range(nombre - 1):
        dossiers.append(_copie(modele, rang))
    accorder_a_tous(distribution, dossiers)
    return dossiers


def _copie(modele: Dossier, rang: int) -> Dossier:
    import copy
    import uuid

    from requisitions.models import Requisition

    dossier, lettre = copy.copy(modele), copy.copy(modele.requisition)
    dossier.pk, dossier.id, dossier.cle, dossier.reference = None, None, uuid.uuid4(), f"REQ-2026-{9000 + rang}"
    dossier._state = copy.copy(modele._state)
    dossier._state.adding, dossier._state.fields_cache = True, {}
    dossier.save(force_insert=True)
    Requisition.objects.bulk_create([_lettre(lettre, dossier)])
    return dossier


def _lettre(lettre: Any, dossier: Dossier) -> Any:
    import uuid

    lettre.pk, lettre.dossier, lettre.cle_depot = dossier.pk, dossier, uuid.uuid4()
    lettre._state.adding = True
    return lettre


def accorder_a_tous(distribution: Distribution, dossiers: list[Dossier]) -> None:
    auteur = distribution.acteur("opj")
    for dossier in dossiers:
        accorder(dossier=dossier, octrois=[au_service(distribution.service("CHV-DAJ"))], acteur=auteur)


def test_la_table_porte_une_ligne_par_role_aux_valeurs_convenues() -> None:
    assert set(quotas.PAR_ROLE) == set(Role)
    assert {quotas.PAR_ROLE[role] for role in Role} == {Limites(60, 20, 10, 200)}


def test_un_aspirateur_s_arrete_au_quota_meme_sur_deux_sessions_et_cinq_adresses(
    distribution: Distribution, petits_quotas: None, travailler: Callable[[], int]
) -> None:
    distribution.utilisateur("dpo")
    dossiers = lots(distribution, 20)
    sessions = cycle([distribution.client("juriste"), distribution.client("juriste")])
    adresses = cycle(
        [
            "/requisitions/{}/",
            "/requisitions/{}/controle/",
            "/requisitions/{}/reponse/",
            "/dossiers/{}/acces/",
            "/requisitions/{}/refus/",
        ]
    )
    obtenus: set[Any] = set()
    arretes = 0
    for _ in range(2):
        for dossier in dossiers:
            reponse = next(sessions).get(next(adresses).format(dossier.cle))
            obtenus |= {dossier.cle} if reponse.status_code == 200 else set()
            arretes += reponse.status_code == 429
    sans_code = len(obtenus)
    assert sans_code == PETITES.ouverture
    client = next(sessions)
    reponse = client.get(f"/requisitions/{dossiers[-1].cle}/")
    assert "Vous avez ouvert 10 dossiers en une heure. Entrez votre code pour continuer." in reponse.content.decode()
    assert f"/confirmer/?next=%2Frequisitions%2F{dossiers[-1].cle}%2F" in reponse.content.decode()
    elever(client)
    for dossier in dossiers:
        reponse = client.get(f"/requisitions/{dossier.cle}/")
        obtenus |= {dossier.cle} if reponse.status_code == 200 else set()
    assert len(obtenus) == PETITES.ouverture * quotas.ARRET // 100
    assert "Attendez une heure" in client.get(f"/requisitions/{dossiers[-1].cle}/").content.decode()
    travailler()
    alertes = Avis.objects.filter(texte__contains="Volume inhabituel").select_related("destinataire")
    assert [avis.destinataire.courriel for avis in alertes] == ["dpo@demo.test"]
    consigner(
        "sec-65", limite=PETITES.ouverture, obtenus_sans_code=sans_code, obtenus_avec_code=len(obtenus), arretes=arretes
    )


def test_rouvrir_un_dossier_deja_ouvert_ne_coute_rien(distribution: Distribution, petits_quotas: None) -> None:
    dossiers = lots(distribution, 12)
    client = distribution.client("juriste")
    for dossier in dossiers[:10]:
        assert client.get(f"/requisitions/{dossier.cle}/").status_code == 200
    assert client.get(f"/requisitions/{dossiers[10].cle}/").status_code == 429
    for dossier in dossiers[:10]:
        assert client.get(f"/requisitions/{dossier.cle}/controle/").status_code == 200
    for liste in ("/requisitions/", "/accueil/"):
        assert client.get(liste).status_code == 200


def test_a_quatre_cinquiemes_on_est_prevenu_une_fois(distribution: Distribution, petits_quotas: None) -> None:
    dossiers = lots(distribution, 10)
    client = distribution.client("juriste")
    dits = ["À 10, votre code sera demandé" in client.get(f"/requisitions/{d.cle}/").content.decode() for d in dossiers]
    assert dits == [False] * 7 + [True] + [False] * 2


def test_les_fichiers_et_les_documents_ont_leur_compte(distribution: Distribution, petits_quotas: None) -> None:
    acteur, client = distribution.acteur("juriste"), distribution.client("juriste")
    dossier = de_requisition.ouvrir(distribution)
    piece = dossier.pieces.first()
    assert piece is not None
    for rang in range(PETITES.fichier):
        noter("lire", acteur=acteur, objet="dossiers:piece", cle=f"00000000-0000-0000-0000-00000000000{rang}")
    assert client.get(f"/pieces/{piece.cle}/").status_code == 429
    for rang in range(PETITES.pdf):
        noter("lire", acteur=acteur, objet="signalements:apercu", cle=f"00000000-0000-0000-0000-00000000000{rang}")
    reponse = client.get(f"/signalements/{dossier.cle}/apercu/")
    assert (reponse.status_code, "produit 3 documents" in reponse.content.decode()) == (429, True)
    assert client.get(f"/requisitions/{dossier.cle}/").status_code == 200


def test_les_resultats_d_une_recherche_se_comptent(distribution: Distribution, petits_quotas: None) -> None:
    lots(distribution, 15)
    client = distribution.client("juriste")
    statuts = [client.post("/recherche/", {"q": "REQ-"}).status_code for _ in range(8)]
    montres = sum(
        int(entree.contenu.split('"resultats":')[1].split("}")[0])
        for entree in Entree.objects.filter(action="chercher")
    )
    assert statuts == [200] * 4 + [429] * 4
    assert montres <= PETITES.resultat


def test_une_ouverture_coute_une_requete_et_une_liste_aucune(
    distribution: Distribution, django_assert_num_queries: Any
) -> None:
    dossier = transmis(distribution.acteur("soignante"))
    acteur = distribution.acteur("soignante")
    with django_assert_num_queries(1):
        quotas.compter(acteur, Genre.OUVERTURE, dossier.cle, "signalements:suivi")


def test_vingt_refus_en_dix_minutes_alertent_une_fois(
    distribution: Distribution, travailler: Callable[[], int]
) -> None:
    distribution.utilisateur("dpo")
    dossier = transmis(distribution.acteur("soignante"))
    client = distribution.client("infirmiere")
    for _ in range(SALVE - 1):
        assert client.get(f"/signalements/{dossier.cle}/suivi/").status_code == 404
    assert not Envoi.objects.filter(sujet="dossier.alerte").exists()
    for _ in range(4):
        client.get(f"/signalements/{dossier.cle}/suivi/")
    travailler()
    alertes = Avis.objects.filter(texte__contains="Salve")
    assert [avis.destinataire.courriel for avis in alertes.select_related("destinataire")] == ["dpo@demo.test"]
    assert "dossier" not in alertes[0].texte.lower()
