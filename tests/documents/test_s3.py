"""The same vault on an S3-compatible store: a small one, on the loopback address."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from config.settings import base
from documents import coffre
from documents.reception import recevoir
from tests.documents.corpus import pdf, photo


class Seau(BaseHTTPRequestHandler):
    """PUT, GET, HEAD and DELETE of whole objects."""

    objets: dict[str, bytes]
    protocol_version = "HTTP/1.1"

    def do_PUT(self) -> None:
        octets = self.rfile.read(int(self.headers["Content-Length"]))
        if "aws-chunked" in self.headers.get("Content-Encoding", ""):
            octets = _sans_decoupage(octets)
        self.objets[self.path] = octets
        self._repondre(200)

    def do_GET(self) -> None:
        octets = self.objets.get(self.path)
        self._repondre(404 if octets is None else 200, octets or b"")

    do_HEAD = do_GET

    def do_DELETE(self) -> None:
        self.objets.pop(self.path, None)
        self._repondre(204)

    def _repondre(self, statut: int, corps: bytes = b"") -> None:
        self.send_response(statut)
        self.send_header("Content-Length", str(len(corps)))
        self.send_header("ETag", '"x"')
        self.send_header("Last-Modified", "Sun, 22 Nov 2026 10:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(corps)

    def log_message(self, *args: Any) -> None:
        """Silent."""


def _sans_decoupage(octets: bytes) -> bytes:
    sortie = b""
    while True:
        entete, _, octets = octets.partition(b"\r\n")
        taille = int(entete.split(b";")[0], 16)
        if not taille:
            return sortie
        sortie, octets = sortie + octets[:taille], octets[taille + 2 :]


@pytest.fixture
def seau(settings: Any) -> Iterator[dict[str, bytes]]:
    Seau.objets = {}
    serveur = ThreadingHTTPServer(("127.0.0.1", 0), Seau)
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    options = base.STOCKAGES["s3"]["OPTIONS"] | {
        "endpoint_url": f"http://127.0.0.1:{serveur.server_port}",
        "region_name": "essai",
        "bucket_name": "pieces",
        "access_key": "essai",
        "secret_key": "essai",
    }
    settings.STORAGES = {**settings.STORAGES, "default": {**base.STOCKAGES["s3"], "OPTIONS": options}}
    yield Seau.objets
    serveur.shutdown()
    serveur.server_close()


@pytest.mark.django_db(transaction=True)
def test_un_fichier_se_garde_se_lit_et_s_efface_dans_un_seau(seau: dict[str, bytes]) -> None:
    fichier = recevoir("a.jpg", photo(taille=(300, 300)))
    assert sorted(seau) == sorted(
        f"/pieces/{coffre.nom(fichier, genre)}" for genre in (coffre.SERVI, coffre.ORIGINE)
    ), "des noms opaques, rien d’autre"
    assert all(octets.startswith(b"TDU\x02") for octets in seau.values())
    assert coffre.ouvrir_origine(fichier).read() == photo(taille=(300, 300))
    assert coffre.lire(fichier)[:3] == b"\xff\xd8\xff"
    coffre.effacer(fichier)
    assert seau == {}


@pytest.mark.django_db
def test_un_objet_perdu_se_dit_par_une_phrase(seau: dict[str, bytes]) -> None:
    fichier = recevoir("a.pdf", pdf())
    seau.clear()
    with pytest.raises(coffre.FichierIndisponible, match=r"n’existe plus"):
        coffre.lire(fichier)
