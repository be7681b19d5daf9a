"""Files coming in: a bad one is refused by a sentence, a good one is cleaned, and its original sealed beside."""

import hashlib
import io
import json
import subprocess
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from documents import coffre
from documents.models import Fichier
from documents.reception import MO, PDF_SEUL, FichierRefuse, recevoir
from tests.documents import corpus, pdf_bruts
from tests.documents.corpus import EXE, pdf, photo
from tests.rapport import consigner

pytestmark = pytest.mark.django_db

REFUS = {
    "vide": ("a.pdf", b"", "vide"),
    "trop_gros": ("a.pdf", pdf() + bytes(20 * MO), "20\u00a0Mo"),
    "executable_renomme": ("rapport.pdf", EXE, "Seuls les PDF et les photos"),
    "texte_renomme": ("rapport.pdf", b"Bonjour", "Seuls les PDF et les photos"),
    "html_renomme": ("photo.jpg", b"<!doctype html><script>alert(1)</script>", "Seuls les PDF et les photos"),
    "zip": ("a.bin", b"PK\x03\x04" + bytes(60), "Seuls les PDF et les photos"),
    "pdf_nomme_jpg": ("a.jpg", pdf(), "Seuls les PDF et les photos"),
    "double_extension": ("a.pdf.exe", pdf(), "trompeur"),
    "sens_renverse": ("rapport\u202efdp.pdf", pdf(), "trompeur"),
    "sans_extension": ("rapport", pdf(), "Seuls les PDF et les photos"),
    "pdf_protege": ("a.pdf", pdf(encryption=pikepdf.Encryption(user="u", owner="o")), "mot de passe"),
    "pdf_abime": ("a.pdf", b"%PDF-1.7\n" + b"rien" * 20, "illisible"),
    "pdf_qui_agit": ("a.pdf", pdf_bruts.assembler(pdf_bruts.page_vide(b"/AA << >>")), "action automatique"),
    "photo_abimee": ("a.jpg", photo()[:60], "illisible"),
}


@pytest.mark.parametrize("cas", REFUS)
def test_un_mauvais_fichier_est_refuse_par_une_phrase(cas: str) -> None:
    nom, contenu, mots = REFUS[cas]
    with pytest.raises(FichierRefuse, match=mots) as refus:
        recevoir(nom, contenu)
    assert str(refus.value).endswith(".")
    assert not Fichier.objects.exists()


def test_une_photo_n_est_pas_acceptee_la_ou_seul_un_pdf_l_est() -> None:
    with pytest.raises(FichierRefuse, match="Seuls les PDF sont acceptés."):
        recevoir("a.jpg", photo(), PDF_SEUL)


def test_dix_mille_fichiers_malformes_sont_tous_refuses() -> None:
    """Each is wrong by construction: its header, its end, its name, its type, or a second nature.

    A truncated file has lost its end, whatever a tolerant decoder would make of the rest: it is refused, not repaired.
    """
    acceptes, inattendus, familles = [], [], Counter()
    for famille, (nom, contenu) in corpus.malformes(10_000):
        familles[famille] += 1
        try:
            recevoir(nom, contenu)
            acceptes.append((famille, nom))
        except FichierRefuse:
            pass
        except Exception as erreur:  # the product would answer 500
            inattendus.append((famille, nom, repr(erreur)))
    consigner("sec-41", fichiers=sum(familles.values()), acceptes=len(acceptes), erreurs_500=len(inattendus))
    assert (acceptes, inattendus) == ([], [])
    assert min(familles.values()) >= 580, "chaque famille est représentée"


def test_cinq_cents_bons_fichiers_sont_tous_acceptes_et_leur_copie_est_inerte(tmp_path: Path) -> None:
    refuses = []
    for rang, (nom, contenu) in enumerate(corpus.bons(500)):
        try:
            fichier = recevoir(nom, contenu)
        except FichierRefuse as refus:
            refuses.append((nom, str(refus)))
            continue
        assert coffre.ouvrir_origine(fichier).read() == contenu
        if rang < 45 and fichier.extension == "pdf":
            _inerte(coffre.lire(fichier), tmp_path / "copie.pdf")
    consigner("sec-41-bons", fichiers=500, refuses=len(refuses))
    assert refuses == []


def _inerte(octets: bytes, chemin: Path) -> None:
    """A second reader, qpdf's own JSON, sees nothing that acts or describes."""
    chemin.write_bytes(octets)
    fini = subprocess.run(["qpdf", "--json", str(chemin)], capture_output=True, check=True)
    texte = json.dumps(json.loads(fini.stdout)["qpdf"])
    mots = ("/JavaScript", "/JS", "/OpenAction", "/AA", "/Launch", "/EmbeddedFiles", "/XFA", "/Metadata", "/Author")
    assert [mot for mot in mots if f'"{mot}"' in texte] == []


def test_aucun_pdf_qui_agit_ne_passe_sous_aucun_deguisement() -> None:
    acceptes, essais = [], 0
    for nom, octets in pdf_bruts.actifs():
        essais += 1
        try:
            recevoir("a.pdf", octets)
            acceptes.append(nom)
        except FichierRefuse:
            pass
    consigner("sec-43", variantes=essais, acceptes=len(acceptes))
    assert acceptes == []
    assert essais >= 60


def test_ces_variantes_passeraient_si_on_enlevait_ce_qui_agit() -> None:
    """They are refused for what they do, not for being badly made: the same writer without the action is accepted."""
    for octets in (
        pdf_bruts.assembler(pdf_bruts.page_vide()),
        pdf_bruts.assembler(pdf_bruts.page_vide(), revisions=[pdf_bruts.page_vide()]),
        pdf_bruts.deux_tables(pdf_bruts.page_vide(), pdf_bruts.page_vide()),
        pdf_bruts.en_flux_d_objets(pdf_bruts.assembler(pdf_bruts.page_vide(o5=b"<< /A (b) >>"))),
        pdf_bruts.assembler(pdf_bruts.page_vide(b"/OpenAction [3 0 R /Fit]")),
    ):
        assert recevoir("a.pdf", octets).servi


CANARI = "canari-auteur-9d41"


def _photos_bavardes() -> list[tuple[str, bytes]]:
    exif = Image.Exif()
    exif[0x0110] = exif[0x013B] = exif[0x8298] = CANARI
    gps = exif.get_ifd(0x8825)
    gps[1], gps[2], gps[0x1D] = "N", (50.0, 21.0, 30.0), CANARI
    exif[0x0112] = 6
    xmp = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{CANARI}</dc:creator></x:xmpmeta>'.encode()
    info = PngInfo()
    info.add_text("Author", CANARI)
    info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    return [
        ("a.jpg", photo(exif=exif, comment=CANARI.encode(), xmp=xmp) + CANARI.encode()),
        ("a.png", photo("PNG", pnginfo=info, exif=exif)),
    ]


def _pdf_bavard() -> bytes:
    sortie = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        for cle in ("/Author", "/Creator", "/Title", "/Keywords"):
            document.docinfo[cle] = CANARI
        with document.open_metadata(set_pikepdf_as_editor=False) as xmp:
            xmp["dc:creator"] = [CANARI]
        page.obj.Metadata = document.make_stream(CANARI.encode())
        page.obj.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=pikepdf.String(CANARI)))
        image = document.make_stream(_photos_bavardes()[0][1])
        image.stream_dict = pikepdf.Dictionary(
            Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=40, Height=20,
            ColorSpace=pikepdf.Name.DeviceRGB, BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )  # fmt: skip
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9], T=CANARI)
        page.obj.Annots = pikepdf.Array([note])
        document.save(sortie)
    return sortie.getvalue()


def test_ce_qui_s_ouvre_ne_dit_ni_l_auteur_ni_le_lieu_et_l_original_reste_intact() -> None:
    essais = [*_photos_bavardes(), ("a.pdf", _pdf_bavard())]
    for nom, contenu in essais:
        fichier = recevoir(nom, contenu)
        servi = _deplie(coffre.lire(fichier), fichier.extension)
        assert CANARI.encode() not in servi, nom
        assert CANARI.encode("utf-16-be") not in servi, nom
        assert coffre.ouvrir_origine(fichier).read() == contenu
        assert fichier.empreinte_origine == fichier.empreinte_deposee == hashlib.sha256(contenu).hexdigest()
        assert fichier.empreinte == hashlib.sha256(coffre.lire(fichier)).hexdigest()
    photo_servie = Image.open(io.BytesIO(coffre.lire(Fichier.objects.get(extension="jpg"))))
    assert dict(photo_servie.getexif()) == {}
    assert photo_servie.size == (20, 40), "l’orientation est appliquée avant d’être effacée"
    consigner("sec-46", fichiers=len(essais), canaris=0)


def _deplie(octets: bytes, extension: str) -> bytes:
    if extension != "pdf":
        return octets
    sortie = io.BytesIO()
    with pikepdf.open(io.BytesIO(octets)) as document:
        document.save(
            sortie,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return sortie.getvalue()


@pytest.mark.parametrize(("nom", "genre"), [("a.JPG", "JPEG"), ("a.jpeg", "JPEG"), ("a.png", "PNG")])
def test_une_photo_est_reencodee(nom: str, genre: str) -> None:
    contenu = coffre.lire(recevoir(nom, photo(genre) + b"cache apres les pixels"))
    assert b"cache" not in contenu
    assert Image.open(io.BytesIO(contenu)).size == (40, 20)


def test_ce_qui_est_transparent_devient_du_papier() -> None:
    sortie = io.BytesIO()
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(sortie, "PNG")
    servie = Image.open(io.BytesIO(coffre.lire(recevoir("signature.png", sortie.getvalue()))))
    assert servie.getpixel((1, 1)) == (255, 255, 255)


def test_un_simple_lien_reste_et_la_page_d_ouverture_part() -> None:
    contenu = next(octets for nom, octets in corpus.bons(9) if nom == "liens.pdf")
    with pikepdf.open(io.BytesIO(coffre.lire(recevoir("liens.pdf", contenu)))) as document:
        assert "/OpenAction" not in document.Root
        assert "exemple.test" in str(document.pages[0].obj.Annots[0].A.URI)


def test_un_fichier_est_scelle_sur_le_disque_et_ne_s_ouvre_plus_s_il_change() -> None:
    fichier = recevoir("a.pdf", pdf())
    for genre in (coffre.SERVI, coffre.ORIGINE):
        with default_storage.open(coffre.nom(fichier, genre)) as flux:
            scelle = bytearray(flux.read())
        assert b"%PDF" not in scelle
        scelle[40] ^= 1
        default_storage.delete(coffre.nom(fichier, genre))
        default_storage.save(coffre.nom(fichier, genre), ContentFile(bytes(scelle)))
    with pytest.raises(InvalidTag):
        coffre.lire(fichier)
    with pytest.raises(InvalidTag):
        coffre.ouvrir_origine(fichier).read()
