"""Files good and bad, drawn from a seed: the same ones at each run."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from functools import cache

import pikepdf
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from tests.documents.pdf_bruts import assembler, page_vide

Cas = tuple[str, bytes]


def photo(genre: str = "JPEG", taille: tuple[int, int] = (40, 20), **options: object) -> bytes:
    sortie = io.BytesIO()
    Image.new("RGB", taille, "red").save(sortie, genre, **options)
    return sortie.getvalue()


def pdf(pages: int = 1, titre: str = "", **options: object) -> bytes:
    sortie = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(pages):
            document.add_blank_page()
        if titre:
            document.docinfo["/Title"] = titre
        document.save(sortie, **options)  # type: ignore[arg-type]
    return sortie.getvalue()


@cache
def bases() -> dict[str, list[bytes]]:
    """What malformed files are made from: whole, accepted files of each kind."""
    return {
        "pdf": [
            pdf(),
            pdf(3, object_stream_mode=pikepdf.ObjectStreamMode.generate),
            pdf(2, linearize=True),
            assembler(page_vide()),
        ],
        "jpg": [photo(), photo(progressive=True), photo(quality=30), photo(taille=(90, 130))],
        "png": [photo("PNG"), photo("PNG", (70, 30)), photo("PNG", (5, 5), optimize=True)],
    }


def _base(r: random.Random, *genres: str) -> tuple[str, bytes]:
    genre = r.choice(genres or ("pdf", "jpg", "png"))
    return genre, r.choice(bases()[genre])


@cache
def archive(noms: tuple[str, ...] = ("mimetype",), contenu: bytes = b"x" * 40) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as paquet:
        for nom in noms:
            paquet.writestr(nom, contenu)
    return sortie.getvalue()


HTML = (b"<!doctype html><script>alert(1)</script>", b"<html><body onload=alert(1)>", b"<script src=//x></script>")
PHP = (b"<?php system($_GET['c']); ?>", b"<?= `id` ?>")
SVG = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
EXE = b"MZ" + bytes(58) + b"\x40\x00\x00\x00" + b"PE\x00\x00" + bytes(600)
ELF = b"\x7fELF\x02\x01\x01" + bytes(120)
GIF = b"GIF89a=/*" + bytes(30) + b"*/1;alert(1)//;"
DOCM = ("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")


def entete_mutee(r: random.Random) -> Cas:
    genre, octets = _base(r)
    abime = bytearray(octets)
    abime[r.randrange({"pdf": 5, "jpg": 3, "png": 8}[genre])] ^= 1 << r.randrange(8)
    return f"piece.{genre}", bytes(abime)


def tronque(r: random.Random) -> Cas:
    genre, octets = _base(r)
    return f"piece.{genre}", octets[: r.randrange(1, len(octets) - 7)]


def nom_double(r: random.Random) -> Cas:
    genre, octets = _base(r)
    autre = r.choice(["exe", "php", "js", "html", "docm", "bat", "SCR", "vbs", "svg"])
    return r.choice([f"piece.{genre}.{autre}", f"piece.{autre}.{genre}", f"piece.{autre}.v2.{genre}"]), octets


def nom_invisible(r: random.Random) -> Cas:
    genre, octets = _base(r)
    signe = r.choice(["\0", "\u202e", "\u202d", "\u2066", "\u200b", "\u200f", "\n", "\x1b", "\ufeff"])
    place = r.randrange(1, 6)
    return f"{'piece'[:place]}{signe}{'piece'[place:]}.{genre}", octets


def pdf_html(r: random.Random) -> Cas:
    octets, html = _base(r, "pdf")[1], r.choice(HTML)
    return "piece.pdf", r.choice(
        [html + octets, octets + html, octets.replace(b"\n", b"\n%" + html + b"\n", 1), octets[:9] + html + octets[9:]]
    )


def pdf_zip(r: random.Random) -> Cas:
    octets, paquet = _base(r, "pdf")[1], archive()
    return r.choice(["piece.pdf", "piece.zip"]), r.choice([octets + paquet, paquet + octets, b"PK\x03\x04" + octets])


def image_zip(r: random.Random) -> Cas:
    genre, octets = _base(r, "jpg", "png")
    return f"piece.{genre}", octets + archive()


def gif_js(r: random.Random) -> Cas:
    return f"piece.{r.choice(['gif', 'jpg', 'png', 'pdf', 'js'])}", GIF + bytes([r.randrange(256)])


def image_php(r: random.Random) -> Cas:
    charge = r.choice((*PHP, *HTML, SVG))
    commentaire = b"\xff\xfe" + (len(charge) + 2).to_bytes(2, "big") + charge
    jpg, png = r.choice(bases()["jpg"]), r.choice(bases()["png"])
    texte = io.BytesIO()
    info = PngInfo()
    info.add_text("Comment", charge.decode())
    Image.new("RGB", (4, 4)).save(texte, "PNG", pnginfo=info)
    return r.choice(
        [
            ("piece.jpg", jpg + charge),
            ("piece.jpg", jpg[:2] + commentaire + jpg[2:]),
            ("piece.png", png + charge),
            ("piece.png", texte.getvalue()),
        ]
    )


def texte_actif(r: random.Random) -> Cas:
    return f"piece.{r.choice(['svg', 'html', 'pdf', 'jpg', 'png', 'xml'])}", r.choice(
        (*HTML, SVG)
    ) + b" " * r.randrange(9)


def bureautique(r: random.Random) -> Cas:
    return f"piece.{r.choice(['docm', 'docx', 'pdf', 'jpg', 'zip'])}", archive(DOCM, bytes([r.randrange(256)]) * 9)


def programme(r: random.Random) -> Cas:
    corps = r.choice([EXE, ELF, b"#!/bin/sh\nrm -rf /\n", b"\xca\xfe\xba\xbe" + bytes(40), b"@echo off\r\n"])
    return f"piece.{r.choice(['pdf', 'jpg', 'png', 'exe', 'jpeg'])}", corps + bytes(r.randrange(40))


def mauvaise_extension(r: random.Random) -> Cas:
    genre, octets = _base(r)
    return f"piece.{r.choice([autre for autre in ('pdf', 'jpg', 'png', 'txt', '') if autre != genre])}", octets


def somme_fausse(r: random.Random) -> Cas:
    octets = bytearray(r.choice(bases()["png"]))
    octets[r.randrange(16, len(octets) - 12)] ^= 1 << r.randrange(8)
    return "piece.png", bytes(octets)


def segment_faux(r: random.Random) -> Cas:
    """The length of the first segment leads nowhere."""
    octets = bytearray(r.choice(bases()["jpg"]))
    octets[4:6] = r.randrange(len(octets), 65_536).to_bytes(2, "big")
    return "piece.jpg", bytes(octets)


def table_fausse(r: random.Random) -> Cas:
    octets = bases()["pdf"][r.choice([0, 3])]
    return "piece.pdf", re.sub(rb"startxref\s+\d+", b"startxref\n%d" % r.randrange(len(octets), 10**7), octets)


def bruit(r: random.Random) -> Cas:
    genre = r.choice(["pdf", "jpg", "png"])
    tete = {"pdf": b"%PDF-1.7\n", "jpg": b"\xff\xd8\xff\xe0", "png": b"\x89PNG\r\n\x1a\n"}[genre]
    return f"piece.{genre}", tete + r.randbytes(r.randrange(20, 600))


MALFACONS: tuple[Callable[[random.Random], Cas], ...] = (
    entete_mutee, tronque, nom_double, nom_invisible, pdf_html, pdf_zip, image_zip, gif_js, image_php, texte_actif,
    bureautique, programme, mauvaise_extension, somme_fausse, segment_faux, table_fausse, bruit,
)  # fmt: skip


def malformes(nombre: int, graine: int = 41) -> Iterator[tuple[str, Cas]]:
    r = random.Random(graine)
    for rang in range(nombre):
        famille = MALFACONS[rang % len(MALFACONS)]
        yield famille.__name__, famille(r)


def bons(nombre: int, graine: int = 41) -> Iterator[Cas]:
    """Ordinary files as people have them: scans, phone pictures, exports with links, forms and revisions."""
    r = random.Random(graine)
    for rang in range(nombre):
        yield ORDINAIRES[rang % len(ORDINAIRES)](r)


def _taille(r: random.Random) -> tuple[int, int]:
    return r.randrange(1, 90), r.randrange(1, 90)


ORDINAIRES: tuple[Callable[[random.Random], Cas], ...] = (
    lambda r: ("Photo 12.03.2026.JPG", photo(taille=_taille(r), quality=r.randrange(20, 96))),
    lambda r: ("scan.jpeg", photo(taille=_taille(r), progressive=True, comment=b"scanner du secretariat")),
    lambda r: ("capture.png", photo("PNG", _taille(r))),
    lambda r: ("téléphone.jpg", photo(taille=_taille(r)) + b"SEFH" + r.randbytes(40)),
    lambda r: ("certificat.M.Dupont.pdf", pdf(r.randrange(1, 9), titre="Certificat (copie)")),
    lambda r: ("export.pdf", pdf(2, object_stream_mode=pikepdf.ObjectStreamMode.generate)),
    lambda r: ("web.PDF", pdf(2, linearize=True)),
    lambda r: ("liens.pdf", _avec_liens(r.choice(["https://exemple.test/", "mailto:accueil@exemple.test"]))),
    lambda r: ("annexe.pdf", assembler(page_vide(), revisions=[{5: b"<< /Note (revu) >>"}])),
)


def _avec_liens(adresse: str) -> bytes:
    """As office suites write it: a page to open at, a link, an outline, a form field, a named destination."""
    sortie = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        document.Root.OpenAction = pikepdf.Array([page.obj, pikepdf.Name.XYZ, 0, 0, 0])
        lien = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String(adresse))
        suite = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=pikepdf.Array([page.obj, pikepdf.Name.Fit]))
        page.obj.Annots = pikepdf.Array(
            [
                pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
                for action in (lien, suite)
            ]
        )
        champ = pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String("nom"), Subtype=pikepdf.Name.Widget)
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[document.make_indirect(champ)])
        with document.open_outline() as plan:
            plan.root.append(pikepdf.OutlineItem("Page 1", 0))
        document.save(sortie)
    return sortie.getvalue()
