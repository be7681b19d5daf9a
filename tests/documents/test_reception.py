"""Files coming in: a bad one is refused by a sentence, a good one is cleaned and sealed."""

import io

import pikepdf
import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.storage import default_storage
from PIL import Image

from documents.coffre import lire
from documents.models import Fichier
from documents.reception import MO, PDF_SEUL, FichierRefuse, recevoir

pytestmark = pytest.mark.django_db


def pdf(**options: object) -> bytes:
    sortie = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(sortie, **options)  # type: ignore[arg-type]
    return sortie.getvalue()


def photo(genre: str = "JPEG", **options: object) -> bytes:
    sortie = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(sortie, genre, **options)
    return sortie.getvalue()


EXE = b"MZ" + bytes(58) + b"\x40\x00\x00\x00" + b"PE\x00\x00" + bytes(600)
REFUS = {
    "vide": ("a.pdf", b"", "vide"),
    "trop_gros": ("a.pdf", pdf() + bytes(20 * MO), "20 Mo"),
    "executable_renomme": ("rapport.pdf", EXE, "Seuls les PDF et les photos"),
    "texte_renomme": ("rapport.pdf", b"Bonjour", "Seuls les PDF et les photos"),
    "html_renomme": ("photo.jpg", b"<!doctype html><script>alert(1)</script>", "Seuls les PDF et les photos"),
    "svg": ("dessin.svg", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "Seuls les PDF et les photos"),
    "zip": ("a.zip", b"PK\x03\x04" + bytes(60), "Seuls les PDF et les photos"),
    "pdf_nomme_jpg": ("a.jpg", pdf(), "Seuls les PDF et les photos"),
    "double_extension": ("a.pdf.exe", pdf(), "Seuls les PDF et les photos"),
    "sans_extension": ("rapport", pdf(), "Seuls les PDF et les photos"),
    "pdf_protege": ("a.pdf", pdf(encryption=pikepdf.Encryption(user="u", owner="o")), "mot de passe"),
    "pdf_abime": ("a.pdf", b"%PDF-1.7\n" + b"rien" * 20, "illisible"),
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


@pytest.mark.parametrize(("nom", "genre"), [("a.JPG", "JPEG"), ("a.jpeg", "JPEG"), ("a.png", "PNG")])
def test_une_photo_est_reencodee(nom: str, genre: str) -> None:
    fichier = recevoir(nom, photo(genre) + b"cache apres les pixels")
    contenu = lire(fichier)
    assert b"cache" not in contenu
    assert Image.open(io.BytesIO(contenu)).size == (40, 20)


def test_une_photo_perd_sa_position_et_son_appareil() -> None:
    exif = Image.Exif()
    exif[0x0110] = "appareil-secret"
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x0112] = 6
    contenu = lire(recevoir("a.jpg", photo(exif=exif)))
    image = Image.open(io.BytesIO(contenu))
    assert b"appareil-secret" not in contenu
    assert dict(image.getexif()) == {}
    assert image.size == (20, 40), "l’orientation est appliquée avant d’être effacée"


def test_un_pdf_perd_ce_qui_agit() -> None:
    script = "app.alert('canari')"
    with pikepdf.new() as document:
        page = document.add_blank_page()
        action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String(script))
        lancement = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe"))
        lien = pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("https://exemple.test/"))
        document.Root.OpenAction = action
        document.Root.AA = pikepdf.Dictionary(WC=action)
        document.Root.Names = pikepdf.Dictionary(
            JavaScript=pikepdf.Dictionary(Names=["a", document.make_indirect(action)])
        )
        document.attachments["virus.exe"] = b"MZ piece cachee"
        annotations = [
            pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=a)
            for a in (action, lancement, lien)
        ]
        page.obj.Annots = pikepdf.Array([annotations[0], *(document.make_indirect(a) for a in annotations[1:])])
        page.obj.AA = pikepdf.Dictionary(O=action)
        document.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pikepdf.String("<xdp/>"))
        sortie = io.BytesIO()
        document.save(sortie)
    propre = lire(recevoir("a.pdf", sortie.getvalue()))
    depliee = io.BytesIO()
    with pikepdf.open(io.BytesIO(propre)) as document:
        document.save(
            depliee,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
        assert "/OpenAction" not in document.Root
        assert len(document.pages) == 1
    restes = [
        mot for mot in (b"canari", b"/JS", b"/Launch", b"calc", b"cachee", b"/AA", b"XFA") if mot in depliee.getvalue()
    ]
    assert restes == []
    assert b"exemple.test" in depliee.getvalue(), "un simple lien reste"


def test_un_fichier_est_scelle_sur_le_disque() -> None:
    fichier = recevoir("a.pdf", pdf())
    chemin = f"{fichier.cle.hex[:2]}/{fichier.cle.hex}"
    with default_storage.open(chemin) as flux:
        scelle = flux.read()
    assert b"%PDF" not in scelle
    assert lire(fichier).startswith(b"%PDF")
    assert fichier.etat_fichier == Fichier.Etat.PRET


def test_un_fichier_change_sur_le_disque_ne_s_ouvre_plus() -> None:
    fichier = recevoir("a.pdf", pdf())
    chemin = f"{fichier.cle.hex[:2]}/{fichier.cle.hex}"
    with default_storage.open(chemin) as flux:
        scelle = bytearray(flux.read())
    scelle[40] ^= 1
    default_storage.delete(chemin)
    default_storage.save(chemin, io.BytesIO(bytes(scelle)))
    with pytest.raises(InvalidTag):
        lire(fichier)


def test_chaque_fichier_a_sa_cle() -> None:
    premier, second = recevoir("a.pdf", pdf()), recevoir("a.pdf", pdf())
    assert bytes(premier.cle_emballee) != bytes(second.cle_emballee)
    premier.cle_emballee = second.cle_emballee
    with pytest.raises(InvalidTag):
        lire(premier)
