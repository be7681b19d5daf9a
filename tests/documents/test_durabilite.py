"""Killed at any line, rotated, erased, restored: no row without its file, no file without its key, nothing unreadable."""

import base64
import io
import secrets
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.utils import timezone

from documents import cles, coffre, rotation
from documents.models import CleFichier, Effacement, Fichier
from documents.rapprochement import rapprocher
from documents.reception import recevoir
from dossiers.management.commands.tourner_cles import PORTEE
from tests.coffre_ouvert import lire
from tests.conftest import connexion_superutilisateur
from tests.distribution import Distribution
from tests.documents.corpus import pdf, photo
from tests.documents.mort_subite import mourir_a_la_ligne
from tests.rapport import consigner
from tests.signalements.situation import transmis

FICHIERS = 10_000
CODE = ("/documents/coffre", "/documents/flux", "/documents/cles", "/files/storage/", "/db/transaction")


@pytest.fixture
def disque(settings: Any, tmp_path: Path) -> Path:
    """A real folder in the place of the tests' memory."""
    dossier = tmp_path / "fichiers"
    local = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": dossier}}
    settings.STORAGES = {**settings.STORAGES, "default": local}
    return dossier


def _deposer_deux() -> None:
    with transaction.atomic():
        recevoir("a.jpg", photo())


@pytest.mark.django_db(transaction=True)
def test_tue_a_cent_endroits_entre_les_octets_et_la_base(disque: Path, time_machine: Any) -> None:
    lignes = mourir_a_la_ligne(0, CODE, _deposer_deux)
    assert Fichier.objects.count() == 1
    points = sorted({1 + rang * (lignes - 1) // 99 for rang in range(100)})
    for point in points:
        mourir_a_la_ligne(point, CODE, _deposer_deux)
    manquants = rapprocher().manquants
    for fichier in Fichier.objects.all():
        assert lire(fichier)
        assert coffre.ouvrir_origine(fichier).read() == photo()
    restes = [chemin for chemin in disque.rglob("*") if chemin.is_file()]
    orphelins = len(restes) - 2 * Fichier.objects.count()
    assert orphelins > 0, "les coups ont bien laissé des octets sans ligne"
    time_machine.move_to(timezone.now() + timedelta(hours=25))
    assert rapprocher().orphelins == orphelins
    assert rapprocher().orphelins == 0
    assert len([chemin for chemin in disque.rglob("*") if chemin.is_file()]) == 2 * Fichier.objects.count()
    consigner("rel-11", coups=len(points), lignes_sans_fichier=len(manquants), orphelins_apres=0)
    assert len(points) == 100
    assert manquants == []


@pytest.mark.django_db(transaction=True)
def test_le_rapprochement_nomme_ce_qui_manque_et_libere_ce_que_rien_n_emploie(
    disque: Path, distribution: Distribution, time_machine: Any
) -> None:
    dossier = transmis(distribution.acteur("soignante"))
    employe, libre = dossier.pieces.get().fichier, recevoir("a.pdf", pdf())
    time_machine.move_to(timezone.now() + timedelta(days=33))
    call_command("reconcilier_fichiers")
    libre.refresh_from_db()
    employe.refresh_from_db()
    assert (libre.etat_fichier, employe.etat_fichier) == ("efface", "pret")
    default_storage.delete(coffre.nom(employe, coffre.SERVI))
    with pytest.raises(CommandError, match=employe.cle.hex):
        call_command("reconcilier_fichiers")


def _anneau(*noms: str) -> dict[str, str]:
    return {nom: f"{nom}:{base64.b64encode(secrets.token_bytes(32)).decode()}" for nom in noms}


def _valeurs() -> list[Any]:
    """Every sealed value of the database, opened."""
    return [
        [getattr(ligne, champ.name) for ligne in modele._base_manager.order_by("pk")]
        for modele, champ in rotation.champs()
    ]


@pytest.mark.django_db(transaction=True)
def test_tourner_les_cles_survit_a_vingt_coups_puis_l_ancienne_cle_se_retire(
    disque: Path, settings: Any, distribution: Distribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    anneau = _anneau("k1", "k2")
    settings.CLE_MAITRESSE = anneau["k1"]
    transmis(distribution.acteur("soignante"))
    with transaction.atomic():
        for rang in range(FICHIERS):
            coffre.deposer(b"%d" % rang, extension="pdf", type_mime="application/pdf")
    avant = _valeurs()
    fige = [chemin.read_bytes() for chemin in sorted(disque.rglob("*")) if chemin.is_file()]
    settings.CLE_MAITRESSE = f"{anneau['k2']}\n{anneau['k1']}"
    monkeypatch.setattr(rotation, "LOT", 50)
    lignes = ("/documents/rotation", "/documents/cles", "/documents/chiffrement")
    for coup in range(20):
        mourir_a_la_ligne(130 + 350 * coup, lignes, _tourner)
        assert _illisibles(un_sur=500) == 0, "entre deux coups, tout se lit"
    assert CleFichier.objects.filter(kid="k2").count() > 20, "ce qui était fait le reste"
    assert "k1" in rotation.restes(PORTEE)
    call_command("tourner_cles")
    assert rotation.restes(PORTEE) == set()
    settings.CLE_MAITRESSE = anneau["k2"]
    illisibles = _illisibles()
    assert _valeurs() == avant, "les lettres figées et leur histoire se lisent, inchangées"
    assert [chemin.read_bytes() for chemin in sorted(disque.rglob("*")) if chemin.is_file()] == fige
    settings.CLE_MAITRESSE = anneau["k1"]
    with pytest.raises(cles.CleInconnue):
        lire(Fichier.objects.earliest("pk"))
    consigner("sec-54", fichiers=Fichier.objects.count(), coups=20, illisibles=illisibles)
    assert illisibles == 0


def _tourner() -> None:
    rotation.tourner_fichiers()
    rotation.tourner_champs(PORTEE)


def _illisibles(un_sur: int = 1) -> int:
    perdus = 0
    for fichier in Fichier.objects.order_by("pk")[::un_sur]:
        try:
            lire(fichier)
        except Exception:
            perdus += 1
    return perdus


@pytest.mark.django_db(transaction=True)
def test_un_fichier_efface_le_reste_apres_la_restauration_d_une_sauvegarde_plus_ancienne(
    disque: Path, tmp_path: Path
) -> None:
    fichiers = [recevoir("a.pdf", pdf()) for _ in range(24)]
    shutil.copytree(disque, tmp_path / "sauvegarde")
    cles_sauvees = list(CleFichier.objects.values())
    for fichier in fichiers[:20]:
        coffre.effacer(fichier, motif="essai")
        coffre.effacer(fichier, motif="deux fois ne change rien")
        with pytest.raises(coffre.FichierIndisponible, match="Effacé"):
            lire(fichier)
    assert not list(disque.rglob(f"{fichiers[0].cle.hex}*")), "les octets partent aussi"
    registre = tmp_path / "registre.txt"
    call_command("rejouer_effacements", exporter=registre)
    with connexion_superutilisateur() as superutilisateur:
        superutilisateur.execute("SET session_replication_role = replica")
        superutilisateur.execute("DELETE FROM documents_effacement")
    shutil.rmtree(disque)
    shutil.copytree(tmp_path / "sauvegarde", disque)
    CleFichier.objects.all().delete()
    CleFichier.objects.bulk_create(CleFichier(**ligne) for ligne in cles_sauvees)
    Fichier.objects.update(etat_fichier="pret")
    assert lire(Fichier.objects.get(pk=fichiers[0].pk)), "la sauvegarde le ressusciterait"
    call_command("rejouer_effacements", registre)
    lisibles = sum(_lisible(fichier) for fichier in fichiers[:20])
    consigner("sec-55", effaces=20, lisibles_apres_restauration=lisibles)
    assert lisibles == 0
    assert all(_lisible(fichier) for fichier in fichiers[20:])
    assert Effacement.objects.count() == 20


def _lisible(fichier: Fichier) -> bool:
    fichier = Fichier.objects.get(pk=fichier.pk)
    fichier.etat_fichier = Fichier.Etat.PRET
    try:
        return bool(lire(fichier))
    except coffre.FichierIndisponible:
        return False


@pytest.mark.django_db(transaction=True)
def test_la_cle_maitresse_n_est_ni_dans_la_base_ni_dans_les_fichiers_ni_dans_les_processus(
    disque: Path, settings: Any, distribution: Distribution
) -> None:
    brute = secrets.token_bytes(32)
    settings.CLE_MAITRESSE = f"k1:{base64.b64encode(brute).decode()}"
    transmis(distribution.acteur("soignante"))
    recevoir("a.pdf", pdf())
    formes = [brute, brute.hex().encode(), base64.b64encode(brute), base64.urlsafe_b64encode(brute)]
    with connection.cursor() as curseur:
        curseur.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [nom for (nom,) in curseur.fetchall()]
        vidage = io.BytesIO()
        for table in tables:
            curseur.execute(f'SELECT t::text FROM "{table}" AS t')
            vidage.write("\n".join(ligne for (ligne,) in curseur.fetchall()).encode())
    lieux = {"base": vidage.getvalue()}
    lieux["fichiers"] = b"".join(chemin.read_bytes() for chemin in disque.rglob("*") if chemin.is_file())
    lieux["processus"] = b"".join(_lire(chemin) for chemin in Path("/proc").glob("[0-9]*/cmdline"))
    trouvees = [(lieu, rang) for lieu, octets in lieux.items() for rang, forme in enumerate(formes) if forme in octets]
    consigner("sec-53", formes=len(formes), lieux=len(lieux), trouvees=len(trouvees))
    assert trouvees == []
    assert len(lieux["base"]) > 50_000


def _lire(chemin: Path) -> bytes:
    try:
        return chemin.read_bytes()
    except OSError:
        return b""
