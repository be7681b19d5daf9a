"""SEC-31: nothing is done for another site, and no address leads to one."""

import copy
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

from tests.durcissement.monde import SORTIES, Monde, sans_effet
from tests.rapport import consigner

HOTE = "testserver"
_ABSOLUES = (
    "mal.test",
    "mal.test/",
    "mal.test%2f",
    "testserver.mal.test",
    "testserver@mal.test",
    "mal.test#testserver",
)
_FORMES = ("https://{}", "http://{}", "//{}", "///{}", "/\\{}", "\\\\{}", "\t//{}", "https:{}", "/%09/{}")
CHARGES = [forme.format(cible) for forme in _FORMES for cible in _ABSOLUES] + [
    "javascript:alert(1)",
    "JaVaScRiPt://%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "https://mal.test\\@testserver",
    "//mal.test\\@testserver/",
    "/\r\nLocation: https://mal.test",
    "https://testserver%00.mal.test",
]
# Closed by the provider's own signature, not by a cookie: see tests of the federation.
SANS_JETON = {"accounts:federation_fermeture"}
JETON_D_UN_AUTRE = "d" * 32
PARAMETRES = ("next", "retour", "suite", "url", "redirect", "redirect_to", "return_to")


def dehors(adresse: str) -> bool:
    """Whether a browser would leave the site by this Location."""
    propre = re.sub(r"[\t\r\n]", "", adresse.strip()).replace("\\", "/")
    lue = urlsplit(propre)
    if propre.startswith("//") or lue.scheme not in {"", "http", "https"}:
        return True
    return bool(lue.netloc) and lue.netloc != HOTE


@pytest.fixture
def strictes(monde: Monde) -> dict[str, Client]:
    """The same people, with CSRF enforced as in a browser."""
    clients = {}
    for nom in ("soignante", "opj"):
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        client.cookies = copy.deepcopy(monde.clients[nom].cookies)
        client.cookies[settings.CSRF_COOKIE_NAME] = "c" * 32
        clients[nom] = client
    return clients


def test_aucun_envoi_n_est_accepte_sans_son_jeton(monde: Monde, strictes: dict[str, Client]) -> None:
    variantes: tuple[dict[str, Any], ...] = (
        {"data": {}},
        {"data": {"csrfmiddlewaretoken": "b" * 64}},
        {"data": {"csrfmiddlewaretoken": JETON_D_UN_AUTRE}},
        {"data": {}, "headers": {"origin": "https://mal.test"}},
        {"data": {}, "headers": {"origin": "null"}},
        {"data": "a=1", "content_type": "text/plain"},
        {"data": "{}", "content_type": "application/json"},
    )
    essais, acceptes = 0, []
    for personne, client in strictes.items():
        for rang, (nom, chemin) in enumerate(chemin for chemin in monde.chemins if chemin[0] not in SANS_JETON):
            for variante in variantes[rang % 3 :: 3] if personne == "soignante" else variantes[:1]:
                autres = (
                    (("put", "patch", "delete")[rang % 3],) if variante is variantes[0] and personne == "opj" else ()
                )
                for methode in ("post", *autres):
                    options = {k: v for k, v in variante.items() if methode == "post" or k == "data"}
                    with sans_effet(client):
                        reponse = getattr(client, methode)(chemin, **options)
                    essais += 1
                    if reponse.status_code != 403 and (methode == "post" or reponse.status_code != 405):
                        acceptes.append((personne, methode, nom, reponse.status_code))
    assert acceptes == []
    assert essais >= 500
    consigner("sec-31-csrf", essais=essais, acceptes=len(acceptes))


def test_un_autre_site_ne_charge_aucune_page_et_n_envoie_rien(monde: Monde) -> None:
    incrustees = [(dest, "no-cors") for dest in ("image", "script", "iframe", "empty", "style", "object", "video")]
    incrustees += [("iframe", "navigate"), ("empty", "cors")]
    essais, servies = 0, []
    for role in ("soignante",):
        for numero, (nom, chemin) in enumerate(monde.chemins):
            for site in (("cross-site", "same-site")[numero % 2],):
                dest, mode = incrustees[numero % len(incrustees)]
                entetes = {"sec-fetch-site": site, "sec-fetch-dest": dest, "sec-fetch-mode": mode}
                with sans_effet(monde.clients[role]):
                    lu = monde.clients[role].get(chemin, headers=entetes)
                with sans_effet(monde.clients[role]):
                    ecrit = monde.clients[role].post(
                        chemin, headers={**entetes, "sec-fetch-dest": "document", "sec-fetch-mode": "navigate"}
                    )
                essais += 2
                servies += [(nom, reponse.status_code) for reponse in (lu, ecrit) if reponse.status_code != 403]
    assert servies == []
    consigner("sec-31-sites", essais=essais, servies=len(servies))


def test_le_lien_d_un_courriel_ouvre_sa_page(monde: Monde) -> None:
    """A navigation by GET is the one thing that another site may start."""
    depuis_un_courriel = {"sec-fetch-site": "cross-site", "sec-fetch-dest": "document", "sec-fetch-mode": "navigate"}
    for role in ("soignante",):
        for nom, chemin in monde.chemins:
            if nom in SORTIES:
                continue
            with sans_effet(monde.clients[role]):
                suivie = monde.clients[role].get(chemin, headers=depuis_un_courriel)
            if suivie.status_code == 403:  # closed to her in any case, or to whoever comes from a mail?
                with sans_effet(monde.clients[role]):
                    assert monde.clients[role].get(chemin).status_code == 403, nom


def test_la_demande_refusee_dit_quoi_faire_et_se_lit_au_journal(monde: Monde) -> None:
    from journal.models import Entree

    reponse = monde.client("opj").get("/mes-requisitions/", headers={"sec-fetch-site": "cross-site"})
    assert reponse.status_code == 403
    assert "Ouvrez Trait d’union" in reponse.content.decode()
    assert Entree.objects.order_by("-pk")[0].resultat == "refuse"


def test_aucune_adresse_ne_mene_hors_du_site(monde: Monde) -> None:
    assert len(CHARGES) >= 60
    essais, sorties = 0, []

    def noter(reponse: Any, charge: str, ou: str) -> None:
        nonlocal essais
        essais += 1
        if 300 <= reponse.status_code < 400 and dehors(reponse.headers["Location"]):
            sorties.append((ou, charge, reponse.headers["Location"]))

    connecte, anonyme = monde.clients["soignante"], Client(raise_request_exception=False)
    identifiants = {"username": "soignante@demo.test", "password": "demonstration-2025"}
    for charge in CHARGES:
        with sans_effet(connecte):
            noter(connecte.get("/connexion/", {"next": charge}), charge, "connexion, déjà connectée")
        with sans_effet(anonyme):
            noter(anonyme.get("/connexion/", {"next": charge}), charge, "connexion")
        with sans_effet(connecte):
            connecte.post("/masquer/", {"retour": charge}, headers={"referer": charge.replace("\r\n", "")})
            noter(connecte.post("/verrouille/", {"password": identifiants["password"]}), charge, "reprise")
    for charge in CHARGES[::7]:
        with sans_effet(anonyme):
            noter(anonyme.post("/connexion/", {**identifiants, "next": charge}), charge, "après connexion")
    for numero, (nom, chemin) in enumerate(monde.chemins):
        charge = CHARGES[numero * 3 % len(CHARGES)]
        with sans_effet(connecte):
            noter(connecte.get(chemin, dict.fromkeys(PARAMETRES, charge)), charge, nom)
        with sans_effet(connecte):
            noter(connecte.post(chemin, dict.fromkeys(PARAMETRES, charge)), charge, nom)
    assert sorties == []
    consigner("sec-31-redirections", charges=len(CHARGES), essais=essais, hors_du_site=len(sorties))


def test_une_adresse_a_double_barre_ne_devient_pas_un_autre_site(monde: Monde) -> None:
    """A locked session remembers where one was going: `//mal.test/` is not a place to come back to."""
    client = monde.client("soignante")
    client.post("/masquer/")
    client.get("//mal.test/")
    reponse = client.post("/verrouille/", {"password": "demonstration-2025"})
    assert not dehors(reponse.headers.get("Location", "/"))
