"""The whole convention on paper: pages, contents, bookmarks, tags, text, and the job that makes it."""

import io
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.urls import reverse
from pypdf import PdfReader

from convention.documents import texte_de
from convention.models import Signataire
from convention.textes import lire_convention
from documents import render
from documents.models import Document
from documents.travaux import Travail
from fiches.models import ExportRecueil, Fiche, VersionFiche
from fiches.recueil import demande as demandes
from fiches.recueil import production
from journal.models import Entree
from notifications.models import Envoi
from tests.coffre_ouvert import lire
from tests.distribution import Distribution

pytestmark = pytest.mark.django_db


@pytest.fixture
def deux_fiches(convention: None) -> None:
    """The book of two sheets, for what does not need all of them."""
    VersionFiche.objects.exclude(fiche__numero__in=[1, 11]).update(etat="PROJET")


def preparer() -> Document:
    lue = lire_convention("chv-2025")
    assert lue is not None
    return production.preparer(lue, lambda pourcent, libelle: None)


def en_pages(octets: bytes, dossier: Path) -> list[str]:
    fichier = dossier / "convention.pdf"
    fichier.write_bytes(octets)
    texte = subprocess.run(["pdftotext", "-layout", fichier, "-"], capture_output=True, text=True, check=True).stdout
    return texte.replace("\u00a0", " ").split("\f")[:-1]


def numeros_des_signets(lecteur: PdfReader) -> dict[str, int]:
    """Each bookmark and the number of its page."""
    trouves: dict[str, int] = {}

    def parcourir(signets: list[Any]) -> None:
        for signet in signets:
            if isinstance(signet, list):
                parcourir(signet)
            else:
                trouves.setdefault(" ".join(signet.title.split()), lecteur.get_destination_page_number(signet) + 1)

    parcourir(lecteur.outline)
    return trouves


def genres_de_balises(pdf: pikepdf.Pdf) -> dict[str, int]:
    """How many tags of each kind the structure tree holds."""
    compte: dict[str, int] = {}
    a_voir = [pdf.Root.StructTreeRoot]
    while a_voir:
        noeud = a_voir.pop()
        if "/S" in noeud:
            compte[str(noeud.S)] = compte.get(str(noeud.S), 0) + 1
        enfants = noeud.get("/K", [])
        for enfant in enfants if isinstance(enfants, pikepdf.Array) else [enfants]:
            if isinstance(enfant, pikepdf.Dictionary) and "/S" in enfant:
                a_voir.append(enfant)
    return compte


def test_la_convention_entiere_a_ses_pages_ses_signets_ses_balises_et_son_texte(
    convention: None, tmp_path: Path
) -> None:
    document = preparer()
    octets = lire(document.fichier)
    pages = en_pages(octets, tmp_path)
    assert len(pages) >= 60
    _verifier_les_pages(pages, document)
    _verifier_le_sommaire(pages, PdfReader(io.BytesIO(octets)))
    _verifier_les_balises(octets)


def _verifier_les_pages(pages: list[str], document: Document) -> None:
    assert all(f"Page {rang} sur {len(pages)}" in page for rang, page in enumerate(pages, start=1))
    assert all(document.empreinte[:16] in page for page in pages)
    texte = " ".join(" ".join(pages).split()).replace("ci- après", "ci-après")
    for signataire in Signataire.objects.select_related("institution"):
        assert f"{signataire.prenom} {signataire.nom}" in texte
        assert f"ci-après « {signataire.institution.nom_court} »" in texte
    for attendu in ("Il est convenu ce qui suit", "Article 1. Objet", "Code pénal, notamment", "Fait à Valenciennes"):
        assert attendu in texte
    for titre in VersionFiche.objects.filter(etat="EN_VIGUEUR").values_list("titre", flat=True):
        assert titre in texte
    assert "Urgences pédiatriques" not in texte, "aucun service de soin n’est nommé"


def _verifier_le_sommaire(pages: list[str], lecteur: PdfReader) -> None:
    lignes = dict(re.findall(r"^\s*(.+?)[ .]{4,}(\d+)$", "\n".join(pages[1:4]), re.M))
    assert len([ligne for ligne in lignes if ligne.startswith("Fiche ")]) == 18
    signets = numeros_des_signets(lecteur)
    for fiche in Fiche.objects.prefetch_related("versions"):
        titre = fiche.versions.get(etat="EN_VIGUEUR").titre
        annoncee = int(lignes[f"Fiche {fiche.numero}. {titre}"])
        debut = " ".join(pages[annoncee - 1].split())
        assert f"Fiche {fiche.numero} · version" in debut
        assert titre in debut
        signet = next(nom for nom in signets if nom.startswith(f"Fiche {fiche.numero} ·"))
        assert signets[signet] == annoncee
    for ligne, signet in (
        ("Signatures", "Signatures"),
        ("Articles", "Articles"),
        ("Annexe 3. Les textes cités", "Annexe 3"),
    ):
        page = next(numero for nom, numero in signets.items() if nom.startswith(signet))
        assert page == int(lignes[ligne])


def _verifier_les_balises(octets: bytes) -> None:
    with pikepdf.open(io.BytesIO(octets)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "fr"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.open_metadata()["dc:title"]
        assert pdf.open_metadata()["pdfuaid:part"] == "1"
        balises = genres_de_balises(pdf)
        assert balises["/H1"] >= 18 + 8
        assert min(balises[genre] for genre in ("/H2", "/Table", "/TH", "/L", "/LI", "/P", "/Figure")) > 0
        assert "/Alt" in repr(pdf.Root.StructTreeRoot) or _figures_decrites(pdf)
    verdict = subprocess.run(["qpdf", "--check", "-"], input=octets, capture_output=True, check=False)
    assert verdict.returncode in {0, 2}


def _figures_decrites(pdf: pikepdf.Pdf) -> bool:
    figures = [objet for objet in pdf.objects if isinstance(objet, pikepdf.Dictionary) and objet.get("/S") == "/Figure"]
    return bool(figures) and all("/Alt" in figure for figure in figures)


def test_le_meme_contenu_donne_les_memes_octets(deux_fiches: None) -> None:
    premier = preparer()
    octets = lire(premier.fichier)
    assert preparer() == premier, "rien n’a changé : rien n’est refait"
    recueil = production.assembler(lire_convention("chv-2025"))
    contexte = {**production._contexte(recueil, recueil.canonique()), **render._verification(premier)}
    assert render.rendre_pdf("pdf/recueil.html", contexte) == octets


def test_un_texte_change_remplace_le_document_et_le_texte_revenu_retrouve_le_sien(
    deux_fiches: None,
) -> None:
    premier = preparer()
    lue = lire_convention("chv-2025")
    titre, lue.titre = lue.titre, "Un autre titre"
    lue.save()
    second = preparer()
    premier.refresh_from_db()
    assert (premier.statut, second.statut) == ("remplace", "en_vigueur")
    lue.titre = titre
    lue.save()
    assert preparer() == premier
    second.refresh_from_db()
    premier.refresh_from_db()
    assert (premier.statut, second.statut) == ("en_vigueur", "remplace")


def test_les_articles_sont_numerotes_et_leurs_alineas_aussi(convention: None) -> None:
    texte = texte_de(lire_convention("chv-2025"), visas=["Code pénal"])
    assert [article.numero for article in texte.articles] == [str(rang) for rang in range(1, 20)]
    assert any(len(article.alineas) > 1 for article in texte.articles)
    assert texte.visas == ["Code pénal"]
    assert all(signature.faite for signature in texte.signatures)


def test_deux_personnes_qui_demandent_partagent_le_meme_travail(convention: None, distribution: Distribution) -> None:
    lue = lire_convention("chv-2025")
    premier = demandes.demander(convention=lue, acteur=distribution.acteur("referente"))
    assert demandes.demander(convention=lue, acteur=distribution.acteur("opj")) == premier
    assert Envoi.objects.filter(sujet=demandes.SUJET).count() == 1


def test_la_page_demande_suit_puis_donne_le_document(
    deux_fiches: None, distribution: Distribution, travailler: Callable[[], int]
) -> None:
    client = distribution.client("parquet")
    assert "pas encore préparé" in client.get(reverse("fiches:recueil", args=["chv-2025"])).content.decode()
    assert client.get(reverse("fiches:recueil_pdf", args=["chv-2025"]))["Location"] == reverse(
        "fiches:recueil", args=["chv-2025"]
    )
    page = client.post(reverse("fiches:recueil_preparer", args=["chv-2025"]))["Location"]
    export = ExportRecueil.objects.get()
    assert page == reverse("fiches:recueil_export", args=[export.cle])
    assert "En attente" in client.get(page).content.decode()
    travailler()
    etat = json.loads(client.get(reverse("fiches:recueil_progression", args=[export.cle])).content)
    assert (etat["fini"], etat["pourcent"]) == (True, 100)
    reponse = client.get(etat["url"])
    assert reponse.content.startswith(b"%PDF")
    assert Entree.objects.filter(action="telecharger", objet="convention").exists()
    assert (
        "Une fiche ou un article a changé"
        not in client.get(reverse("fiches:recueil", args=["chv-2025"])).content.decode()
    )


def test_une_fiche_changee_depuis_se_dit(deux_fiches: None, distribution: Distribution) -> None:
    preparer()
    VersionFiche.objects.get(fiche__numero=1, etat="EN_VIGUEUR").save()
    assert (
        "Une fiche ou un article a changé"
        in distribution.client("parquet").get(reverse("fiches:recueil", args=["chv-2025"])).content.decode()
    )


def test_une_panne_se_dit_et_se_relance(
    deux_fiches: None, distribution: Distribution, travailler: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    def casser(*args: object, **options: object) -> None:
        raise RuntimeError("plus de place")

    client = distribution.client("referente")
    page = client.post(reverse("fiches:recueil_preparer", args=["chv-2025"]))["Location"]
    with monkeypatch.context() as panne:
        panne.setattr(production, "produire", casser)
        travailler()
    assert "Réessayer" in client.get(page).content.decode()
    export = ExportRecueil.objects.get()
    client.post(reverse("fiches:recueil_relancer", args=[export.cle]))
    travailler()
    export.refresh_from_db()
    assert (export.statut, export.tentatives) == (Travail.Statut.FINI, 2)


def test_l_avancement_monte_sans_jamais_reculer(deux_fiches: None) -> None:
    vus: list[int] = []
    production.preparer(lire_convention("chv-2025"), lambda pourcent, libelle: vus.append(pourcent))
    assert vus == sorted(vus)
    assert len(set(vus)) > 5
    assert vus[-1] == production.SCEAU


def test_sans_convention_la_page_est_introuvable(distribution: Distribution) -> None:
    for nom in ("recueil", "recueil_pdf"):
        assert distribution.client("referente").get(reverse(f"fiches:{nom}", args=["chv-2025"])).status_code == 404


def test_la_carte_de_poche_tient_en_quatre_pages_a6(convention: None, distribution: Distribution) -> None:
    client = distribution.client("soignante")
    for numero in (1, 6, 9, 10):
        reponse = client.post(reverse("fiches:poche", args=[numero]), follow=True)
        lecteur = PdfReader(io.BytesIO(reponse.content))
        assert 2 <= len(lecteur.pages) <= 4, numero
        boite = lecteur.pages[0].mediabox
        assert (round(float(boite.width)), round(float(boite.height))) == (298, 420)
    texte = "\n".join(page.extract_text() for page in lecteur.pages).replace("\u00a0", " ")
    for attendu in ("L’essentiel", "Les étapes", "Appeler maintenant", "Encore à jour"):
        assert attendu in texte
