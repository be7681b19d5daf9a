"""SEC-26, 27, 28: the same headers on every answer, page, file, error and redirection; only hashed files are cached."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.management import call_command
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.test import Client, override_settings
from django.urls import include, path

from tests.durcissement.monde import SORTIES, Monde, sans_effet
from tests.rapport import consigner

CSP = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "object-src": "'none'",
}
FIXES = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "Cache-Control": "no-store",
}
BAVARDS = {"Server", "X-Powered-By", "Via"}
PRODUCTION = {
    "SECURE_HSTS_SECONDS": 31_536_000,
    "SECURE_HSTS_INCLUDE_SUBDOMAINS": True,
    "SECURE_HSTS_PRELOAD": True,
}


def manques(reponse: HttpResponse, attendus: Mapping[str, str] = FIXES) -> list[str]:
    """What this answer lacks, in words."""
    fautes = [nom for nom, valeur in attendus.items() if reponse.headers.get(nom) != valeur]
    directives = {
        morceau.strip().split(" ", 1)[0]: morceau.strip().partition(" ")[2]
        for morceau in reponse.headers.get("Content-Security-Policy", "").split(";")
    }
    fautes += [f"csp {nom}" for nom, valeur in CSP.items() if directives.get(nom) != valeur]
    if "'self'" not in directives.get("form-action", "") or "unsafe" in str(directives) or "*" in str(directives):
        fautes.append("csp form-action")
    if "camera=()" not in reponse.headers.get("Permissions-Policy", ""):
        fautes.append("permissions")
    return fautes + [nom for nom in BAVARDS if nom in reponse.headers]


@pytest.fixture
def comme_en_production() -> Iterator[None]:
    with override_settings(**PRODUCTION):
        yield


def panne(exception: Exception) -> Any:
    def vue(request: Any) -> HttpResponse:
        raise exception

    return vue


ERREURS = {
    400: panne(SuspiciousOperation("essai")),
    403: panne(PermissionDenied("Cette action est réservée.")),
    404: panne(Http404("essai")),
    429: lambda request: render(request, "429.html", status=429),
    500: panne(ZeroDivisionError("essai")),
    503: panne(OperationalError("essai")),
}


@pytest.fixture
def adresses_d_erreur() -> Iterator[None]:
    module = ModuleType("adresses_d_erreur")
    module.urlpatterns = [  # type: ignore[attr-defined]
        *(path(f"essai/{statut}/", vue, name=f"essai_{statut}") for statut, vue in ERREURS.items()),
        path("", include("config.urls")),
    ]
    for nom, vue in (("400", "illisible"), ("403", "refus"), ("404", "introuvable"), ("500", "panne")):
        setattr(module, f"handler{nom}", f"accueil.erreurs.{vue}")
    with override_settings(ROOT_URLCONF=module):
        yield


def test_chaque_reponse_porte_tous_les_en_tetes(monde: Monde, comme_en_production: None) -> None:
    reponses, statuts, fautes = 0, set(), []
    anonyme = Client(raise_request_exception=False)
    visiteurs = {"anonyme": anonyme, **{role: monde.client(role) for role in ("soignante", "juriste")}}
    for role, client in visiteurs.items():
        for nom, chemin in monde.chemins:
            if nom in SORTIES:
                continue
            for methode in ("get", "post") if role == "anonyme" else ("get",):
                with sans_effet(client):
                    reponse = getattr(client, methode)(chemin, secure=True)
                reponses, statuts = reponses + 1, statuts | {reponse.status_code}
                fautes += [(role, methode, chemin, faute) for faute in manques(reponse)]
    assert fautes == []
    assert {200, 302, 403, 404, 405} <= statuts
    assert 500 not in statuts
    assert reponses >= 500
    consigner("sec-26", reponses=reponses, manquants=0)


def test_les_reponses_d_erreur_portent_les_memes_en_tetes(
    monde: Monde, comme_en_production: None, adresses_d_erreur: None
) -> None:
    clients = {"anonyme": Client(raise_request_exception=False), "opj": monde.client("opj")}
    vus: set[int] = set()
    for client in clients.values():
        for statut in ERREURS:
            reponse = client.get(f"/essai/{statut}/", secure=True)
            assert reponse.status_code in {statut, 302}
            assert manques(reponse) == [], statut
            vus.add(reponse.status_code)
            if reponse.status_code != 302:
                assert "<h1>" in reponse.content.decode()
    assert vus >= set(ERREURS)


def test_une_demande_illisible_ou_trop_lourde_a_sa_page(monde: Monde, comme_en_production: None) -> None:
    client = monde.client("soignante")
    with override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=1000):
        lourde = client.post("/recherche/", {"q": "x" * 5000}, secure=True)
    trop = client.post(
        "/recherche/", {f"c{n}": "1" for n in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 5)}, secure=True
    )
    nul = client.get("/journal/?personne=%00", secure=True)
    hote = Client(raise_request_exception=False, headers={"host": "autre.test"})
    with override_settings(ALLOWED_HOSTS=["trait-d-union.test"]):
        inconnu = hote.get("/connexion/", secure=True)
    assert [reponse.status_code for reponse in (lourde, trop, nul, inconnu)] == [413, 400, 400, 400]
    for reponse in (lourde, trop, nul, inconnu):
        assert manques(reponse) == []
        assert "recommencez" in reponse.content.decode()


def test_la_methode_refusee_dit_quoi_faire(monde: Monde, comme_en_production: None) -> None:
    reponse = monde.client("soignante").get("/masquer/", secure=True)
    assert reponse.status_code == 405
    assert reponse.headers["Allow"] == "POST"
    assert manques(reponse) == []
    assert "Revenez en arrière" in reponse.content.decode()


def test_seul_un_fichier_dont_le_nom_porte_l_empreinte_est_garde(tmp_path: Path, comme_en_production: None) -> None:
    reglages = {
        "STATIC_ROOT": tmp_path,
        "WHITENOISE_USE_FINDERS": False,
        "WHITENOISE_AUTOREFRESH": False,
        "STORAGES": {
            **settings.STORAGES,
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
        },
    }
    with override_settings(**reglages):
        call_command("collectstatic", interactive=False, verbosity=0)
        adresse = staticfiles_storage.url("css/app.css")
        garde, autre = Client().get(adresse, secure=True), Client().get("/static/css/app.css", secure=True)
        for reponse in (garde, autre):
            reponse.close()
    assert (garde.status_code, autre.status_code) == (200, 200)
    assert adresse != "/static/css/app.css"
    assert "immutable" in garde.headers["Cache-Control"]
    assert manques(garde, {nom: valeur for nom, valeur in FIXES.items() if nom != "Cache-Control"}) == []
    assert manques(autre) == []


def test_une_adresse_deguisee_en_fichier_n_est_jamais_mise_en_cache(monde: Monde, comme_en_production: None) -> None:
    """`/x.css`, `;.js`, `%2e`: nothing that a careless cache would keep."""
    essais = caches = 0
    clients = {role: monde.client(role) for role in ("soignante", "parquet")}
    for client in clients.values():
        for _, chemin in monde.chemins[::4]:
            for suffixe in ("x.css", ";.js", "%2e%2e%2fapp.css", "..%2f..%2fstatic%2fcss%2fapp.css", "%0aapp.js"):
                with sans_effet(client):
                    reponse = client.get(chemin + suffixe, secure=True)
                essais += 1
                caches += reponse.headers.get("Cache-Control") != "no-store"
    assert caches == 0
    assert essais >= 200
    consigner("sec-28", essais=essais, caches=caches)


def test_le_serveur_web_tait_sa_version() -> None:
    import gunicorn

    assert gunicorn.SERVER == "gunicorn"
