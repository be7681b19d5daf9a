"""PDF written by hand, byte by byte: revisions, hidden objects, second tables, names in disguise; and what acts."""

import io
from collections.abc import Iterator

import pikepdf

Objets = dict[int, bytes]


def page_vide(racine: bytes = b"", page: bytes = b"", **autres: bytes) -> Objets:
    """A one-page document; `racine` and `page` are added to these dictionaries, `o9=…` adds object 9."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R " + racine + b" >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] " + page + b" >>",
        **{int(nom[1:]): corps for nom, corps in autres.items()},
    }


def _table(places: dict[int, int], racine: int, taille: int, precedente: int | None) -> bytes:
    lignes = [b"xref"]
    if precedente is None:
        lignes += [b"0 1", b"0000000000 65535 f "]
    for numero, place in sorted(places.items()):
        lignes += [b"%d 1" % numero, b"%010d 00000 n " % place]
    suite = b" /Prev %d" % precedente if precedente is not None else b""
    return b"\n".join(lignes) + b"\ntrailer\n<< /Size %d /Root %d 0 R%s >>\n" % (taille, racine, suite)


def assembler(objets: Objets, revisions: list[Objets] | None = None, caches: Objets | None = None) -> bytes:
    """Classic tables; each revision is an incremental update; `caches` are in the file but in no table."""
    sortie, precedente, taille = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), None, 1
    for rang, lot in enumerate([objets, *(revisions or [])]):
        places = {}
        for numero, corps in lot.items():
            places[numero] = len(sortie)
            sortie += b"%d 0 obj\n" % numero + corps + b"\nendobj\n"
        for numero, corps in (caches or {}).items() if rang == 0 else ():
            sortie += b"%d 0 obj\n" % numero + corps + b"\nendobj\n"
        taille = max(taille, *(numero + 1 for numero in lot))
        place = len(sortie)
        sortie += _table(places, 1, taille, precedente) + b"startxref\n%d\n%%%%EOF\n" % place
        precedente = place
    return bytes(sortie)


def deux_tables(sains: Objets, actifs: Objets) -> bytes:
    """The last `startxref` leads to a clean table; another one, whole, leads to what acts."""
    octets = assembler(actifs)
    places, suite = {}, bytearray(octets)
    for numero, corps in sains.items():
        places[numero] = len(suite)
        suite += b"%d 0 obj\n" % numero + corps + b"\nendobj\n"
    place = len(suite)
    return bytes(suite + _table(places, 1, 20, None) + b"startxref\n%d\n%%%%EOF\n" % place)


ACTIONS = {
    "javascript": b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
    "launch": b"<< /S /Launch /F (calc.exe) >>",
    "gotor": b"<< /S /GoToR /F (//serveur/partage.pdf) /D [0 /Fit] >>",
    "gotoe": b"<< /S /GoToE /T << /R /C /N (x) >> >>",
    "submit": b"<< /S /SubmitForm /F << /FS /URL /F (https://exemple.test/) >> >>",
    "import": b"<< /S /ImportData /F (a.fdf) >>",
    "rendition": b"<< /S /Rendition /OP 0 >>",
    "uri_fichier": b"<< /S /URI /URI (file:///etc/passwd) >>",
    "uri_script": b"<< /S /URI /URI (javascript:alert\\(1\\)) >>",
    "imprimer": b"<< /S /Named /N /Print >>",
}
PLACES = {
    "ouverture": lambda a: page_vide(b"/OpenAction " + a),
    "catalogue": lambda a: page_vide(b"/AA << /WC " + a + b" >>"),
    "page": lambda a: page_vide(page=b"/AA << /O " + a + b" >>"),
    "annotation": lambda a: page_vide(page=b"/Annots [<< /Subtype /Link /Rect [0 0 9 9] /A " + a + b" >>]"),
    "plan": lambda a: page_vide(
        b"/Outlines 5 0 R", o5=b"<< /First 6 0 R /Last 6 0 R >>", o6=b"<< /Title (x) /A " + a + b" >>"
    ),
}
# What acts without an action dictionary, or hides something.
AUTRES = {
    "nom_javascript": page_vide(b"/Names << /JavaScript << /Names [(a) 5 0 R] >> >>", o5=b"<< /JS (x) >>"),
    "suite": page_vide(b"/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next << /S /Launch /F (x) >> >>"),
    "fichier_joint": page_vide(
        b"/Names << /EmbeddedFiles << /Names [(a) 5 0 R] >> >>", o5=b"<< /Type /Filespec /F (a.exe) /EF << /F 6 0 R >> >>",
        o6=b"<< /Type /EmbeddedFile /Length 2 >>\nstream\nMZ\nendstream",
    ),
    "annotation_fichier": page_vide(page=b"/Annots [<< /Subtype /FileAttachment /Rect [0 0 9 9] >>]"),
    "portefeuille": page_vide(b"/Collection << /View /T >>"),
    "xfa": page_vide(b"/AcroForm << /Fields [] /XFA (<xdp/>) >>"),
    "xfa_dynamique": page_vide(b"/NeedsRendering true"),
    "richmedia": page_vide(page=b"/Annots [<< /Subtype /RichMedia /Rect [0 0 9 9] >>]"),
    "ecran": page_vide(page=b"/Annots [<< /Subtype /Screen /Rect [0 0 9 9] >>]"),
    "film": page_vide(page=b"/Annots [<< /Subtype /Movie /Rect [0 0 9 9] >>]"),
    "trois_d": page_vide(page=b"/Annots [<< /Subtype /3D /Rect [0 0 9 9] >>]"),
    "postscript": page_vide(o5=b"<< /Type /XObject /Subtype /PS /Length 1 >>\nstream\nx\nendstream",
                            page=b"/Resources << /XObject << /X 5 0 R >> >>"),
    "flux_externe": page_vide(page=b"/Contents 5 0 R", o5=b"<< /F (//serveur/x) /Length 0 >>\nstream\n\nendstream"),
    "reference_externe": page_vide(page=b"/Resources << /XObject << /X 5 0 R >> >>",
                                   o5=b"<< /Subtype /Form /Ref << /F (//s/x) /Page 0 >> /Length 0 >>\nstream\n\nendstream"),
    "champ_calcule": page_vide(b"/AcroForm << /Fields [5 0 R] >>",
                               o5=b"<< /FT /Tx /T (a) /AA << /K << /S /JavaScript /JS (x) >> >> >>"),
}  # fmt: skip


def deguiser(octets: bytes) -> bytes:
    """The same names written with #xx, at least one letter of each."""
    for nom in (
        b"JavaScript",
        b"JS",
        b"Launch",
        b"GoToR",
        b"SubmitForm",
        b"AA",
        b"EmbeddedFiles",
        b"XFA",
        b"RichMedia",
    ):
        octets = octets.replace(b"/" + nom, b"/" + nom[:1] + b"#%02x" % nom[1] + nom[2:])
    return octets


def en_flux_d_objets(octets: bytes) -> bytes:
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(octets)) as document:
        document.save(sortie, object_stream_mode=pikepdf.ObjectStreamMode.generate, linearize=False)
    return sortie.getvalue()


def chiffre(**options: str) -> bytes:
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(assembler(page_vide()))) as document:
        document.save(sortie, encryption=pikepdf.Encryption(**options))
    return sortie.getvalue()


def actifs() -> Iterator[tuple[str, bytes]]:
    """Every way we know for a PDF to act, hide or reach out, in several disguises each."""
    for action, corps in ACTIONS.items():
        for place, ecrire in PLACES.items():
            yield f"{place}_{action}", assembler(ecrire(corps))
    yield from ((nom, assembler(objets)) for nom, objets in AUTRES.items())
    sources = {**{nom: PLACES["ouverture"](corps) for nom, corps in ACTIONS.items()}, **AUTRES}
    for nom, objets in sources.items():
        yield f"deguise_{nom}", assembler({numero: deguiser(corps) for numero, corps in objets.items()})
        yield f"flux_{nom}", en_flux_d_objets(assembler(objets))
        yield f"revision_{nom}", assembler(page_vide(), revisions=[objets])
        yield f"ancienne_revision_{nom}", assembler(objets, revisions=[page_vide()])
        yield f"deux_tables_{nom}", deux_tables(page_vide(), objets)
        cache = {90 + numero: corps for numero, corps in objets.items() if numero != 2}
        if nom not in {"uri_fichier", "uri_script", "imprimer", "suite"}:
            yield f"hors_table_{nom}", assembler(page_vide(), caches=cache)
    yield "protege_a_l_ouverture", chiffre(user="u", owner="o")
    yield "protege_sans_mot_de_passe", chiffre(user="", owner="o")
    pages = {3 + n: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>" for n in range(2001)}
    enfants = b" ".join(b"%d 0 R" % numero for numero in pages)
    yield (
        "deux_mille_une_pages",
        assembler(
            {
                1: b"<< /Type /Catalog /Pages 2 0 R >>",
                2: b"<< /Type /Pages /Count 2001 /Kids [" + enfants + b"] >>",
                **pages,
            }
        ),
    )
