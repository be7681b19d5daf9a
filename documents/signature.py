"""PAdES: the house's certificate signs what goes out, and an authority dates it. Without a certificate, nothing does.

Signing is the last thing done to a file: whatever rewrites it afterwards breaks the signature, as it should.
"""

import io
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

from asn1crypto import tsp  # type: ignore[import-untyped]
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.timestamps import TimeStamper, TimestampRequestError

DELAI = 10
CHAMP = "Cachet"


class SignatureImpossible(Exception):
    """The signature or its time-stamp was not obtained; the message says what to do."""


class Horodateur(TimeStamper):
    """RFC 3161 over plain HTTP, with our own time limit."""

    def __init__(self, adresse: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._adresse = adresse

    async def async_request_tsa_response(self, req: tsp.TimeStampReq) -> tsp.TimeStampResp:
        requete = urllib.request.Request(  # noqa: S310  # scheme checked by `verifier_reglages`
            self._adresse, data=req.dump(), headers={"Content-Type": "application/timestamp-query"}
        )
        try:
            with urllib.request.urlopen(requete, timeout=DELAI) as reponse:  # noqa: S310
                return tsp.TimeStampResp.load(reponse.read(100_000))
        except (OSError, ValueError) as erreur:
            raise SignatureImpossible("L’autorité d’horodatage ne répond pas. Réessayez dans un moment.") from erreur


@lru_cache(maxsize=2)
def _signataire(chemin: str, mot_de_passe: str) -> signers.SimpleSigner:
    try:
        octets = Path(chemin).read_bytes()
    except OSError as erreur:
        raise ImproperlyConfigured(
            f"CERTIFICAT_SIGNATURE : le fichier {chemin} ne se lit pas. Corrigez le chemin, ou videz la variable."
        ) from erreur
    try:
        signataire: signers.SimpleSigner = signers.SimpleSigner.load_pkcs12_data(octets, [], mot_de_passe.encode())
    except ValueError as erreur:
        raise ImproperlyConfigured(
            "CERTIFICAT_SIGNATURE : ce fichier PKCS#12 ne s’ouvre pas. Vérifiez CERTIFICAT_SIGNATURE_MOT_DE_PASSE."
        ) from erreur
    return signataire


def verifier_reglages() -> None:
    """Called at start: a certificate that was configured and does not open stops the product."""
    if settings.HORODATAGE_URL and not settings.HORODATAGE_URL.startswith(("https://", "http://")):
        raise ImproperlyConfigured("HORODATAGE_URL doit commencer par https://.")
    _signataire(settings.CERTIFICAT_SIGNATURE, settings.CERTIFICAT_SIGNATURE_MOT_DE_PASSE)


def _horodateur() -> TimeStamper | None:
    return Horodateur(settings.HORODATAGE_URL) if settings.HORODATAGE_URL else None


def sceller(octets: bytes, *, raison: str, exiger_la_date: bool = False) -> bytes:
    """The same file signed, B-T with an authority and B-B without; unchanged when no certificate is configured.

    An authority that does not answer leaves the file signed without its time-stamp, unless the date is required.
    """
    if not settings.CERTIFICAT_SIGNATURE:
        return octets
    signataire = _signataire(settings.CERTIFICAT_SIGNATURE, settings.CERTIFICAT_SIGNATURE_MOT_DE_PASSE)
    try:
        return _signer(octets, signataire, raison, _horodateur())
    except (SignatureImpossible, TimestampRequestError):
        if exiger_la_date:
            raise
        return _signer(octets, signataire, raison, None)


def _signer(octets: bytes, signataire: signers.SimpleSigner, raison: str, horodateur: TimeStamper | None) -> bytes:
    reglages = signers.PdfSignatureMetadata(
        field_name=CHAMP, reason=raison, subfilter=SigSeedSubFilter.PADES, md_algorithm="sha256"
    )
    with ThreadPoolExecutor(max_workers=1) as fil:  # pyHanko starts an event loop: never in a thread that has one
        signe = fil.submit(
            signers.sign_pdf,
            IncrementalPdfFileWriter(io.BytesIO(octets)),
            reglages,
            signer=signataire,
            timestamper=horodateur,
        ).result()
    contenu: bytes = signe.getvalue()
    return contenu
