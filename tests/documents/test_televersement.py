"""On the way in: never in clear on a disk even when killed (SEC-47), never beyond its bounds (SEC-45)."""

import os
import signal
import subprocess
import sys
import time
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Fichier
from tests.architecture.depot import RACINE
from tests.distribution import Distribution
from tests.documents.corpus import photo
from tests.documents.pdf_bruts import assembler, page_vide
from tests.rapport import consigner
from tests.serveur import Serveur, serveur_lance
from tests.signalements.situation import brouillon

CANARI = b"CANARI-TELEVERSEMENT-4f1d "
FRONTIERE = b"limite-5c7e"
PENDANT, APRES = 24, 6


def _traces(serveur: Serveur) -> list[str]:
    """Files that hold the canary in clear."""
    chemins = [chemin for racine in (serveur.temporaires, serveur.fichiers) for chemin in racine.rglob("*")]
    return [str(chemin) for chemin in chemins if chemin.is_file() and CANARI in chemin.read_bytes()]


def _envoi(chemin: str, session: str, fichier: bytes) -> bytes:
    jeton = b"j" * 32
    champs = b"".join(
        b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (FRONTIERE, nom, valeur)
        for nom, valeur in ((b"csrfmiddlewaretoken", jeton), (b"intitule", b"Photographie"))
    )
    champs += b'--%s\r\nContent-Disposition: form-data; name="fichier"; filename="a.jpg"\r\n' % FRONTIERE
    champs += b"Content-Type: image/jpeg\r\n\r\n" + fichier + b"\r\n--%s--\r\n" % FRONTIERE
    entete = (
        f"POST {chemin} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Cookie: tdu_session={session}; csrftoken={jeton.decode()}\r\n"
        f"Content-Type: multipart/form-data; boundary={FRONTIERE.decode()}\r\nContent-Length: {len(champs)}\r\n\r\n"
    )
    return entete.encode() + champs


@pytest.mark.django_db(transaction=True)
def test_tue_pendant_l_envoi_le_serveur_ne_laisse_rien_en_clair(distribution: Distribution, tmp_path: Path) -> None:
    dossier = brouillon(distribution.acteur("soignante"))
    session = distribution.client("soignante").cookies["tdu_session"].value
    gros = photo() + CANARI * (19 * 1024 * 1024 // len(CANARI))
    envoi = _envoi(f"/signalements/{dossier.cle}/pieces/", session, gros)
    with serveur_lance(tmp_path) as serveur:
        ouvrier, traces = serveur.ouvrier(), []
        for coup in range(PENDANT + APRES):
            with serveur.prise() as prise:
                # Points along the sending, then others while the server works on the whole of it.
                prise.sendall(envoi[: len(envoi) * (coup + 1) // PENDANT])
                time.sleep(0.02 + 0.12 * max(0, coup - PENDANT + 1))
                os.kill(ouvrier, signal.SIGKILL)
            ouvrier = serveur.ouvrier(sauf=ouvrier)
            traces += _traces(serveur)
        with serveur.prise() as prise:
            prise.sendall(envoi)
            reponse = prise.recv(4096)
        traces += _traces(serveur)
        gardes = [chemin for chemin in serveur.fichiers.rglob("*") if chemin.is_file()]
    consigner("sec-47", coups=PENDANT + APRES, traces_en_clair=len(traces))
    assert traces == []
    assert reponse.startswith(b"HTTP/1.1 302"), "le même envoi, mené à son terme, est accepté"
    assert max(chemin.stat().st_size for chemin in gardes) > len(gros), "et gardé, scellé"
    assert Fichier.objects.filter(taille_origine=len(gros)).exists()


def test_l_octet_de_trop_est_compte_sans_etre_garde(rf: object) -> None:
    from documents.televersement import PLAFOND

    requete = rf.post("/", {"fichier": SimpleUploadedFile("a.pdf", b"x" * (PLAFOND + 3_000_000))})
    envoye = requete.FILES["fichier"]
    assert envoye.size == PLAFOND + 3_000_000
    assert PLAFOND < len(envoye.read()) <= PLAFOND + 64 * 1024 * 2
    requete.close()


@pytest.mark.django_db
def test_un_envoi_de_dix_mille_parties_est_refuse(distribution: Distribution) -> None:
    client = distribution.client("soignante")
    parties = {f"champ{rang}": "x" for rang in range(10_000)}
    assert client.post("/compte/", parties).status_code == 400
    fichiers = {f"f{rang}": SimpleUploadedFile("a.pdf", b"x") for rang in range(30)}
    assert client.post("/compte/", fichiers).status_code == 400


def _png_geant() -> bytes:
    def bloc(genre: bytes, corps: bytes) -> bytes:
        return len(corps).to_bytes(4, "big") + genre + corps + zlib.crc32(genre + corps).to_bytes(4, "big")

    lignes = zlib.compressobj(9)
    corps = b"".join(lignes.compress(bytes(1626)) for _ in range(13_000)) + lignes.flush()
    entete = (13_000).to_bytes(4, "big") * 2 + b"\x01\x00\x00\x00\x00"
    return b"\x89PNG\r\n\x1a\n" + bloc(b"IHDR", entete) + bloc(b"IDAT", corps) + bloc(b"IEND", b"")


def _flux_qui_gonfle() -> bytes:
    """An object stream of 400 MB once inflated."""
    gonfle = zlib.compressobj(9)
    corps = b"".join(gonfle.compress(b" " * 1_000_000) for _ in range(400)) + gonfle.flush()
    objet = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n" % len(corps)
    table = b"<< /Type /XRef /Size 7 /W [1 4 2] /Root 1 0 R /Length %d >>\nstream\n"
    octets = bytearray(b"%PDF-1.7\n")
    places = {}
    for numero, texte in {**page_vide(b"/X 6 0 R"), 4: objet + corps + b"\nendstream"}.items():
        places[numero] = len(octets)
        octets += b"%d 0 obj\n" % numero + texte + b"\nendobj\n"
    places[5] = len(octets)
    lignes = [b"\0" + bytes(4) + b"\xff\xff"]
    lignes += [b"\1" + places[n].to_bytes(4, "big") + b"\0\0" for n in range(1, 6)]
    lignes += [b"\2" + (4).to_bytes(4, "big") + b"\0\0"]
    xref = b"".join(lignes)
    octets += b"5 0 obj\n" + table % len(xref) + xref + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % places[5]
    return bytes(octets)


def _million_d_objets() -> bytes:
    return assembler(page_vide(), caches=dict.fromkeys(range(10, 1_000_000), b"1"))[: 19 * 1024 * 1024] + b"%%EOF\n"


BOMBES = {
    "png_169_megapixels": ("a.png", _png_geant),
    "objets_comprimes": ("a.pdf", _flux_qui_gonfle),
    "million_d_objets": ("a.pdf", _million_d_objets),
    "cent_mille_champs": (
        "a.pdf",
        lambda: assembler(page_vide(b"/AcroForm << /Fields [" + b"<< /T (x) >> " * 100_000 + b"] >>")),
    ),
    "tableaux_emboites": ("a.pdf", lambda: assembler(page_vide(b"/X " + b"[" * 100_000 + b"]" * 100_000))),
}
SOUS_BRIDE = """
import re, resource, sys
from documents import images, pdf
def sommet():
    return int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])

octets = sys.stdin.buffer.read()
open("/proc/self/clear_refs", "w").write("5")  # the highest memory is counted from here
avant = sommet()
resource.setrlimit(resource.RLIMIT_CPU, (10, 10))
try:
    images.nettoyer(octets, "image/png") if sys.argv[1] == "a.png" else pdf.nettoyer(octets)
    sort = "accepte"
except (images.Illisible, pdf.PdfRefuse):
    sort = "refuse"
print(sort, (sommet() - avant) // 1024)
"""


def test_les_bombes_tiennent_dans_dix_secondes_de_calcul_et_trois_cents_megaoctets() -> None:
    """The kernel counts: more than ten seconds of CPU kills the child."""
    plus_gros, refuses = 0, 0
    for nom, (fichier, faire) in BOMBES.items():
        octets = faire()
        assert len(octets) <= 20 * 1024 * 1024, nom
        fini = subprocess.run(
            [sys.executable, "-c", SOUS_BRIDE, fichier], input=octets, cwd=RACINE, capture_output=True, check=False
        )
        assert fini.returncode == 0, (nom, fini.returncode, fini.stderr[-800:])
        sort, mo = fini.stdout.decode().split()
        refuses += sort == "refuse"
        assert int(mo) < 300, (nom, mo)
        plus_gros = max(plus_gros, int(mo))
    consigner("sec-45", bombes=len(BOMBES), refusees=refuses, memoire_mo=plus_gros)
    assert refuses >= 3, "les autres passent, dans les mêmes bornes : leur copie est inerte"
    assert len(_png_geant()) < 60_000
    assert len(_flux_qui_gonfle()) < 500_000
