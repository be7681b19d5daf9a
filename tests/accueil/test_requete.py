"""One transaction per request: rolled back whole, journalled always, and nothing written by reading."""

import uuid
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from journal.carnet import noter
from journal.chaine import verifier
from journal.models import Entree
from notifications.boite_envoi import publier
from notifications.models import Envoi
from tests.distribution import Distribution
from tests.dossiers.essai import commencer, transmettre, type_essai

__all__ = ["type_essai"]
ECRITURES = ("INSERT", "UPDATE", "DELETE", "TRUNCATE")
# What a GET may write: the journal by its function, the session, the reader's own read marker.
LIBRES = ("django_session", 'UPDATE "dossiers_participation', "non_lu")


def ecrire_puis(issue: str) -> Any:
    def vue(request: HttpRequest) -> HttpResponse:
        publier("essai", cle_unique=f"vue:{issue}", charge={})
        noter("acte", acteur=request.acteur)  # type: ignore[attr-defined]
        if issue == "panne":
            raise ZeroDivisionError
        if issue == "introuvable":
            raise Http404
        if issue == "refus":
            raise PermissionDenied("Cette action est réservée.")
        return HttpResponse("ok", status=409 if issue == "conflit" else 200)

    return vue


ISSUES = ("panne", "introuvable", "refus", "conflit", "reussite")


@pytest.fixture
def adresses() -> Iterator[None]:
    module = ModuleType("adresses_essai")
    module.urlpatterns = [  # type: ignore[attr-defined]
        *(path(f"essai/{issue}/", ecrire_puis(issue), name=f"essai_{issue}") for issue in ISSUES),
        path("", include("config.urls")),
    ]
    module.handler403, module.handler404 = "accueil.erreurs.refus", "accueil.erreurs.introuvable"  # type: ignore[attr-defined]
    with override_settings(ROOT_URLCONF=module):
        yield


@pytest.mark.parametrize(
    ("issue", "statut", "resultat"),
    [
        ("panne", 500, "refuse"),
        ("introuvable", 404, "introuvable"),
        ("refus", 403, "refuse"),
        ("conflit", 409, "refuse"),
        ("reussite", 200, "fait"),
    ],
)
def test_un_echec_efface_tout_et_laisse_sa_trace(
    distribution: Distribution, adresses: None, issue: str, statut: int, resultat: str
) -> None:
    client = distribution.client("soignante")
    client.raise_request_exception = False
    assert client.post(f"/essai/{issue}/").status_code == statut
    reussite = issue == "reussite"
    assert Envoi.objects.filter(cle_unique=f"vue:{issue}").exists() is reussite
    assert Entree.objects.filter(action="acte").exists() is reussite
    trace = Entree.objects.filter(objet=f"essai_{issue}").get()
    assert (trace.action, trace.resultat, trace.acteur) == ("agir", resultat, distribution.acteur("soignante").cle)
    assert verifier() == []


def test_la_raison_d_un_refus_est_montree(distribution: Distribution, adresses: None) -> None:
    reponse = distribution.client("soignante").post("/essai/refus/")
    assert "Cette action est réservée." in reponse.content.decode()


def test_l_interdit_et_l_inexistant_laissent_la_meme_trace(distribution: Distribution, type_essai: object) -> None:
    soignante = distribution.acteur("soignante")
    dossier = transmettre(commencer(soignante), soignante)
    client, inexistant = distribution.client("etranger"), uuid.uuid4()
    reponses = [client.post(f"/dossiers/{cle}/attribuer/") for cle in (dossier.cle, inexistant)]
    assert [reponse.status_code for reponse in reponses] == [404, 404]
    traces = Entree.objects.filter(acteur=distribution.acteur("etranger").cle).order_by("numero")
    assert [(t.action, t.objet, t.resultat) for t in traces] == [("agir", "dossiers:attribuer", "introuvable")] * 2
    assert [t.cle for t in traces] == [dossier.cle, inexistant]


@pytest.mark.parametrize("chemin", ["/accueil/", "/notifications/", "/recherche/", "/compte/"])
def test_lire_n_ecrit_que_le_journal(distribution: Distribution, chemin: str) -> None:
    client = distribution.client("soignante")
    with CaptureQueriesContext(connection) as requetes:
        assert client.get(chemin).status_code == 200
    ecritures = [
        requete["sql"]
        for requete in requetes
        if requete["sql"].lstrip().startswith(ECRITURES) and not any(libre in requete["sql"] for libre in LIBRES)
    ]
    assert ecritures == []
    assert sum("journal_ajouter" in requete["sql"] for requete in requetes) == 1


def test_le_journal_est_la_derniere_ecriture(distribution: Distribution) -> None:
    client = distribution.client("soignante")
    with CaptureQueriesContext(connection) as requetes:
        client.get("/accueil/")
    textes = [requete["sql"] for requete in requetes]
    rang = next(rang for rang, texte in enumerate(textes) if "journal_ajouter" in texte)
    assert all(
        "RELEASE SAVEPOINT" in texte or "django_session" in texte or "SAVEPOINT" in texte
        for texte in textes[rang + 1 :]
    )


def test_sans_compte_toute_page_renvoie_a_la_connexion(client: Any, db: None) -> None:
    for chemin in ("/", "/accueil/", "/compte/", f"/pieces/{uuid.uuid4()}/"):
        reponse = client.get(chemin)
        assert reponse.status_code == 302, chemin
        assert reponse["Location"].startswith("/connexion/")
    assert not Entree.objects.exists()


def test_la_base_connait_le_lecteur_le_temps_de_la_requete(distribution: Distribution) -> None:
    soignante = distribution.acteur("soignante")
    with CaptureQueriesContext(connection) as requetes:
        distribution.client("soignante").get("/accueil/")
    reglage = next(requete["sql"] for requete in requetes if "tdu.utilisateur" in requete["sql"])
    assert f"'{soignante.utilisateur_id}'" in reglage
    assert f"'{soignante.groupes[0]}'" in reglage


def test_une_page_n_est_jamais_gardee_par_le_navigateur(distribution: Distribution) -> None:
    reponse = distribution.client("soignante").get("/accueil/")
    assert "no-store" in reponse["Cache-Control"]
    politique = reponse["Content-Security-Policy"]
    assert "default-src 'none'" in politique
    assert "unsafe" not in politique


def test_la_session_vit_en_base(distribution: Distribution) -> None:
    distribution.client("soignante").get("/accueil/")
    assert Session.objects.count() == 1


@pytest.mark.parametrize(("mot_de_passe", "resultat"), [("demonstration-2025", "fait"), ("autre-chose-2025", "refuse")])
def test_une_connexion_reussie_ou_refusee_est_au_journal(
    client: Any, distribution: Distribution, mot_de_passe: str, resultat: str
) -> None:
    courriel = distribution.utilisateur("opj").courriel
    client.post("/connexion/", {"username": courriel, "password": mot_de_passe})
    entree = Entree.objects.get(action="se_connecter")
    assert (entree.resultat, entree.chaine) == (resultat, "plateforme")
    assert courriel not in entree.contenu
    assert verifier() == []


def test_un_envoi_sans_compte_n_est_pas_une_connexion(client: Any, db: None) -> None:
    assert client.post("/notifications/").status_code == 302
    entree = Entree.objects.get()
    assert (entree.action, entree.resultat, entree.acteur) == ("agir", "refuse", None)
