"""The export: asked once, visible while it runs, told in French when it fails, and a real PDF in the end."""

import json
import subprocess
from collections.abc import Callable

import pytest
from django.urls import reverse

from bilans import tasks
from bilans.models import Export, bilan_de
from bilans.workflow import demander_export, relancer_export
from documents.models import Document
from journal.models import Entree
from notifications.models import Envoi
from tests.bilans.scene import ANNEE, Annee, jour
from tests.coffre_ouvert import lire
from tests.distribution import Distribution
from transitions.workflow import TransitionRefusee

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fin_d_annee")]


@pytest.fixture
def demande(annee: Annee) -> Export:
    for _ in range(12):
        annee.signalement(jour(4), ar=25, information="FAITE")
    bilan = bilan_de(ANNEE)
    assert bilan is not None
    return demander_export(bilan=bilan, acteur=annee.distribution.acteur("referente"))


def test_un_second_clic_rend_le_meme_export(demande: Export, referente: object):
    assert demander_export(bilan=demande.bilan, acteur=referente) == demande
    assert Envoi.objects.filter(sujet="bilan.exporter").count() == 1


def test_un_enqueteur_n_exporte_pas(annee: Annee, opj: object):
    with pytest.raises(TransitionRefusee, match="référente"):
        demander_export(bilan=bilan_de(ANNEE), acteur=opj)


def test_le_travailleur_produit_le_pdf(demande: Export, travailler: Callable[[], int]):
    travailler()
    demande.refresh_from_db()
    assert (demande.statut, demande.pourcent) == ("fini", 100)
    assert demande.document.reference == f"BILAN-{ANNEE}"
    travailler()
    assert Document.objects.filter(genre="bilan").count() == 1


def test_une_seconde_livraison_ne_refait_rien(demande: Export, travailler: Callable[[], int]):
    travailler()
    tasks.exporter({"export": demande.pk})
    assert Document.objects.filter(genre="bilan").count() == 1


def test_le_pdf_a_ses_pages_ses_signataires_et_sa_methode(demande: Export, travailler: Callable[[], int], tmp_path):
    travailler()
    demande.refresh_from_db()
    fichier = tmp_path / "bilan.pdf"
    fichier.write_bytes(lire(demande.document.fichier))
    texte = subprocess.run(["pdftotext", "-layout", fichier, "-"], capture_output=True, text=True, check=True).stdout
    pages = texte.split("\f")[:-1]
    assert len(pages) > 8
    assert f"Bilan annuel {ANNEE}" in pages[0]
    assert "Sommaire" in pages[1]
    assert all(f"Page {rang} sur {len(pages)}" in page for rang, page in enumerate(pages, start=1))
    assert all(demande.document.empreinte[:16] in page for page in pages)
    for nom in ("COSTAGLIOLI", "DUMONT", "SALVI", "PLATEL", "TISON", "MACKOWIAK", "LACROIX", "MELON", "FLAMENT"):
        assert nom in texte
    assert "Procureure de la République" in texte
    assert "moins de 5" in texte
    assert "Définition, source et fréquence" in texte


def test_le_sommaire_donne_les_bonnes_pages(demande: Export, travailler: Callable[[], int], tmp_path):
    travailler()
    demande.refresh_from_db()
    fichier = tmp_path / "bilan.pdf"
    fichier.write_bytes(lire(demande.document.fichier))
    texte = subprocess.run(["pdftotext", "-layout", fichier, "-"], capture_output=True, text=True, check=True).stdout
    pages = texte.split("\f")
    sommaire = "\n".join(pages[1:3])
    ligne = next(ligne for ligne in sommaire.splitlines() if ligne.strip().startswith("Méthode"))
    assert "Méthode et définitions" in pages[int(ligne.split()[-1]) - 1]


def test_une_panne_se_dit_et_se_relance(
    demande: Export, travailler: Callable[[], int], referente: object, monkeypatch: pytest.MonkeyPatch
):
    def casser(*args: object) -> None:
        raise RuntimeError("plus de place")

    with monkeypatch.context() as panne:
        panne.setattr(tasks, "produire_bilan", casser)
        travailler()
    demande.refresh_from_db()
    assert demande.statut == "echec"
    assert demande.libelle == "La préparation du PDF n’a pas abouti. Vos chiffres sont intacts. Réessayez."
    relancer_export(export=demande, acteur=referente)
    travailler()
    demande.refresh_from_db()
    assert (demande.statut, demande.tentatives) == ("fini", 2)


def test_un_export_qui_avance_ne_se_relance_pas(demande: Export, referente: object):
    assert relancer_export(export=demande, acteur=referente).tentatives == 1


def test_la_page_suit_l_export_puis_donne_le_pdf(
    demande: Export, distribution: Distribution, travailler: Callable[[], int]
):
    client = distribution.client("referente")
    page, etat = (reverse(f"bilans:{nom}", args=[ANNEE, demande.cle]) for nom in ("export", "progression"))
    assert "En attente" in client.get(page).content.decode()
    assert json.loads(client.get(etat).content) == {
        "pourcent": 0, "libelle": "En attente d’un poste de travail libre", "fini": False, "echec": False, "url": "",
    }  # fmt: skip
    travailler()
    fini = json.loads(client.get(etat).content)
    assert fini["fini"]
    reponse = client.get(fini["url"])
    assert reponse.content.startswith(b"%PDF")
    assert reponse["Content-Disposition"] == f'attachment; filename="bilan-{ANNEE}.pdf"'
    assert Entree.objects.filter(action="telecharger", objet="bilan").exists()


def test_l_echec_montre_reessayer(demande: Export, distribution: Distribution):
    Export.objects.filter(pk=demande.pk).update(statut="echec", libelle=tasks.PANNE)
    html = distribution.client("referente").get(reverse("bilans:export", args=[ANNEE, demande.cle])).content.decode()
    assert tasks.PANNE in html
    assert "Réessayer" in html


def test_un_lecteur_sans_droit_d_export_ne_telecharge_pas(demande: Export, distribution: Distribution):
    for nom in ("export", "progression", "telecharger"):
        assert distribution.client("opj").get(reverse(f"bilans:{nom}", args=[ANNEE, demande.cle])).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_l_avancement_est_visible_pendant_le_travail(demande: Export, monkeypatch: pytest.MonkeyPatch):
    """Each step is committed apart: another connection reads it while the task's transaction is open."""
    from django.db import connection, transaction

    vus: list[tuple[int, str]] = []
    ailleurs = connection.copy()

    def regarder(bilan: object, releves: object) -> None:
        with ailleurs.cursor() as curseur:
            curseur.execute("SELECT pourcent, statut FROM bilans_export WHERE id = %s", [demande.pk])
            vus.append(curseur.fetchone())
        raise RuntimeError

    monkeypatch.setattr(tasks, "produire_bilan", regarder)
    with transaction.atomic():
        tasks.exporter({"export": demande.pk})
    ailleurs.close()
    assert vus == [(60, "en_cours")]
