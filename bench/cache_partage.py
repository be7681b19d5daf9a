"""Behind a cache that everybody shares (SEC-28): what one person opened is never given to the next.

`python -m bench.cache_partage`. A real nginx keeps whatever it may for ten minutes before the real server. People open
every address, as it is and disguised as a file; a stranger and nobody then ask for the same. A file that says nothing,
kept and given again, shows that the cache works.
"""

import http.client
import http.server
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from bench.banc import lancer, role_de_la_production
from lanceur.processus import lance

PERSONNES, AUTRES = ("soignante", "opj", "juriste", "usmp"), ("etranger", "")
DEGUISEMENTS = ("", "x.css", ";.js", "%2e.png", "?x=style.css")
REGLAGES = """
daemon off; user root; pid {dossier}/nginx.pid; error_log {dossier}/erreurs.log; worker_processes 1;
events {{ worker_connections 64; }}
http {{
  access_log off; client_body_temp_path {dossier}/corps; proxy_temp_path {dossier}/tampon;
  fastcgi_temp_path {dossier}/f; uwsgi_temp_path {dossier}/u; scgi_temp_path {dossier}/s;
  proxy_cache_path {dossier}/cache keys_zone=partage:10m;
  proxy_cache partage; proxy_cache_valid any 10m; proxy_cache_key $request_uri;
  add_header X-Cache $upstream_cache_status always;
  server {{
    listen 127.0.0.1:{port};
    location / {{ proxy_pass http://127.0.0.1:{serveur}; proxy_set_header Host $host; }}
    location /temoin/ {{ proxy_pass http://127.0.0.1:{temoin}/; }}
  }}
}}
"""


def mesurer() -> int:
    """Print what was asked and what came from the cache; 1 when anything of a person did, or when nothing could."""
    from tests.architecture.adresses import adresses
    from tests.distribution import Distribution
    from tests.droits.monde import Monde, feuille
    from tests.serveur import serveur_lance

    with mock.patch("documents.render.imprimer", feuille), tempfile.TemporaryDirectory(dir="/tmp") as nom:
        univers, dossier = Monde(Distribution()), Path(nom)
        sessions = {qui: _session(univers.clients[qui]) for qui in (*PERSONNES, "etranger")} | {"": ""}
        chemins = [adresse.visite(univers.valeurs.get(adresse.nom.split(":")[0], {})) for adresse in adresses()]
        with role_de_la_production(), serveur_lance(dossier, fils=2) as serveur, _temoin(dossier) as temoin:
            serveur.ouvrier()
            with _cache(dossier, serveur.port, temoin) as port:
                vivant = [_demander(port, "/temoin/cache-temoin.txt", "")[0] for _ in range(2)][-1] == "HIT"
                demandes, servies = 0, []
                for qui in (*PERSONNES, *AUTRES):
                    for chemin in (f"{chemin}{habit}" for chemin in chemins for habit in DEGUISEMENTS):
                        etat, statut = _demander(port, chemin, sessions[qui])
                        demandes += 1
                        if etat == "HIT" and not chemin.startswith("/static/"):
                            servies.append((qui or "personne", chemin, statut))
    print(f"\nCache partagé : {demandes} demandes à {len(chemins)} adresses, {len(servies)} servies par le cache")
    print("\n".join(map(str, servies[:20])))
    print(
        "Le cache rend bien ce qu’il peut garder." if vivant else "Le témoin n’est pas gardé : la mesure ne vaut rien."
    )
    return 0 if vivant and not servies else 1


def _session(client: object) -> str:
    biscuit = client.cookies.get("tdu_session")  # type: ignore[attr-defined]
    return biscuit.value if biscuit else ""


def _demander(port: int, chemin: str, session: str) -> tuple[str, int]:
    liaison = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        liaison.request("GET", chemin, headers={"Cookie": f"tdu_session={session}"} if session else {})
        reponse = liaison.getresponse()
        reponse.read()
        return reponse.getheader("X-Cache") or "", reponse.status
    finally:
        liaison.close()


@contextmanager
def _cache(dossier: Path, serveur: int, temoin: int) -> Iterator[int]:
    with socket.socket() as prise:
        prise.bind(("127.0.0.1", 0))
        port: int = prise.getsockname()[1]
    reglages = dossier / "nginx.conf"
    reglages.write_text(REGLAGES.format(dossier=dossier, port=port, serveur=serveur, temoin=temoin))
    with lance([shutil.which("nginx", path="/usr/sbin:/usr/bin") or "nginx", "-c", str(reglages)], {}, dossier):
        for _ in range(100):
            with socket.socket() as essai:
                if essai.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port


@contextmanager
def _temoin(dossier: Path) -> Iterator[int]:
    (dossier / "cache-temoin.txt").write_text("témoin")

    class Sobre(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: object, **options: object) -> None:
            super().__init__(*args, directory=str(dossier), **options)  # type: ignore[arg-type]

        def log_message(self, *args: object) -> None:
            """Says nothing."""

    serveur = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Sobre)
    threading.Thread(target=serveur.serve_forever, daemon=True).start()
    try:
        yield serveur.server_port
    finally:
        serveur.shutdown()


def main(arguments: list[str]) -> int:
    return lancer("bench.cache_partage", arguments, lambda nombres: mesurer())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
