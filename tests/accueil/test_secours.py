"""The crisis pack: what it holds for each house, who takes it away, and when a new one is made."""

import hashlib
import io
import time
import zipfile
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from accueil.models import PackSecours
from accueil.secours import pieces, taches
from accueil.secours.composition import GARDES, composer
from convention.acteur import lecteur_de
from convention.models import Institution, Permanence, Service
from documents import coffre
from documents.models import Fichier
from dossiers.papier import lire_numero
from fiches.chargement import charger
from journal.models import Entree
from notifications.models import Envoi
from tests import imprime
from tests.canari import jetons_dans
from tests.coffre_ouvert import lire as lire_fichier
from tests.distribution import DONNEES, Distribution

pytestmark = pytest.mark.django_db
CANARI_SERVICE, CANARI_TITULAIRE = "canari0123456789ab", "canariba9876543210"


@pytest.fixture
def maison(distribution: Distribution, monkeypatch: pytest.MonkeyPatch) -> Distribution:
    """Two sheets are enough, in a house where a ward and a person on duty carry a canary."""
    charger(DONNEES)
    service = Service.objects.get(code="CHV-URG")
    service.nom = f"Service {CANARI_SERVICE}"
    service.save()
    garde = distribution.utilisateur("garde")
    garde.nom = CANARI_TITULAIRE
    garde.save()
    debut = timezone.now() + timedelta(days=2)
    for heures in (0, 12):
        depart = debut + timedelta(hours=heures)
        Permanence.objects.create(
            service=service, titulaire=garde, debut=depart, fin=depart + timedelta(hours=8), telephone="0353014099"
        )
    tout = pieces.en_vigueur
    monkeypatch.setattr(pieces, "en_vigueur", lambda: tout().filter(fiche__numero__in=[1, 11]))
    return distribution


def ouvrir(code: str, le: datetime | None = None) -> tuple[PackSecours, zipfile.ZipFile]:
    pack = composer(Institution.objects.get(code=code), le)
    return pack, zipfile.ZipFile(io.BytesIO(lire_fichier(pack.fichier)))


def _jetons(archive: zipfile.ZipFile) -> set[str]:
    """The canaries of every file, text and properties of the PDFs included."""
    trouves: set[str] = set()
    for nom in archive.namelist():
        octets = archive.read(nom)
        if octets.startswith(b"%PDF"):
            octets = (imprime.texte(octets) + repr(PdfReader(io.BytesIO(octets)).metadata)).encode()
        trouves |= jetons_dans(octets)
    return trouves


def elever(client: Any) -> Any:
    session = client.session
    session["eleve_le"] = int(time.time())
    session.save()
    return client


def test_le_pack_de_l_hopital_se_suffit(maison: Distribution) -> None:
    _, archive = ouvrir("CHV")
    noms = set(archive.namelist())
    assert {"index.html", "LISEZ-MOI.txt", "EMPREINTES.txt", "gardes-et-numeros.pdf"} <= noms
    assert {"fiches/fiche-01.pdf", "fiches/fiche-11.pdf", "poche/fiche-01.pdf", "poche/fiche-11.pdf"} <= noms
    assert sum(nom.startswith("formulaires/") for nom in noms) == 10
    index = archive.read("index.html").decode()
    assert "<script" not in index
    assert "http" not in index
    for nom in noms - {"index.html", "LISEZ-MOI.txt", "EMPREINTES.txt"}:
        assert f'href="{nom}"' in index, nom
        assert archive.read(nom).startswith(b"%PDF"), nom
    for ligne in archive.read("EMPREINTES.txt").decode().splitlines():
        empreinte, nom = ligne.split("  ")
        assert hashlib.sha256(archive.read(nom)).hexdigest() == empreinte

    assert _jetons(archive) == {CANARI_SERVICE, CANARI_TITULAIRE}
    papier = next(nom for nom in noms if nom.startswith("formulaires/sig"))
    numeros = {lu.texte for mot in imprime.texte(archive.read(papier)).split() if (lu := lire_numero(mot))}
    assert len(numeros) == 5, "chaque papier porte un numéro qui se relit"
    assert all(numero.startswith(f"P-SIG-{timezone.localdate():%y%m%d}-CHV-") for numero in numeros)


@pytest.mark.parametrize("code", ["POLICE", "PARQUET"])
def test_un_partenaire_ne_lit_ni_les_services_ni_les_papiers_de_l_hopital(maison: Distribution, code: str) -> None:
    _, archive = ouvrir(code)
    assert _jetons(archive) == set()
    texte = imprime.texte(archive.read("gardes-et-numeros.pdf"))
    assert "Urgences pédiatriques" not in texte
    assert "03 53 01 40 99" in texte, "le numéro de garde reste joignable"
    papiers = [nom for nom in archive.namelist() if nom.startswith("formulaires/")]
    assert papiers
    assert not [nom for nom in papiers if "sig-" in nom or "req-" in nom]


def test_les_memes_pieces_a_la_meme_heure_donnent_le_meme_zip(maison: Distribution) -> None:
    le = timezone.now()
    (premier, _), (second, _) = ouvrir("POLICE", le), ouvrir("POLICE", le)
    assert lire_fichier(premier.fichier) == lire_fichier(second.fichier)


def test_les_sept_derniers_sont_gardes_et_les_autres_effaces(maison: Distribution, monkeypatch: Any) -> None:
    from accueil.secours import composition

    monkeypatch.setattr(composition, "rassembler", lambda institution, le: [])
    hopital = Institution.objects.get(code="CHV")
    packs = [composer(hopital, timezone.now() - timedelta(days=10 - rang)) for rang in range(GARDES + 2)]
    assert list(PackSecours.objects.all()) == packs[:1:-1]
    effaces = Fichier.objects.filter(pk__in=[pack.fichier_id for pack in packs[:2]])
    assert {fichier.etat_fichier for fichier in effaces} == {Fichier.Etat.EFFACE}


def _pack_vide(code: str, le: datetime) -> PackSecours:
    pack = PackSecours(institution=Institution.objects.get(code=code), produit_le=le)
    pack.fichier = coffre.deposer(b"PK", extension="zip", type_mime="application/zip", attache=pack.cle)
    pack.save()
    return pack


def test_la_page_avertit_quand_le_pack_a_plus_de_36_heures(distribution: Distribution) -> None:
    client = distribution.client("cadre")
    assert "Aucun pack" in client.get(reverse("accueil:secours")).content.decode()
    _pack_vide("CHV", timezone.now() - timedelta(hours=35))
    assert "plus de 36 heures" not in client.get(reverse("accueil:secours")).content.decode()
    PackSecours.objects.update(produit_le=timezone.now() - timedelta(hours=37))
    assert "plus de 36 heures" in client.get(reverse("accueil:secours")).content.decode()


@pytest.mark.parametrize(("nom", "statut"), [("garde", 200), ("cadre", 200), ("referente", 200), ("soignante", 403)])
def test_seuls_ceux_qui_tiennent_la_maison_emportent_le_pack(distribution: Distribution, nom: str, statut: int) -> None:
    adresse = reverse("accueil:secours_telecharger", args=[_pack_vide("CHV", timezone.now()).cle])
    assert elever(distribution.client(nom)).get(adresse).status_code == statut
    assert Entree.objects.filter(action="telecharger", objet="secours").exists() == (statut == 200)


def test_un_partenaire_emporte_le_sien_et_ne_trouve_pas_celui_des_autres(distribution: Distribution) -> None:
    client = elever(distribution.client("opj"))
    sien, autre = _pack_vide("POLICE", timezone.now()), _pack_vide("CHV", timezone.now())
    assert client.get(reverse("accueil:secours_telecharger", args=[sien.cle])).status_code == 200
    assert client.get(reverse("accueil:secours_telecharger", args=[autre.cle])).status_code == 404


def test_emporter_redemande_une_preuve_d_identite(distribution: Distribution) -> None:
    pack = _pack_vide("CHV", timezone.now())
    reponse = distribution.client("cadre").get(reverse("accueil:secours_telecharger", args=[pack.cle]))
    assert reponse.status_code == 302
    assert reverse("accounts:elever") in reponse["Location"]


def test_demander_deux_fois_prepare_une_fois(distribution: Distribution) -> None:
    client = distribution.client("cadre")
    for _ in range(2):
        client.post(reverse("accueil:secours_preparer"))
    assert Envoi.objects.filter(sujet="secours.composer").count() == 1
    assert distribution.client("soignante").post(reverse("accueil:secours_preparer")).status_code == 403


@pytest.mark.parametrize(("heure", "attendus"), [(1, 0), (2, 1), (5, 1), (6, 0), (14, 0)])
def test_le_pack_se_fait_la_nuit(db: None, heure: int, attendus: int) -> None:
    with time_machine.travel(datetime(2026, 11, 26, heure, 30, tzinfo=ZoneInfo("Europe/Paris")), tick=False):
        taches.tour_des_packs()
        taches.tour_des_packs()
    assert Envoi.objects.filter(sujet="secours.preparer").count() == attendus


def test_une_nuit_manquee_se_rattrape(distribution: Distribution) -> None:
    with time_machine.travel(datetime(2026, 11, 26, 14, 0, tzinfo=ZoneInfo("Europe/Paris")), tick=False):
        _pack_vide("CHV", timezone.now() - timedelta(hours=27))
        taches.tour_des_packs()
    assert Envoi.objects.filter(sujet="secours.preparer").count() == 1


def test_le_travailleur_fait_un_pack_par_institution(
    maison: Distribution, travailler: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    from accueil.secours import composition

    monkeypatch.setattr(composition, "rassembler", lambda institution, le: [])
    maison.utilisateur("opj")
    taches.preparer({})
    travailler()
    assert {pack.institution.code for pack in PackSecours.objects.all()} == {"CHV", "POLICE"}


def test_un_lecteur_d_avance_ne_nomme_personne_hors_de_chez_lui(maison: Distribution) -> None:
    tours = pieces.gardes(lecteur_de(Institution.objects.get(code="POLICE")), timezone.now())
    assert {tour.titulaire for tour in tours if "Centre" in tour.service or "Hôpital" in tour.service} <= {""}
