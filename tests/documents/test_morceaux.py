"""A large file arrives by sealed chunks, resumes after a cut for the same person, and never fills the memory."""

import os
import random
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from documents import coffre, morceaux
from documents.models import Envoi, Fichier
from documents.morceaux import EnvoiRefuse, Suite, ajouter, commencer, terminer
from documents.reception import FILM_LONG, IMAGERIE, MO, FichierRefuse
from documents.rotation import tourner_fichiers
from tests.distribution import Distribution
from tests.fiabilite.ampleur import nombre

pytestmark = pytest.mark.django_db
CONTEXTE = "essai"


def film(taille: int) -> bytes:
    tete = (16).to_bytes(4, "big") + b"ftypisom" + b"\0\0\2\0" + (8).to_bytes(4, "big") + b"moov"
    return tete + (taille - len(tete)).to_bytes(4, "big") + b"mdat" + random.Random(1).randbytes(taille - len(tete) - 8)


def envoyer(envoi: Envoi, titulaire: int, octets: bytes, jusqu_a: int | None = None) -> None:
    for place in range(envoi.recus, len(octets), morceaux.MORCEAU):
        if jusqu_a is not None and place >= jusqu_a:
            return
        morceau = octets[place : place + morceaux.MORCEAU]
        ajouter(cle=envoi.cle, titulaire=titulaire, contexte=CONTEXTE, place=place, octets=morceau)


@pytest.fixture
def moi(distribution: Distribution) -> int:
    return distribution.utilisateur("securite").pk


def ouvrir(titulaire: int, octets: bytes, nom: str = "porte.mp4", accueil=FILM_LONG) -> Envoi:
    return commencer(titulaire=titulaire, contexte=CONTEXTE, nom=nom, taille=len(octets), accueil=accueil)


def test_un_film_coupe_reprend_ou_il_en_etait_et_arrive_entier(moi: int) -> None:
    octets = film(20 * MO + 13)
    envoi = ouvrir(moi, octets)
    envoyer(envoi, moi, octets, jusqu_a=9 * MO)
    repris = ouvrir(moi, octets)
    assert (repris.pk, repris.recus) == (envoi.pk, 16 * MO)
    ajouter(cle=envoi.cle, titulaire=moi, contexte=CONTEXTE, place=0, octets=octets[: 8 * MO])
    with pytest.raises(FichierRefuse, match="pas terminé"):
        terminer(cle=envoi.cle, titulaire=moi, contexte=CONTEXTE, accueil=FILM_LONG)
    envoyer(repris, moi, octets)
    fichier = terminer(cle=envoi.cle, titulaire=moi, contexte=CONTEXTE, accueil=FILM_LONG)
    assert coffre.lire(Fichier.objects.get(pk=fichier.pk)) == octets
    assert not Envoi.objects.exists()


def test_personne_d_autre_ne_continue_l_envoi(moi: int, distribution: Distribution) -> None:
    octets = film(9 * MO)
    envoi = ouvrir(moi, octets)
    autre = distribution.utilisateur("juriste").pk
    with pytest.raises(EnvoiRefuse, match="n’existe plus"):
        ajouter(cle=envoi.cle, titulaire=autre, contexte=CONTEXTE, place=0, octets=octets[: 8 * MO])
    with pytest.raises(EnvoiRefuse, match="n’existe plus"):
        ajouter(cle=envoi.cle, titulaire=moi, contexte="ailleurs", place=0, octets=octets[: 8 * MO])
    assert ouvrir(autre, octets).pk != envoi.pk


def test_un_morceau_de_travers_est_refuse_et_dit_ce_qui_est_attendu(moi: int) -> None:
    octets = film(20 * MO)
    envoi = ouvrir(moi, octets)
    for place, morceau in ((8 * MO, octets[8 * MO : 16 * MO]), (0, octets[:100]), (0, octets[: 8 * MO + 1]), (0, b"")):
        with pytest.raises(EnvoiRefuse) as refus:
            ajouter(cle=envoi.cle, titulaire=moi, contexte=CONTEXTE, place=place, octets=morceau)
        assert refus.value.attendu == 0


def test_rien_de_clair_n_est_range_et_un_morceau_deplace_ne_s_ouvre_pas(moi: int) -> None:
    octets = film(8 * MO)
    envoi = ouvrir(moi, octets)
    envoyer(envoi, moi, octets)
    with default_storage.open(f"morceaux/{envoi.cle.hex}/00000") as range_:
        garde = range_.read()
    assert octets[:64] not in garde
    assert octets[5 * MO : 5 * MO + 64] not in garde


def test_un_envoi_abandonne_est_oublie_avec_ses_octets(moi: int, django_capture_on_commit_callbacks) -> None:
    octets = film(9 * MO)
    envoi = ouvrir(moi, octets)
    envoyer(envoi, moi, octets)
    nom = f"morceaux/{envoi.cle.hex}/00000"
    assert default_storage.exists(nom)
    assert morceaux.balayer() == 0
    Envoi.objects.filter(pk=envoi.pk).update(vu_le=timezone.now() - timedelta(hours=25))
    with django_capture_on_commit_callbacks(execute=True):
        assert morceaux.balayer() == 1
    assert not default_storage.exists(nom)


@pytest.mark.parametrize(("nom", "taille"), [("porte.mp4", 0), ("porte.mp4", 1024 * MO + 1), ("", 10)])
def test_une_taille_impossible_est_refusee_avant_le_premier_octet(moi: int, nom: str, taille: int) -> None:
    with pytest.raises(EnvoiRefuse, match="1024\u00a0Mo"):
        commencer(titulaire=moi, contexte=CONTEXTE, nom=nom, taille=taille, accueil=FILM_LONG)


def test_ce_qui_n_est_pas_un_film_est_refuse_a_la_fin(moi: int) -> None:
    octets = b"%PDF-1.7\n" + bytes(MO)
    envoi = ouvrir(moi, octets)
    envoyer(envoi, moi, octets)
    with pytest.raises(FichierRefuse, match="MP4"):
        terminer(cle=envoi.cle, titulaire=moi, contexte=CONTEXTE, accueil=FILM_LONG)


def test_une_imagerie_dicom_est_recue_et_un_faux_est_refuse(moi: int) -> None:
    vrai = bytes(128) + b"DICM\x02\x00\x00\x00UL\x04\x00" + bytes(MO)
    for octets, nom in ((vrai, "scanner.dcm"), (vrai, "scanner.mp4")):
        envoi = ouvrir(moi, octets, nom, IMAGERIE)
        envoyer(envoi, moi, octets)
        if nom.endswith("dcm"):
            assert terminer(cle=envoi.cle, titulaire=moi, contexte=CONTEXTE, accueil=IMAGERIE).extension == "dcm"
        else:
            with pytest.raises(FichierRefuse, match="DICOM"):
                terminer(cle=envoi.cle, titulaire=moi, contexte=CONTEXTE, accueil=IMAGERIE)


def test_un_antivirus_present_repond_plus_tard_et_rien_n_est_servi_avant(moi: int, settings) -> None:
    settings.ANTIVIRUS, settings.CLAMD = "obligatoire", "/nulle/part"
    octets = film(MO)
    envoi = ouvrir(moi, octets)
    envoyer(envoi, moi, octets)
    fichier = terminer(cle=envoi.cle, titulaire=moi, contexte=CONTEXTE, accueil=FILM_LONG)
    assert not fichier.servi
    with pytest.raises(coffre.FichierIndisponible):
        coffre.ouvrir(fichier)


def test_un_changement_de_cle_maitresse_n_interrompt_pas_l_envoi(moi: int) -> None:
    octets = film(9 * MO)
    envoi = ouvrir(moi, octets)
    envoyer(envoi, moi, octets, jusqu_a=1)
    tourner_fichiers()
    envoi.refresh_from_db()
    envoyer(envoi, moi, octets)
    with Suite(envoi) as suite:
        assert suite.read() == octets


def test_un_long_film_passe_sans_etre_tenu_en_memoire(moi: int, settings, tmp_path: Path) -> None:
    """The peak of this process is reset by the kernel before the stream, and read after it."""
    fichiers = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": fichiers}
    taille, pic = nombre(1024, 200) * MO, "/proc/self/clear_refs"
    tete = film(64)[:24] + (taille - 24).to_bytes(4, "big") + b"mdat"
    envoi = commencer(titulaire=moi, contexte=CONTEXTE, nom="long.mp4", taille=taille, accueil=FILM_LONG)
    if not os.access(pic, os.W_OK):
        pytest.skip("le noyau ne laisse pas remettre le pic à zéro")
    with open(pic, "w") as remise:
        remise.write("5")
    depart = _pic()
    bloc = bytes(morceaux.MORCEAU)
    for place in range(0, taille, morceaux.MORCEAU):
        octets = tete + bloc[len(tete) :] if place == 0 else bloc
        ajouter(cle=envoi.cle, titulaire=moi, contexte=CONTEXTE, place=place, octets=octets)
    fichier = terminer(cle=envoi.cle, titulaire=moi, contexte=CONTEXTE, accueil=FILM_LONG)
    lus = 0
    with coffre.ouvrir(fichier) as flux:
        while morceau := flux.read(MO):
            lus += len(morceau)
    assert lus == taille
    assert _pic() - depart < 60 * 1024


def _pic() -> int:
    with open("/proc/self/status") as etat:
        return next(int(ligne.split()[1]) for ligne in etat if ligne.startswith("VmHWM"))
