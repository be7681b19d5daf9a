"""PDF out: WeasyPrint reaches nothing but our own static files, whatever is written in a field (SEC-48)."""

import ast
import io
import socket
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest
from pypdf import PdfReader

from documents import render
from signalements import documents as documents_du_signalement
from signalements.contenu import lire
from tests.architecture.depot import arbre, modules, nom
from tests.distribution import Distribution
from tests.rapport import consigner
from tests.signalements.situation import pret

CANARI = "CANARI-DE-FICHIER-LOCAL-62e0"


def test_seul_l_atelier_importe_weasyprint() -> None:
    importeurs = {
        nom(fichier)
        for fichier in modules()
        for noeud in ast.walk(arbre(fichier))
        if (isinstance(noeud, ast.Import) and any(alias.name.split(".")[0] == "weasyprint" for alias in noeud.names))
        or (isinstance(noeud, ast.ImportFrom) and (noeud.module or "").split(".")[0] == "weasyprint")
        or (isinstance(noeud, ast.Call) and _nom_appele(noeud) in {"import_module", "__import__"} and _texte(noeud))
    }
    assert importeurs == {"documents/atelier.py"}


def _nom_appele(appel: ast.Call) -> str:
    return getattr(appel.func, "attr", getattr(appel.func, "id", ""))


def _texte(appel: ast.Call) -> bool:
    return any("weasyprint" in str(getattr(argument, "value", "")) for argument in appel.args)


class Ecoute:
    """A listener on the loopback address that counts who comes."""

    def __init__(self) -> None:
        self.visites = 0
        self.prise = socket.create_server(("127.0.0.1", 0))
        self.port = self.prise.getsockname()[1]
        threading.Thread(target=self._compter, daemon=True).start()

    def _compter(self) -> None:
        while True:
            try:
                visiteur, _ = self.prise.accept()
            except OSError:
                return
            self.visites += 1
            with visiteur:
                visiteur.recv(1000)
                visiteur.sendall(b"HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx")


@pytest.fixture
def ecoute() -> Iterator[Ecoute]:
    serveur = Ecoute()
    yield serveur
    serveur.prise.close()


def charges(port: int, fichier: Path) -> list[str]:
    """Every way to name a resource, for each address that must not be read."""
    gabarits = [
        '<img src="{0}">', '<img srcset="{0} 2x">', '<p style="background:url({0})">x</p>',
        "<style>@import url({0});</style>", '<style>@import "{0}" print;</style>',
        '<link rel="stylesheet" href="{0}">', '<link rel="attachment" href="{0}">',
        '<a rel="attachment" href="{0}">x</a>', '<object data="{0}"></object>', '<embed src="{0}">',
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="{0}" width="9" height="9"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<use xlink:href="{0}#a"/></svg>',
        "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{0}'/></svg>\">",
        "<img src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><style>@import url({0});</style></svg>\">",
        '<link rel="stylesheet" href="data:text/css,@import url({0});">',
        '<style>@font-face {{ font-family: f; src: url({0}) }} p {{ font-family: f }}</style><p>x</p>',
        '<ul style="list-style-image:url({0})"><li>x</li></ul>', '<style>p::before {{ content: url({0}) }}</style><p>x</p>',
        '<p style="border-image:url({0}) 1">x</p>', '<p style="cursor:url({0}), auto; mask:url({0})">x</p>',
        '<style>@page {{ background: url({0}) }}</style>', '<style>@color-profile a {{ src: url({0}) }}</style>',
        '<input type="image" src="{0}">', '<video poster="{0}"></video><iframe src="{0}"></iframe>',
    ]  # fmt: skip
    adresses = [
        f"http://127.0.0.1:{port}/x", f"file://{fichier}", f"//127.0.0.1:{port}/x", f"HTTP://localhost:{port}/x",
    ]  # fmt: skip
    return [gabarit.format(adresse) for adresse in adresses for gabarit in gabarits]


@pytest.mark.django_db
def test_aucune_charge_ne_fait_sortir_ni_lire_quoi_que_ce_soit(
    ecoute: Ecoute, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, distribution: Distribution
) -> None:
    fichier = tmp_path / "secret.txt"
    fichier.write_text(CANARI)
    urllib.request.urlopen(f"http://127.0.0.1:{ecoute.port}/").read()
    assert ecoute.visites == 1, "l’écoute entend"
    toutes = charges(ecoute.port, fichier)
    pdfs = []
    # Written as they are into the page, as if a template had escaped nothing; then typed in a field.
    with monkeypatch.context() as brut:
        for debut in range(0, len(toutes), 12):
            corps = "".join(toutes[debut : debut + 12])
            html = f"<!doctype html><html lang=fr><title>x</title><body><p>Page</p>{corps}</body></html>"
            brut.setattr(render, "render_to_string", lambda gabarit, contexte, html=html: html)
            pdfs.append(render.rendre_pdf("x", {}))
        pour_base = f"<html lang=fr><base href='http://127.0.0.1:{ecoute.port}/'><title>x</title><img src=a.png>"
        brut.setattr(render, "render_to_string", lambda gabarit, contexte, **_: pour_base)
        pdfs.append(render.rendre_pdf("x", {}))
    soignante = distribution.acteur("soignante")
    dossier = pret(soignante, faits_observes="\n".join(toutes), propos_rapportes=toutes[0], contact_sur=toutes[7])
    pdfs.append(documents_du_signalement.apercu(lire(dossier)))
    joints = sum(len(pikepdf.open(io.BytesIO(octets)).attachments) for octets in pdfs)
    canaris = sum(CANARI in page.extract_text() for octets in pdfs for page in PdfReader(io.BytesIO(octets)).pages)
    canaris += sum(CANARI.encode() in octets for octets in pdfs)
    consigner("sec-48", charges=len(toutes), sorties=ecoute.visites - 1, canaris=canaris, fichiers_joints=joints)
    assert (ecoute.visites, canaris, joints) == (1, 0, 0)
    assert len(toutes) >= 60
