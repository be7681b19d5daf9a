"""What leaves: the right person, a ready file, the journal first, and headers that let nothing run (SEC-44)."""

import io
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.http import StreamingHttpResponse
from django.test import Client

from documents import coffre
from documents.envoi import D_UN_BLOC, servir
from documents.models import Fichier
from documents.reception import MAX_PAR_DOSSIER, PIECES, Accueil, FichierRefuse, recevoir
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from dossiers.pieces import joindre
from journal.models import Entree
from tests.distribution import NOMS, Distribution
from tests.documents.corpus import pdf
from tests.rapport import consigner
from tests.signalements.situation import brouillon, transmis
from transitions.workflow import TransitionRefusee

pytestmark = pytest.mark.django_db

SECRET = b"CANARI-DE-FICHIER"
# Everybody who may read one of them, the author’s colleagues and neighbours, and strangers.
LECTEURS = sorted({"soignante", "parquet", "parquet2", *NOMS[:26]})
STATUTS = ("pret", "en_attente", "refuse", "efface", "perdu", "cle_perdue")


def _pieces(dossier: Dossier, acteur: Any, destinataire: Any) -> dict[tuple[str, str], Piece]:
    """For each status, a piece handed to the parquet and one that its author kept."""
    pieces = {}
    for statut in STATUTS:
        for a_qui, services in (("remise", [destinataire]), ("gardee", [])):
            fichier = coffre.deposer(b"%PDF-1.7 " + SECRET, extension="pdf", type_mime="application/pdf")
            pieces[statut, a_qui] = joindre(
                dossier=dossier,
                intitule="Pièce",
                classe=Classe.MEDICAL,
                fichier=fichier,
                acteur=acteur,
                remise_a=services,
            )
            if statut == "efface":
                coffre.effacer(fichier)
            elif statut == "perdu":
                default_storage.delete(coffre.nom(fichier, coffre.SERVI))
            elif statut == "cle_perdue":
                fichier.cle_fichier.delete()
            elif statut != "pret":
                Fichier.objects.filter(pk=fichier.pk).update(etat_fichier=statut)
    return pieces


def test_seul_un_fichier_pret_est_servi_et_seulement_a_qui_y_a_droit(distribution: Distribution) -> None:
    soignante, parquet = distribution.acteur("soignante"), distribution.service("PARQUET-PERM")
    pieces = _pieces(transmis(soignante), soignante, parquet)
    cases, servis, mauvais = 0, [], []
    for nom in (None, *LECTEURS):
        client = Client() if nom is None else distribution.client_eleve(nom)
        for (statut, a_qui), piece in pieces.items():
            reponse = client.get(f"/pieces/{piece.cle}/")
            cases += 1
            # parquet2 holds the same desk as the parquet: the piece is addressed to the desk.
            permis = nom == "soignante" or (a_qui == "remise" and nom in {"parquet", "parquet2"})
            attendu = 302 if nom is None else 200 if permis and statut == "pret" else 404
            if reponse.status_code != attendu or (SECRET in reponse.content) != (attendu == 200):
                mauvais.append((nom, statut, a_qui, reponse.status_code))
            elif attendu == 200:
                servis.append(reponse)
    consigner("sec-44", cases=cases, mal_servies=len(mauvais))
    assert mauvais == []
    assert len(servis) == 4
    assert cases >= 300
    assert Entree.objects.filter(action="telecharger").count() == len(servis)


def test_ce_qui_part_ne_peut_rien_executer_ni_rester_en_memoire(distribution: Distribution) -> None:
    soignante = distribution.acteur("soignante")
    piece = transmis(soignante).pieces.get()
    reponse = distribution.client("soignante").get(f"/pieces/{piece.cle}/", headers={"Range": "bytes=0-3"})
    assert reponse.status_code == 200, "jamais un morceau"
    assert "Content-Range" not in reponse
    assert reponse["Accept-Ranges"] == "none"
    assert reponse["Content-Type"] == "application/pdf"
    assert reponse["Content-Disposition"] == (
        f'attachment; filename="{piece.dossier.reference}-{str(piece.cle)[:8]}.pdf"'
    ), "un nom opaque"
    assert "sandbox" in reponse["Content-Security-Policy"]
    assert "default-src 'none'" in reponse["Content-Security-Policy"]
    assert reponse["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in reponse["Cache-Control"]


def test_une_piece_sous_pli_demande_de_se_confirmer_et_celle_qu_on_a_deposee_non(distribution: Distribution) -> None:
    piece = transmis(distribution.acteur("soignante")).pieces.get()
    assert distribution.client("soignante").get(f"/pieces/{piece.cle}/").status_code == 200
    refus = distribution.client("parquet").get(f"/pieces/{piece.cle}/")
    assert refus.status_code == 302
    assert refus["Location"].startswith("/confirmer/")
    assert not Entree.objects.filter(action="telecharger", acteur=distribution.acteur("parquet").cle).exists()


def test_une_piece_en_cours_de_controle_le_dit_et_ne_s_ouvre_pas(distribution: Distribution) -> None:
    soignante = distribution.acteur("soignante")
    dossier = brouillon(soignante)
    fichier = coffre.deposer(SECRET, extension="pdf", type_mime="application/pdf", analyse=Fichier.Analyse.NON_ANALYSE)
    piece = joindre(dossier=dossier, intitule="P", classe=Classe.MEDICAL, fichier=fichier, acteur=soignante)
    client = distribution.client("soignante")
    page = client.get(f"/signalements/{dossier.cle}/pieces/").content.decode()
    assert "En cours de contrôle." in page
    assert f'href="/pieces/{piece.cle}/"' not in page
    directe = client.get(f"/pieces/{piece.cle}/")
    assert directe.status_code == 404
    assert "En cours de contrôle." in directe.content.decode()


def test_un_gros_fichier_part_par_morceaux() -> None:
    clair = b"0123456789abcdef" * (D_UN_BLOC // 16 + 5)
    fichier = coffre.deposer(clair, extension="mp4", type_mime="video/mp4")
    reponse = servir(fichier, "images", fichier.cle)
    assert isinstance(reponse, StreamingHttpResponse)
    assert int(reponse["Content-Length"]) == len(clair)
    assert b"".join(reponse) == clair


def test_un_dossier_ne_recoit_pas_plus_de_vingt_pieces(distribution: Distribution) -> None:
    soignante = distribution.acteur("soignante")
    dossier = brouillon(soignante)

    def joindre_une() -> Piece:
        fichier = recevoir("a.pdf", pdf())
        return joindre(dossier=dossier, intitule="P", classe=Classe.MEDICAL, fichier=fichier, acteur=soignante)

    for _ in range(MAX_PAR_DOSSIER):
        joindre_une()
    with pytest.raises(TransitionRefusee, match="Regroupez-les"):
        joindre_une()
    envoye = io.BytesIO(pdf())
    envoye.name = "a.pdf"
    page = distribution.client("soignante").post(
        f"/signalements/{dossier.cle}/pieces/", {"intitule": "Photographie", "fichier": envoye}
    )
    assert "Regroupez-les" in page.content.decode()
    assert dossier.pieces.count() == MAX_PAR_DOSSIER


def test_un_genre_de_piece_a_sa_liste_de_types_et_sa_taille() -> None:
    petit = Accueil({"application/pdf": "pdf"}, taille=1024 * 1024, phrase="Un PDF.")
    with pytest.raises(FichierRefuse, match="1\u00a0Mo"):
        recevoir("a.pdf", pdf() + b" " * 1024 * 1024, petit)
    assert PIECES.taille == 20 * 1024 * 1024
