"""The vault of files: sealed before they touch the disk, opened in memory only, erased by erasing their key."""

import hashlib
import io
from typing import Any
from uuid import UUID

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from documents.cles import deballer, emballer, nouvelle_cle
from documents.flux import MORCEAU, Lecteur, Scelleur, Source
from documents.models import CleFichier, Document, Effacement, Fichier

SERVI, ORIGINE = "servi", "origine"
_ETATS = {
    Fichier.Analyse.NON_ANALYSE: Fichier.Etat.EN_ATTENTE,
    Fichier.Analyse.INFECTE: Fichier.Etat.REFUSE,
}


class FichierIndisponible(Exception):
    """The file is not ready to be served, or was erased; the message says what to do."""


def deposer(
    contenu: bytes | Source,
    *,
    extension: str,
    type_mime: str,
    origine: bytes | None = None,
    analyse: Fichier.Analyse = Fichier.Analyse.SANS_OBJET,
    attache: UUID | None = None,
) -> Fichier:
    """Seal what will be served, and the original it comes from, under a key of their own; returns the row.

    Who knows the case or the object it belongs to says so; a file received before its case waits for `rattacher`.
    Bytes are stored first: a crash leaves an orphan that is collected, never a row without its file.
    """
    cle = nouvelle_cle()
    fichier = Fichier(
        attache=attache,
        extension=extension,
        type_mime=type_mime,
        analyse=analyse,
        etat_fichier=_ETATS.get(analyse, Fichier.Etat.PRET),
    )
    fichier.taille, fichier.empreinte = _garder(fichier, SERVI, contenu, cle)
    if origine is not None:
        fichier.taille_origine, fichier.empreinte_origine = _garder(fichier, ORIGINE, origine, cle)
    kid, emballee = emballer(cle, lien(fichier, attache))
    with transaction.atomic():
        fichier.save()
        CleFichier.objects.create(fichier=fichier, kid=kid, emballee=emballee)
    return fichier


def _garder(fichier: Fichier, genre: str, contenu: bytes | Source, cle: bytes) -> tuple[int, str]:
    flux: Source = io.BytesIO(contenu) if isinstance(contenu, bytes) else contenu
    flux.seek(0)
    empreinte, taille = hashlib.sha256(), 0
    while bloc := flux.read(MORCEAU):
        empreinte.update(bloc)
        taille += len(bloc)
    flux.seek(0)
    scelle: Any = Scelleur(flux, cle, lieu(fichier, genre))
    default_storage.save(nom(fichier, genre), File(scelle, name=fichier.cle.hex))
    return taille, empreinte.hexdigest()


@transaction.atomic
def rattacher(fichier: Fichier, attache: UUID) -> None:
    """Bind a file to its case, once and for all: its key is wrapped again, its bytes stay.

    Again to the same case, nothing happens; to another one, InvalidTag.
    """
    cle = CleFichier.objects.select_for_update().get(fichier=fichier)
    if fichier.attache == attache:
        deballer(cle.kid, bytes(cle.emballee), lien(fichier, attache))
        return
    cle.kid, cle.emballee = emballer(
        deballer(cle.kid, bytes(cle.emballee), lien(fichier, None)), lien(fichier, attache)
    )
    cle.save()
    fichier.attache = attache
    fichier.save(update_fields=["attache"])


def ouvrir(fichier: Fichier, attache: UUID | None = None) -> Lecteur:
    """The clear stream of a ready file of this case or object; raises FichierIndisponible otherwise.

    `attache` is said by whoever asks, never read from the file: put in another case, it raises InvalidTag.
    """
    if not fichier.servi:
        raise FichierIndisponible(fichier.mention)
    return _ouvrir(fichier, SERVI, attache)


def lire(fichier: Fichier, attache: UUID | None = None) -> bytes:
    """The clear bytes of a ready file; raises FichierIndisponible, or InvalidTag if it was altered or moved."""
    with ouvrir(fichier, attache) as flux:
        return flux.read()


def lire_document(document: Document) -> bytes:
    """The clear bytes of a document that belongs to no case."""
    return lire(document.fichier, document.cle)


def copier(fichier: Fichier, attache: UUID | None = None) -> Fichier | None:
    """A file of its own, with its original and what the antivirus said of it: what one case erases, another needs.

    `attache` is where the source belongs, as in `ouvrir`. A file that waits for the antivirus gives one that waits;
    one that was refused or erased gives none.
    """
    if fichier.perdu:
        return None
    genres = (SERVI, ORIGINE) if fichier.empreinte_origine else (SERVI,)
    octets = {}
    for genre in genres:
        with _ouvrir(fichier, genre, attache) as flux:
            octets[genre] = flux.read()
    return deposer(
        octets[SERVI],
        extension=fichier.extension,
        type_mime=fichier.type_mime,
        origine=octets.get(ORIGINE),
        analyse=Fichier.Analyse(fichier.analyse),
    )


def ouvrir_origine(fichier: Fichier) -> Lecteur:
    """What was sent, unchanged, in whatever state: for the antivirus and as evidence, never for a browser."""
    return _ouvrir(fichier, ORIGINE if fichier.empreinte_origine else SERVI, fichier.attache)


def _ouvrir(fichier: Fichier, genre: str, attache: UUID | None) -> Lecteur:
    try:
        cle = CleFichier.objects.get(fichier=fichier)
        claire = deballer(cle.kid, bytes(cle.emballee), lien(fichier, attache))
        scelle: Any = default_storage.open(nom(fichier, genre))
    except (CleFichier.DoesNotExist, FileNotFoundError) as erreur:
        raise FichierIndisponible("Ce fichier n’existe plus. Demandez-le de nouveau à son auteur.") from erreur
    return Lecteur(scelle, claire, lieu(fichier, genre))


@transaction.atomic
def effacer(fichier: Fichier, *, motif: str = "") -> None:
    """Erase for ever: the key, the state, the register, then the bytes. Idempotent. The caller journals it."""
    CleFichier.objects.filter(fichier=fichier).delete()
    Fichier.objects.filter(pk=fichier.pk).update(etat_fichier=Fichier.Etat.EFFACE)
    Effacement.objects.get_or_create(fichier_cle=fichier.cle, defaults={"motif": motif})
    fichier.etat_fichier = Fichier.Etat.EFFACE
    transaction.on_commit(lambda: detruire(fichier))


def detruire(fichier: Fichier) -> None:
    """Remove the sealed bytes; a storage that keeps versions still holds nothing that opens."""
    for genre in (SERVI, ORIGINE):
        default_storage.delete(nom(fichier, genre))


def nom(fichier: Fichier, genre: str) -> str:
    """The opaque name of the sealed bytes in the storage."""
    return f"{fichier.cle.hex[:2]}/{fichier.cle.hex}{'' if genre == SERVI else '.' + genre}"


def lieu(fichier: Fichier, genre: str) -> str:
    """What the bytes are bound to: this file and this kind, in this version of the format (see `flux.MARQUE`)."""
    return f"documents.fichier|{fichier.cle}|{genre}"


def lien(fichier: Fichier, attache: UUID | None) -> str:
    """What the key of a file is bound to: a case or an object (itself when there is none), and this file."""
    return f"{attache or fichier.cle}|{fichier.cle}"
