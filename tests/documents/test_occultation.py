"""A masked copy hides the word everywhere a PDF can say it, and the proof names the page where it remains."""

import io
import subprocess

import pikepdf
import pytest
from PIL import Image

from documents import poppler
from documents.mots import jetons, occurrences
from documents.occultation import occulter, pages_sans_texte
from documents.relecture import Zone, relire, zones_claires
from tests.documents.pdf_ecrits import pdf

MOT = "Delcambre"
XMP = (
    b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    b"<rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:source>Mme D&#x65;lcambre"
    b"</dc:source></rdf:Description></rdf:RDF></x:xmpmeta>"
)


CACHES = {
    "texte": (pdf("Rien ici.", "Vue avec Mme Delcambre hier."), "page\u00a02, dans le texte"),
    "casse et accents": (pdf("Vue avec DÉLCAMBRE."), "page\u00a01, dans le texte"),
    "coupe": (pdf("Vue avec Mme Delcam-\nbre, sa voisine."), "page\u00a01, dans le texte"),
    "espace": (pdf("Vue avec D e l c a m b r e."), "page\u00a01, dans le texte"),
    "hors de la page": (pdf("\n" * 30 + "Delcambre"), "page\u00a01, dans le texte"),
    "metadonnees": (pdf("Rien.", titre="Dossier Delcambre"), "dans les métadonnées"),
    "xmp": (pdf("Rien.", xmp=XMP), "dans les métadonnées XMP"),
    "annotation": (
        pdf("Rien.", annotation={"Subtype": pikepdf.Name.Text, "Contents": pikepdf.String("Voir Delcambre")}),
        "page\u00a01, dans une annotation",
    ),
    "champ": (
        pdf(
            "Rien.",
            annotation={
                "Subtype": pikepdf.Name.Widget,
                "FT": pikepdf.Name.Tx,
                "T": pikepdf.String("voisine"),
                "V": pikepdf.String("Delcambre"),
            },
        ),
        "page\u00a01, dans un champ de formulaire",
    ),
    "signet": (
        pdf("Rien.", Outlines=pikepdf.Dictionary(First=pikepdf.Dictionary(Title=pikepdf.String("Mme Delcambre")))),
        "dans la structure du PDF",
    ),
}


@pytest.mark.parametrize("cas", CACHES)
def test_la_relecture_nomme_l_endroit_ou_le_mot_reste(cas: str) -> None:
    octets, phrase = CACHES[cas]
    assert phrase in [str(trace) for trace in relire(octets, [MOT])]
    assert not relire(octets, ["Vandewalle"])


def test_le_nom_du_fichier_est_relu() -> None:
    assert [str(t) for t in relire(pdf("Rien."), [MOT], nom="CR-delcambre.pdf")] == ["dans le nom du fichier"]


def test_une_piece_jointe_au_pdf_bloque_toujours() -> None:
    with pikepdf.open(io.BytesIO(pdf("Rien."))) as document:
        document.attachments["note.txt"] = b"rien"
        sortie = io.BytesIO()
        document.save(sortie)
    assert "dans une pièce jointe au PDF" in [str(t) for t in relire(sortie.getvalue(), [MOT])]


def test_un_texte_de_remplacement_est_relu() -> None:
    with pikepdf.open(io.BytesIO(pdf("x"))) as document:
        document.pages[0].obj.Contents = document.make_stream(
            b"/Span <</ActualText (Mme Delcambre)>> BDC BT /F1 14 Tf 40 250 Td (x) Tj ET EMC"
        )
        sortie = io.BytesIO()
        document.save(sortie)
    assert "page\u00a01, dans un texte de remplacement" in [str(t) for t in relire(sortie.getvalue(), [MOT])]


@pytest.mark.parametrize(
    "cas", [cas for cas in CACHES if cas not in {"metadonnees", "xmp", "annotation", "champ", "signet"}]
)
def test_la_copie_masquee_ne_dit_plus_le_mot(cas: str) -> None:
    copie = occulter(CACHES[cas][0], [MOT])
    assert relire(copie.octets, [MOT]) == []
    assert zones_claires(copie.octets, copie.zones) == []


@pytest.mark.parametrize("cas", ["metadonnees", "xmp", "annotation", "champ", "signet"])
def test_masquer_une_zone_laisse_derriere_tout_ce_qui_n_est_pas_la_page(cas: str) -> None:
    copie = occulter(CACHES[cas][0], [MOT], [Zone(1, 0, 0, 1, 0.1)])
    assert relire(copie.octets, [MOT]) == []


def test_les_pages_sans_rapport_gardent_leur_texte() -> None:
    copie = occulter(pdf("Page gardée.", "Mme Delcambre et son frère."), [MOT])
    assert copie.pages == (2,)
    texte = [[jeton.texte for jeton in page] for page in poppler.texte_brut(copie.octets)]
    assert texte == [["page", "gardee"], []]


def test_une_ligature_ne_cache_pas_le_mot() -> None:
    assert occurrences(jetons("le docteur Ru\ufb01n est venu"), "Rufin")
    assert occurrences(jetons("Mme LŒUILLET"), "Loeuillet")


def test_un_mot_court_doit_etre_seul() -> None:
    assert not occurrences(jetons("cette année"), "Anne")
    assert occurrences(jetons("vu avec l’Anne d’hier"), "Anne")
    assert occurrences(jetons("MmeDelcambre"), MOT)


def test_une_zone_claire_se_voit_dans_la_copie() -> None:
    octets = pdf("Mme Delcambre.")
    assert [str(t) for t in zones_claires(octets, [Zone(1, 0, 0, 0.5, 0.5)])] == [
        "page\u00a01, dans une zone à masquer"
    ]


def test_le_dessin_masque_est_noir_a_la_place_du_mot() -> None:
    copie = occulter(pdf("Mme Delcambre."), [MOT])
    image = Image.open(io.BytesIO(poppler.dessiner(copie.octets, 1, 72))).convert("L")
    zone = copie.zones[0]
    assert image.getpixel((int((zone.gauche + zone.droite) / 2 * 400), int((zone.haut + zone.bas) / 2 * 300))) < 40


@pytest.mark.parametrize(
    ("mots", "zones", "phrase"),
    [(["Absente"], (), "Aucun de ces mots"), (["Rien"], (Zone(9, 0, 0, 1, 1),), "La page 9 n’existe pas")],
)
def test_une_demande_impossible_est_refusee_par_une_phrase(
    mots: list[str], zones: tuple[Zone, ...], phrase: str
) -> None:
    with pytest.raises(poppler.PdfIllisible, match=phrase):
        occulter(pdf("Rien."), mots, zones)


def test_une_page_sans_texte_est_annoncee() -> None:
    assert pages_sans_texte(pdf("Texte.", "")) == [2]


def test_sans_poppler_rien_n_est_declare_prouve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("documents.poppler.shutil.which", lambda nom: None)
    with pytest.raises(poppler.PdfIllisible, match="pas installée"):
        relire(pdf("Rien."), [MOT])


def test_poppler_arrete_ne_laisse_rien_passer(monkeypatch: pytest.MonkeyPatch) -> None:
    def lent(*args: object, **options: object) -> None:
        raise subprocess.TimeoutExpired("pdftotext", 1)

    monkeypatch.setattr("documents.poppler.subprocess.run", lent)
    with pytest.raises(poppler.PdfIllisible, match="ne peut pas être relu"):
        relire(pdf("Rien."), [MOT])
