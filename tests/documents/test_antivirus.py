"""The antivirus, a real one: what it finds is refused, and while it is silent nothing is served (SEC-42)."""

import base64
import io
import socket
import threading
import zipfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from django.utils import timezone

from documents import antivirus, coffre, controle
from documents.models import Effacement, Fichier
from documents.reception import FichierRefuse, recevoir
from notifications import battement
from notifications.models import Avis
from tests.distribution import Distribution
from tests.documents import corpus
from tests.documents.antivirus import EICAR, Clamd, clamd_lance
from tests.documents.corpus import pdf, photo
from tests.rapport import consigner

pytestmark = pytest.mark.django_db


def _zip() -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("eicar.com", EICAR)
    return sortie.getvalue()


def _courriel() -> bytes:
    entete = b"From: a@exemple.test\nMIME-Version: 1.0\nContent-Type: application/octet-stream; name=x.com\n"
    return entete + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes(EICAR) + b"\n"


def _pdf(*, joint: bool) -> bytes:
    sortie = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        if joint:
            document.attachments["eicar.com"] = EICAR
        page.Contents = document.make_stream(EICAR)
        document.save(sortie)
    return sortie.getvalue()


INFECTES = {
    "texte": ("a.pdf", EICAR),
    "photo": ("a.jpg", photo() + EICAR),
    "page_compressee": ("a.pdf", _pdf(joint=False)),
    "piece_jointe_d_un_pdf": ("a.pdf", _pdf(joint=True)),
    "zip": ("a.zip", _zip()),
    "base64": ("a.eml", _courriel()),
}


def test_eicar_est_vu_par_l_antivirus_et_refuse_par_le_produit_sous_six_formes(clamd: Clamd) -> None:
    refuses = 0
    for nom, contenu in INFECTES.values():
        with pytest.raises(FichierRefuse):
            recevoir(nom, contenu)
        refuses += 1
    for genre in ("texte", "photo", "page_compressee", "zip", "base64"):
        assert antivirus.analyser(io.BytesIO(INFECTES[genre][1])) == antivirus.Verdict.INFECTE, genre
    assert antivirus.analyser(io.BytesIO(pdf())) == antivirus.Verdict.SAIN
    assert not Fichier.objects.filter(etat_fichier="pret").exists()
    consigner("sec-42", eicar=len(INFECTES), refuses=refuses)


def test_un_fichier_infecte_reste_scelle_en_quarantaine_puis_s_efface(
    clamd: Clamd, distribution: Distribution, travailler: Callable[[], int], time_machine: object
) -> None:
    dpo = distribution.utilisateur("dpo")
    with pytest.raises(FichierRefuse, match="Prévenez votre service informatique"):
        recevoir("a.jpg", photo() + EICAR)
    fichier = Fichier.objects.get()
    assert (fichier.etat_fichier, fichier.analyse) == ("refuse", "infecte")
    with pytest.raises(coffre.FichierIndisponible):
        coffre.lire(fichier)
    travailler()
    avis = Avis.objects.get(destinataire=dpo)
    assert str(fichier.cle)[:8] in avis.texte
    controle.vider_la_quarantaine()
    fichier.refresh_from_db()
    assert fichier.etat_fichier == "refuse"
    time_machine.move_to(timezone.now() + timedelta(days=31))
    controle.vider_la_quarantaine()
    fichier.refresh_from_db()
    assert fichier.etat_fichier == "efface"
    assert Effacement.objects.get().motif == "quarantaine"


@pytest.fixture
def muet(tmp_path: Path) -> Iterator[str]:
    """A server that accepts, reads, and answers nonsense or hangs up: a clamd that restarts."""
    chemin = str(tmp_path / "muet.sock")
    serveur = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    serveur.bind(chemin)
    serveur.listen()

    def repondre() -> None:
        reponses = iter([b"stream: UNKNOWN COMMAND\0", b"", b"stream: OK", b"INSTREAM size limit exceeded. ERROR\0"])
        for reponse in reponses:
            try:
                prise, _ = serveur.accept()
            except OSError:
                return
            with prise:
                prise.recv(1_000_000)
                prise.sendall(reponse)

    fil = threading.Thread(target=repondre, daemon=True)
    fil.start()
    yield chemin
    serveur.close()


def test_antivirus_arrete_lent_ou_confus_rien_n_est_servi(settings: object, muet: str) -> None:
    settings.ANTIVIRUS, settings.CLAMD_DELAI, servis = "obligatoire", 1, 0
    with clamd_lance() as serveur:
        settings.CLAMD = serveur.adresse
        with serveur.fige():
            servis += recevoir("a.pdf", pdf()).servi
        serveur.arreter()
        servis += recevoir("a.pdf", pdf()).servi
        assert controle.controler_en_attente() == 0
        for adresse in ("", muet, muet, muet, muet, "127.0.0.1:1"):
            settings.CLAMD = adresse
            servis += recevoir("a.pdf", pdf()).servi
        attente = Fichier.objects.filter(etat_fichier="en_attente")
        assert attente.count() == 8
        for fichier in attente:
            with pytest.raises(coffre.FichierIndisponible, match="En cours de contrôle"):
                coffre.lire(fichier)
        consigner("sec-42-ferme", pannes=8, servis=servis)
        assert servis == 0
        settings.CLAMD, settings.CLAMD_DELAI = serveur.adresse, 20
        serveur.demarrer()
        assert controle.controler_en_attente() == 8
        assert Fichier.objects.filter(etat_fichier="pret", analyse="sain").count() == 8


def test_le_travailleur_reprend_ce_qui_attendait(
    clamd: Clamd, settings: object, distribution: Distribution, travailler: Callable[[], int]
) -> None:
    settings.CLAMD = ""
    sain, infecte = recevoir("a.pdf", pdf()), recevoir("a.jpg", photo() + EICAR)
    settings.CLAMD = clamd.adresse
    for tour in battement._tours:
        if tour.__module__ == "dossiers.fichiers":
            tour()
            tour()
    assert travailler() == 1, "une seule demande par battement"
    sain.refresh_from_db()
    infecte.refresh_from_db()
    assert (sain.etat_fichier, infecte.etat_fichier) == ("pret", "refuse")
    assert travailler() == 1, "l’infection est annoncée"
    assert coffre.lire(sain).startswith(b"%PDF")


def test_un_vrai_antivirus_ne_change_rien_au_sort_des_fichiers_ordinaires(clamd: Clamd) -> None:
    refuses = 0
    for nom, contenu in corpus.bons(90):
        assert recevoir(nom, contenu).analyse == "sain"
    for _, (nom, contenu) in corpus.malformes(200, graine=7):
        with pytest.raises(FichierRefuse):
            recevoir(nom, contenu)
        refuses += 1
    assert refuses == 200


def test_sans_antivirus_la_demonstration_le_dit(settings: object, client: object) -> None:
    settings.ANTIVIRUS = "absent"
    fichier = recevoir("a.pdf", pdf())
    assert fichier.servi
    assert fichier.mention == "Non contrôlé par un antivirus (démonstration)."
    assert "Démonstration sans antivirus" in client.get("/etat/").content.decode()
    settings.ANTIVIRUS = "obligatoire"
    assert "sans antivirus" not in client.get("/etat/").content.decode()
