"""The ZIP of one institution: an index without script, the PDFs, how to use them, and the hash of each file."""

import hashlib
import io
import uuid
import zipfile
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone

from accueil.models import PackSecours
from accueil.secours.pieces import Piece, annuaire, fiches, papiers
from convention.acteur import lecteur_de
from convention.models import Institution
from documents import coffre

GARDES = 7

LISEZ_MOI = """Pack de secours de Trait d'union : {institution}
Préparé le {le:%d/%m/%Y} à {le:%H} h {le:%M}. Remplacez-le chaque jour ; au-delà de 36 heures, ne vous y fiez plus.

Ouvrez index.html dans un navigateur. Aucun réseau n'est nécessaire.

gardes-et-numeros.pdf : qui joindre, pendant sept jours.
fiches/ : les fiches en vigueur. poche/ : les mêmes, au format de poche.
formulaires/ : papiers vierges numérotés. Imprimez-les ; saisissez-les quand le réseau revient.
EMPREINTES.txt : l'empreinte SHA-256 de chaque fichier (sha256sum -c EMPREINTES.txt).

Ce pack contient des noms et des numéros de service : gardez-le comme une clé.
"""


@transaction.atomic
def composer(institution: Institution, le: datetime | None = None) -> PackSecours:
    """Build, seal and keep a pack; the older ones than the last seven are erased."""
    le = timezone.localtime(le)
    pieces = list(rassembler(institution, le))
    octets = archiver(institution, pieces, le)
    cle = uuid.uuid4()
    pack = PackSecours.objects.create(
        cle=cle,
        institution=institution,
        fichier=coffre.deposer(octets, extension="zip", type_mime="application/zip", attache=cle),
        contenu=[[piece.chemin, piece.titre, len(piece.octets)] for piece in pieces],
        produit_le=le,
    )
    for ancien in PackSecours.objects.filter(institution=institution).select_related("fichier")[GARDES:]:
        fichier = ancien.fichier
        coffre.effacer(fichier, motif="pack remplacé")
        ancien.delete()
    return pack


def rassembler(institution: Institution, le: datetime) -> Iterable[Piece]:
    lecteur = lecteur_de(institution)
    yield annuaire(institution, lecteur, le)
    yield from fiches(lecteur)
    yield from papiers(institution, le)


def archiver(institution: Institution, pieces: list[Piece], le: datetime) -> bytes:
    """The same pieces at the same hour give the same bytes."""
    rubriques = {
        "Appeler": [piece for piece in pieces if "/" not in piece.chemin],
        "Les fiches en vigueur": [piece for piece in pieces if piece.chemin.startswith("fiches/")],
        "Les mêmes, au format de poche": [piece for piece in pieces if piece.chemin.startswith("poche/")],
        "Papiers vierges": [piece for piece in pieces if piece.chemin.startswith("formulaires/")],
    }
    index = render_to_string(
        "pdf/secours_index.html", {"institution": institution, "rubriques": list(rubriques.items()), "le": le}
    )
    fichiers = {
        "index.html": index.encode(),
        "LISEZ-MOI.txt": LISEZ_MOI.format(institution=institution.nom, le=le).encode(),
        **{piece.chemin: piece.octets for piece in pieces},
    }
    empreintes = "".join(f"{hashlib.sha256(octets).hexdigest()}  {nom}\n" for nom, octets in fichiers.items())
    fichiers["EMPREINTES.txt"] = empreintes.encode()
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        for nom, octets in fichiers.items():
            entree = zipfile.ZipInfo(nom, date_time=le.timetuple()[:6])
            entree.compress_type, entree.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entree, octets)
    return sortie.getvalue()
