"""A time-stamping authority of our own, made by openssl, answering on the loopback address."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

REGLAGES = """
[tsa]
default_tsa = la_tsa
[la_tsa]
serial = {dossier}/serie
crypto_device = builtin
signer_cert = {dossier}/tsa.pem
signer_key = {dossier}/tsa.key
signer_digest = sha256
default_policy = 1.3.6.1.4.1.99999.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def _openssl(dossier: Path, *arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True, cwd=dossier, timeout=30)


class Autorite:
    """`adresse` answers RFC 3161 requests; `certificats` verifies its answers."""

    def __init__(self, dossier: Path) -> None:
        self.dossier, self.certificats, self.demandes = dossier, dossier / "tsa.pem", 0
        (dossier / "serie").write_text("01\n")
        (dossier / "tsa.cnf").write_text(REGLAGES.format(dossier=dossier))
        _openssl(
            dossier,
            *("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.pem", "-days", "2"),
            *("-subj", "/CN=Horodatage d'essai", "-addext", "extendedKeyUsage=critical,timeStamping"),
        )

    def repondre(self, demande: bytes) -> bytes:
        self.demandes += 1
        (self.dossier / "demande.tsq").write_bytes(demande)
        _openssl(
            self.dossier,
            *("ts", "-reply", "-config", "tsa.cnf", "-queryfile", "demande.tsq", "-out", "reponse.tsr"),
        )
        return (self.dossier / "reponse.tsr").read_bytes()

    @contextmanager
    def ouverte(self) -> Iterator[str]:
        autorite = self

        class Guichet(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                reponse = autorite.repondre(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(reponse)))
                self.end_headers()
                self.wfile.write(reponse)

            def log_message(self, *_: object) -> None:
                pass

        with HTTPServer(("127.0.0.1", 0), Guichet) as serveur:
            fil = Thread(target=serveur.serve_forever, daemon=True)
            fil.start()
            yield f"http://127.0.0.1:{serveur.server_port}/"
            serveur.shutdown()
            fil.join()
