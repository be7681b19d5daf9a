"""At the end of its life nothing of a case remains, and its stub says why (SEC-69, SEC-71)."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import environ
import pytest
import redis
import time_machine
from django.conf import settings
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from convention import quatre_yeux
from convention.models import DemandeDouble
from documents import coffre
from documents.models import Effacement, Fichier
from dossiers.conservation import verbes
from dossiers.conservation.balayage import demander_le_balayage
from dossiers.models import Brouillon, Conservation, Dossier, Participation
from journal.models import Entree
from lanceur.binaires import trouver_binaires
from notifications.models import Avis
from tests.canari import jetons_dans
from tests.coffre_ouvert import lire as lire_fichier
from tests.contrats.fabrique import fabriques
from tests.distribution import Distribution
from tests.dossiers.farce import en_clair, farcir, jeton
from tests.rapport import consigner

PARIS = ZoneInfo("Europe/Paris")
DEBUT = datetime(2026, 11, 23, 9, 0, tzinfo=PARIS)
MOTIF = "La durée de conservation de la règle est écoulée."


@pytest.fixture
def disque(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sealed files on a real disk."""
    reglages = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    with pytest.MonkeyPatch.context() as monde:
        monde.setitem(storages.backends, "default", reglages)
        storages._storages.pop("default", None)
        monkeypatch.setattr("documents.coffre.default_storage", storages["default"])
        yield tmp_path
    storages._storages.pop("default", None)


def depot_de_la_base() -> bytes:
    """`pg_dump` of the test database by the cluster's superuser, whom no row-level security stops."""
    base = environ.Env.db_url_config(os.environ["DATABASE_URL_SUPERUTILISATEUR"])
    prise = base["HOST"] or base.get("OPTIONS", {}).get("host")
    fini = subprocess.run(
        [trouver_binaires()[1] / "pg_dump", f"--host={prise}", f"--port={base['PORT'] or 5432}", "--inserts",
         f"--username={base['USER']}", f"--dbname={connection.settings_dict['NAME']}"],
        capture_output=True, check=True, env={"PATH": os.defpath, "PGPASSWORD": str(base["PASSWORD"])},
    )  # fmt: skip
    return fini.stdout


def memoire_vive() -> bytes:
    if not settings.REDIS_URL:
        return b""
    client = redis.Redis.from_url(settings.REDIS_URL)
    morceaux = []
    for cle in client.scan_iter():
        with suppress(redis.ResponseError):
            morceaux += [cle, client.dump(cle) or b""]
    return b"".join(morceaux)


def en_octets(depot: bytes) -> Iterator[bytes]:
    """The dump by lines, hexadecimal columns decoded too."""
    yield depot
    for morceau in depot.split(b"'\\x")[1:]:
        with suppress(ValueError):
            yield bytes.fromhex(morceau.split(b"'")[0].decode())


def canaris(disque: Path) -> dict[str, int]:
    """Where canaries stand: the dump, the sealed columns once opened, what opens of the files, Redis."""
    ouverts = b""
    for fichier in Fichier.objects.all():
        with suppress(coffre.FichierIndisponible):
            ouverts += lire_fichier(fichier)
    depot = b"\n".join(en_octets(depot_de_la_base()))
    return {
        "base": depot.count(b"canari"),
        "scelle": en_clair().count("canari"),
        "fichiers": ouverts.count(b"canari"),
        "disque": sum(b"canari" in chemin.read_bytes() for chemin in disque.rglob("*") if chemin.is_file()),
        "redis": memoire_vive().count(b"canari"),
    }


def passer_le(jour: datetime, travailler: Callable[[], int]) -> None:
    """The worker's day: the beat asks for the scan, the outbox is emptied."""
    with time_machine.travel(jour, tick=False):
        demander_le_balayage()
        for _ in range(5):
            if not travailler():
                break


def approuver(decision: object, distribution: Distribution, qui: str = "juriste") -> None:
    demande = DemandeDouble.objects.get(objet=decision.cle)
    quatre_yeux.approuver(demande=demande, contenu=verbes.contenu_de(decision.cle), acteur=distribution.acteur(qui))


def clore(dossier: Dossier) -> None:
    Dossier.objects.filter(pk=dossier.pk).update(phase="clos", clos_le=timezone.now(), clos_par=dossier.cree_par)


def ouvrir_les_trois(distribution: Distribution, travailler: Callable[[], int]) -> dict[str, Dossier]:
    """A closed case of each nature, stuffed with canaries, its notices sent."""
    call_command("charger_conservation", stdout=StringIO())
    temoin = distribution.utilisateur("cadre")
    for nom in ("dpo", "juriste", "archives", "parquet"):
        distribution.utilisateur(nom)
    dossiers = {fabrique.nature: fabrique.ouvrir(distribution) for fabrique in fabriques().values()}
    porteurs = set()
    for dossier in dossiers.values():
        porteurs |= farcir(dossier, temoin)
        Brouillon.objects.get_or_create(
            dossier=dossier, defaults={"proprietaire": temoin, "genre": "farce", "donnees": {"p": jeton()}}
        )
    travailler()
    for dossier in dossiers.values():
        clore(dossier)
    assert len(porteurs) >= 15, sorted(porteurs)
    return dossiers


@pytest.mark.django_db(transaction=True)
def test_a_la_fin_de_sa_vie_il_ne_reste_aucun_canari(
    distribution: Distribution, travailler: Callable[[], int], disque: Path
) -> None:
    with time_machine.travel(DEBUT, tick=False):
        dossiers = ouvrir_les_trois(distribution, travailler)
    avant = canaris(disque)
    assert avant["base"] > 30
    assert avant["scelle"] > 30
    assert avant["fichiers"] > 5
    demain = DEBUT + timedelta(days=1)
    passer_le(demain, travailler)
    oublis = 0
    while Conservation.objects.filter(detruit_le=None).exists():
        suivi = Conservation.objects.filter(detruit_le=None).order_by("echeance").select_related("dossier").first()
        terme = datetime.combine(suivi.echeance, datetime.min.time(), PARIS) + timedelta(hours=9)
        passer_le(datetime.combine(suivi.archivage, datetime.min.time(), PARIS) + timedelta(hours=9), travailler)
        assert Dossier.objects.get(pk=suivi.dossier_id).phase == "archive"
        passer_le(terme - timedelta(days=31), travailler)
        oublis += Avis.objects.filter(cle_unique__startswith=f"conservation:avis:{suivi.cle}").count()
        passer_le(terme - timedelta(days=30), travailler)
        oublis += not Avis.objects.filter(cle_unique__startswith=f"conservation:avis:{suivi.cle}").exists()
        passer_le(terme - timedelta(days=1), travailler)
        suivi.refresh_from_db()
        assert suivi.propose is None
        passer_le(terme, travailler)
        suivi.refresh_from_db()
        assert suivi.propose == terme.date()
        assert Dossier.objects.get(pk=suivi.dossier_id).participations.exists()
        with time_machine.travel(terme + timedelta(hours=1), tick=False):
            decision = verbes.demander_destruction(suivi=suivi, motif=MOTIF, acteur=distribution.acteur("dpo"))
            travailler()
            assert Dossier.objects.get(pk=suivi.dossier_id).participations.exists(), "une seule personne a décidé"
            approuver(decision, distribution)
            travailler()
            travailler()
    apres = canaris(disque)
    for dossier in dossiers.values():
        souche = Conservation.objects.select_related("regle").get(dossier=dossier)
        assert souche.reference == Dossier.objects.get(pk=dossier.pk).reference
        assert souche.regle.version == 1
        entree = Entree.objects.get(action="detruire", cle=dossier.cle)
        assert (entree.resultat, str(souche.regle) in entree.contenu) == ("fait", True)
        assert not Participation.objects.filter(content_object=dossier).exists()
    assert Fichier.objects.exclude(etat_fichier="efface").count() == 0
    assert Effacement.objects.count() == Fichier.objects.count()
    assert [chemin for chemin in disque.rglob("*") if chemin.is_file()] == []
    assert apres == dict.fromkeys(apres, 0)
    assert jetons_dans(b"".join(ligne for ligne in depot_de_la_base().splitlines() if b"dossiers_" in ligne)) == set()
    assert oublis == 0
    consigner("sec-69", natures=len(dossiers), canaris_avant=sum(avant.values()), canaris_apres=sum(apres.values()))
    consigner("sec-71", natures=len(dossiers), avertissements_oublies=oublis)
