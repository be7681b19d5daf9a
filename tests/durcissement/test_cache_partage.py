"""SEC-28: a real caching proxy, careless on purpose, never hands one person's page to another."""

import http.client
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.demarrage.machine import port_libre
from tests.distribution import Distribution
from tests.durcissement.monde import Monde
from tests.rapport import consigner
from tests.requisitions.conftest import octets_pdf
from tests.serveur import serveur_lance

# What looks like a public file to a proxy that decides by the address, as many are set.
DEGUISEMENTS = ("", "x.css", ";.js", "%2e%2e%2fautre.css", "%0aapp.js")
# A proxy told to keep them does: « not here », and the slash that the address lacks; both are the same for everybody.
SANS_CONTENU = {404, 301}
UNE_PAGE_SUR = 3
REGLAGES = """
daemon off; master_process off; pid {dossier}/nginx.pid; error_log {dossier}/nginx.log crit;
events {{ worker_connections 256; }}
http {{
  access_log off;
  client_body_temp_path {dossier}/corps; proxy_temp_path {dossier}/tampon; fastcgi_temp_path {dossier}/f;
  uwsgi_temp_path {dossier}/u; scgi_temp_path {dossier}/s;
  proxy_cache_path {dossier}/cache keys_zone=tout:10m;
  proxy_cache tout; proxy_cache_key $uri$is_args$args; proxy_cache_valid any 10m;
  add_header X-Cache $upstream_cache_status always;
  server {{ listen 127.0.0.1:{temoin}; location / {{ return 200 temoin; }} }}
  server {{
    listen 127.0.0.1:{port};
    proxy_set_header Host 127.0.0.1:{port};
    location = /temoin {{ proxy_pass http://127.0.0.1:{temoin}; }}
    location / {{ proxy_pass http://127.0.0.1:{serveur}; }}
    location ~* \\.(css|js|png|ico|svg|woff2)$ {{
      proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;
      proxy_pass http://127.0.0.1:{serveur};
    }}
  }}
}}
"""


@dataclass(frozen=True)
class Reponse:
    statut: int
    cache: str
    corps: bytes


def demander(port: int, chemin: str, session: str = "") -> Reponse:
    liaison = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        liaison.request("GET", chemin, headers={"Cookie": f"tdu_session={session}"} if session else {})
        recue = liaison.getresponse()
        return Reponse(recue.status, recue.headers.get("X-Cache", ""), recue.read())
    finally:
        liaison.close()


@contextmanager
def cache_devant(serveur: int, dossier: Path) -> Iterator[int]:
    nginx = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    if nginx is None:
        pytest.skip("nginx n’est pas installé")
    port = port_libre()
    reglages = dossier / "nginx.conf"
    reglages.write_text(REGLAGES.format(dossier=dossier, port=port, temoin=port_libre(), serveur=serveur))
    processus = subprocess.Popen([nginx, "-c", str(reglages), "-p", str(dossier), "-e", str(dossier / "nginx.log")])
    try:
        limite = time.monotonic() + 20
        while True:
            try:
                demander(port, "/temoin")
                break
            except OSError:
                parti = processus.poll() is not None or time.monotonic() > limite
                assert not parti, (dossier / "nginx.log").read_text()
                time.sleep(0.1)
        yield port
    finally:
        processus.terminate()
        processus.wait(20)


@pytest.mark.django_db(transaction=True)
def test_un_cache_partage_ne_garde_aucune_page_de_personne(
    distribution: Distribution, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("documents.render.rendre_pdf", lambda gabarit, contexte, **_: octets_pdf(gabarit))
    monde = Monde(distribution)
    sessions = {role: client.cookies["tdu_session"].value for role, client in monde.clients.items()}
    noms = {role: distribution.utilisateur(role).nom.encode() for role in sessions}
    pages = demandes = 0
    rendues = []
    with serveur_lance(tmp_path, fils=4) as serveur:
        serveur.ouvrier()
        with cache_devant(serveur.port, tmp_path) as port:
            assert [demander(port, adresse).cache for adresse in ("/temoin", "/static/css/app.css") * 2][2:] == [
                "HIT",
                "HIT",
            ], "ce cache garde ce qu’on lui laisse garder"
            for role, _, chemin in monde.lectures()[::UNE_PAGE_SUR]:
                autre = "securite" if role != "securite" else "usmp"
                for deguisement in DEGUISEMENTS:
                    la_sienne = demander(port, chemin + deguisement, sessions[role])
                    pages += la_sienne.statut == 200
                    for session in (sessions[role], sessions[autre], ""):
                        vue = demander(port, chemin + deguisement, session)
                        demandes += 1
                        if vue.cache == "HIT" and (la_sienne.statut not in SANS_CONTENU or noms[role] in vue.corps):
                            rendues.append((role, chemin + deguisement, vue.statut, noms[role] in vue.corps))
    assert pages >= 20, "des pages ont bien été lues par ceux dont elles sont"
    assert demandes >= 300
    assert rendues == []
    consigner("sec-28-cache", pages=pages, demandes=demandes, rendues=len(rendues))
