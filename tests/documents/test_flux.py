"""Sealed streams and stored files: what was moved, cut or changed does not open (SEC-52)."""

import io
import random
import tempfile

import pytest
from cryptography.exceptions import InvalidTag
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from documents import coffre
from documents.flux import ENTETE, ETIQUETTE, MORCEAU, Lecteur, Reserve, Scelleur
from documents.models import CleFichier, Fichier
from tests.rapport import consigner

CLE = b"k" * 32


def sceller(clair: bytes, lieu: str = "a") -> bytes:
    return Scelleur(io.BytesIO(clair), CLE, lieu).read()


def ouvrir(scelle: bytes, lieu: str = "a") -> bytes:
    return Lecteur(io.BytesIO(scelle), CLE, lieu).read()


@pytest.mark.parametrize("taille", [0, 1, MORCEAU - 1, MORCEAU, MORCEAU + 1, 3 * MORCEAU, 3 * MORCEAU + 7])
def test_ce_qui_est_scelle_se_relit_en_entier_et_de_n_importe_ou(taille: int) -> None:
    clair = random.Random(taille).randbytes(taille)
    lecteur = Lecteur(io.BytesIO(sceller(clair)), CLE, "a")
    assert lecteur.read() == clair
    assert lecteur.taille == taille
    for place in (0, taille // 2, taille):
        lecteur.seek(place)
        assert lecteur.read(100) == clair[place : place + 100]


def test_aucun_octet_change_ne_passe() -> None:
    scelle, petit = sceller(random.Random(1).randbytes(2 * MORCEAU + 9)), sceller(b"x" * 4096)
    r, passes = random.Random(2), 0
    places = [(petit, rang) for rang in range(len(petit))] + [(scelle, r.randrange(len(scelle))) for _ in range(1000)]
    for entier, rang in places:
        change = bytearray(entier)
        change[rang] ^= 1 << r.randrange(8)
        try:
            ouvrir(bytes(change))
            passes += 1
        except InvalidTag:
            pass
    consigner("sec-52-octets", octets_changes=len(places), non_vus=passes)
    assert passes == 0


def test_un_flux_coupe_allonge_ou_remanie_ne_s_ouvre_pas() -> None:
    scelle = sceller(b"x" * (3 * MORCEAU))
    bloc = MORCEAU + ETIQUETTE
    morceaux = [scelle[ENTETE + n * bloc : ENTETE + (n + 1) * bloc] for n in range(3)]
    for faux in (
        scelle[:-1],
        scelle[:-bloc],
        scelle[: ENTETE + bloc],
        scelle + morceaux[0],
        scelle[:ENTETE],
        b"",
        scelle[:ENTETE] + b"".join([morceaux[1], morceaux[0], morceaux[2]]),
        scelle[:ENTETE] + b"".join([morceaux[0], morceaux[0], morceaux[2]]),
    ):
        with pytest.raises(InvalidTag):
            ouvrir(faux)
    with pytest.raises(InvalidTag):
        ouvrir(scelle, "b")


def test_la_reserve_ne_pose_rien_en_clair_sur_le_disque(monkeypatch: pytest.MonkeyPatch) -> None:
    traces = []
    vrai = tempfile.SpooledTemporaryFile

    def espionne(*args: object, **options: object) -> object:
        traces.append(vrai(*args, **options))
        return traces[-1]

    monkeypatch.setattr(tempfile, "SpooledTemporaryFile", espionne)
    reserve = Reserve()
    clair = b"CANARI-EN-CLAIR." * 300_000
    for debut in range(0, len(clair), 70_000):
        reserve.write(clair[debut : debut + 70_000])
    lecteur = reserve.lecture()
    traces[0].seek(0)
    ecrit = traces[0].read()
    assert traces[0]._rolled, "cette taille passe par le disque"
    assert len(ecrit) > len(clair)
    assert b"CANARI" not in ecrit
    assert lecteur.read() == clair
    lecteur.close()


@pytest.mark.django_db
def test_echanger_deux_fichiers_n_en_ouvre_aucun() -> None:
    fichiers = [
        coffre.deposer(bytes([65 + n]) * 500, extension="pdf", type_mime="application/pdf", origine=b"o" * 500)
        for n in range(12)
    ]
    essais = passes = 0
    for un in fichiers:
        for autre in fichiers:
            for genre, autre_genre in ((coffre.SERVI, coffre.SERVI), (coffre.SERVI, coffre.ORIGINE)):
                if un is autre and genre == autre_genre:
                    continue
                essais += 1
                passes += _s_ouvre_a_la_place(un, genre, autre, autre_genre)
    consigner("sec-52-echanges", echanges=essais, acceptes=passes)
    assert passes == 0
    assert essais >= 250


def _s_ouvre_a_la_place(un: Fichier, genre: str, autre: Fichier, autre_genre: str) -> bool:
    """Bytes of one in the place of the other, then with its key as well."""
    nom = coffre.nom(un, genre)
    with default_storage.open(nom) as flux, default_storage.open(coffre.nom(autre, autre_genre)) as intrus:
        avant, faux = flux.read(), intrus.read()
    cle, de_l_autre = CleFichier.objects.get(fichier=un), CleFichier.objects.get(fichier=autre)
    _ecrire(nom, faux)
    ouverts = 0
    for emballee in (cle.emballee, de_l_autre.emballee):
        CleFichier.objects.filter(fichier=un).update(emballee=emballee)
        try:
            coffre.lire(un)
            ouverts += 1
        except InvalidTag:
            pass
    _ecrire(nom, avant)
    CleFichier.objects.filter(fichier=un).update(emballee=cle.emballee)
    return ouverts > 0


def _ecrire(nom: str, octets: bytes) -> None:
    default_storage.delete(nom)
    default_storage.save(nom, ContentFile(octets))


@pytest.mark.django_db
def test_chaque_fichier_a_sa_cle_et_la_perdre_le_perd() -> None:
    premier, second = (coffre.deposer(b"x", extension="pdf", type_mime="application/pdf") for _ in range(2))
    cles = [bytes(cle.emballee) for cle in CleFichier.objects.order_by("pk")]
    assert cles[0] != cles[1]
    CleFichier.objects.filter(fichier=premier).delete()
    with pytest.raises(coffre.FichierIndisponible, match=r"n’existe plus"):
        coffre.lire(premier)
    assert coffre.lire(second) == b"x"
