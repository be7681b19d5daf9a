"""Large files by chunks: sealed on arrival, resumed by the same person, put together without being held in memory."""

import io
import uuid
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from documents.cles import deballer, emballer, nouvelle_cle
from documents.flux import Lecteur, Scelleur
from documents.models import Envoi, Fichier
from documents.reception import MO, Accueil, FichierRefuse, recevoir

MORCEAU = 8 * MO
PATIENCE = timedelta(hours=24)
OUVERTS = 3
PERDU = "Cet envoi n’existe plus. Choisissez de nouveau le fichier."


class EnvoiRefuse(Exception):
    """The message is the sentence to show; `attendu` is the next byte that the server wants, when it wants one."""

    def __init__(self, message: str, attendu: int | None = None) -> None:
        super().__init__(message)
        self.attendu = attendu


@transaction.atomic
def commencer(*, titulaire: int, contexte: str, nom: str, taille: int, accueil: Accueil) -> Envoi:
    """A new upload, or the one that the same person left of the same file for the same purpose."""
    if not nom or not 0 < taille <= accueil.taille:
        raise EnvoiRefuse(f"Ce fichier dépasse {accueil.taille // MO}\u00a0Mo, ou il est vide. Choisissez-en un autre.")
    ouverts = list(Envoi.objects.select_for_update().filter(titulaire_id=titulaire))
    for envoi in ouverts:
        if (envoi.contexte, envoi.nom, envoi.taille) == (contexte, nom, taille):
            return envoi
    for ancien in ouverts[OUVERTS - 1 :]:
        effacer(ancien)
    envoi = Envoi(titulaire_id=titulaire, contexte=contexte, nom=nom, taille=taille)
    envoi.kid, envoi.emballee = emballer(nouvelle_cle(), envoi.lien)
    envoi.save()
    return envoi


def trouver(*, cle: uuid.UUID, titulaire: int, contexte: str) -> Envoi:
    """The upload, locked, for its owner and its purpose only; anything else does not exist."""
    envoi = Envoi.objects.select_for_update().filter(cle=cle, titulaire_id=titulaire, contexte=contexte).first()
    if envoi is None:
        raise EnvoiRefuse(PERDU)
    return envoi


@transaction.atomic
def ajouter(*, cle: uuid.UUID, titulaire: int, contexte: str, place: int, octets: bytes) -> Envoi:
    """Seal one chunk at its place. One already received is not written twice: a cut answer costs nothing."""
    envoi = trouver(cle=cle, titulaire=titulaire, contexte=contexte)
    if place < envoi.recus and place % MORCEAU == 0:
        return envoi
    if place != envoi.recus or len(octets) != min(MORCEAU, envoi.taille - place):
        raise EnvoiRefuse("Ce morceau n’est pas celui qui est attendu.", envoi.recus)
    rang = place // MORCEAU
    default_storage.delete(_nom(envoi, rang))
    scelle: Any = Scelleur(io.BytesIO(octets), _cle(envoi), _lieu(envoi, rang))
    default_storage.save(_nom(envoi, rang), File(scelle, name=envoi.cle.hex))
    envoi.recus += len(octets)
    envoi.save(update_fields=["recus", "vu_le"])
    return envoi


def terminer(*, cle: uuid.UUID, titulaire: int, contexte: str, accueil: Accueil) -> Fichier:
    """Check the whole and seal it as one file; raises FichierRefuse. Refused or kept, its chunks are gone."""
    with transaction.atomic():
        try:
            envoi = trouver(cle=cle, titulaire=titulaire, contexte=contexte)
        except EnvoiRefuse as absent:
            raise FichierRefuse(str(absent)) from absent
        if envoi.recus != envoi.taille:
            raise FichierRefuse("L’envoi n’est pas terminé. Choisissez de nouveau le fichier\u00a0: il reprend.")
        refus: FichierRefuse | None = None
        with Suite(envoi) as suite:
            try:
                fichier = recevoir(envoi.nom, suite, accueil, differer=True)
            except FichierRefuse as erreur:
                refus = erreur
        effacer(envoi)
    if refus:
        raise refus
    return fichier


def effacer(envoi: Envoi) -> None:
    """The key goes with the row; the sealed bytes follow once that is certain."""
    noms = [_nom(envoi, rang) for rang in range(-(-envoi.taille // MORCEAU))]
    envoi.delete()
    for nom in noms:
        transaction.on_commit(partial(default_storage.delete, nom))


def balayer() -> int:
    """Forget uploads that nobody has touched for a day; returns how many."""
    anciens = list(Envoi.objects.filter(vu_le__lt=timezone.now() - PATIENCE).order_by("pk")[:20])
    for envoi in anciens:
        with transaction.atomic():
            effacer(envoi)
    return len(anciens)


def _cle(envoi: Envoi) -> bytes:
    return deballer(envoi.kid, bytes(envoi.emballee), envoi.lien)


def _nom(envoi: Envoi, rang: int) -> str:
    return f"morceaux/{envoi.cle.hex}/{rang:05d}"


def _lieu(envoi: Envoi, rang: int) -> str:
    return f"{envoi.lien}|{rang}"


class Suite(io.RawIOBase):
    """The chunks as one clear stream, from any place; one chunk is open at a time."""

    def __init__(self, envoi: Envoi) -> None:
        self._envoi, self._cle, self._place = envoi, _cle(envoi), 0
        self._rang = -1
        self._lecteur: Any = io.BytesIO()

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, place: int, origine: int = io.SEEK_SET) -> int:
        depart = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._envoi.taille}[origine]
        self._place = max(0, depart + place)
        return self._place

    def readinto(self, tampon: Any) -> int:
        if self._place >= self._envoi.taille:
            return 0
        rang, dedans = divmod(self._place, MORCEAU)
        if rang != self._rang:
            self._lecteur.close()
            scelle: Any = default_storage.open(_nom(self._envoi, rang))
            self._lecteur, self._rang = Lecteur(scelle, self._cle, _lieu(self._envoi, rang)), rang
        self._lecteur.seek(dedans)
        vue = memoryview(tampon).cast("B")
        lus = self._lecteur.read(len(vue)) or b""
        vue[: len(lus)] = lus
        self._place += len(lus)
        return len(lus)

    def close(self) -> None:
        self._lecteur.close()
        super().close()
