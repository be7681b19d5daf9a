"""PAdES: signed and dated when a certificate is configured, untouched when none is, broken by one byte."""

import datetime
import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from asn1crypto import keys, x509
from cryptography import x509 as cx509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from django.core.exceptions import ImproperlyConfigured
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from documents import signature
from documents.render import rendre_pdf

pytestmark = pytest.mark.usefixtures("sans_cache")
MOT_DE_PASSE = "cachet-d-essai"


@pytest.fixture
def sans_cache() -> None:
    signature._signataire.cache_clear()


def certificat(nom: str, usage: Any = None) -> tuple[rsa.RSAPrivateKey, cx509.Certificate]:
    cle = rsa.generate_private_key(65537, 2048)
    sujet = cx509.Name([cx509.NameAttribute(NameOID.COMMON_NAME, nom)])
    debut = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    usages = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "crl_sign", "encipher_only", "decipher_only"), False
    )
    batisseur = (
        cx509.CertificateBuilder()
        .subject_name(sujet)
        .issuer_name(sujet)
        .public_key(cle.public_key())
        .serial_number(cx509.random_serial_number())
        .not_valid_before(debut)
        .not_valid_after(debut + datetime.timedelta(days=30))
        .add_extension(
            cx509.KeyUsage(digital_signature=True, content_commitment=True, key_cert_sign=True, **usages), critical=True
        )
        .add_extension(cx509.BasicConstraints(ca=True, path_length=None), critical=True)
    )
    if usage:
        batisseur = batisseur.add_extension(cx509.ExtendedKeyUsage([usage]), critical=True)
    return cle, batisseur.sign(cle, hashes.SHA256())


def en_asn1(cert: cx509.Certificate) -> x509.Certificate:
    return x509.Certificate.load(cert.public_bytes(serialization.Encoding.DER))


@pytest.fixture
def cachet(tmp_path: Path, settings: Any) -> x509.Certificate:
    """A certificate made by this test, configured as production does."""
    cle, cert = certificat("Cachet du centre hospitalier")
    chiffre = serialization.BestAvailableEncryption(MOT_DE_PASSE.encode())
    fichier = tmp_path / "cachet.p12"
    fichier.write_bytes(pkcs12.serialize_key_and_certificates(b"cachet", cle, cert, None, chiffre))
    settings.CERTIFICAT_SIGNATURE, settings.CERTIFICAT_SIGNATURE_MOT_DE_PASSE = str(fichier), MOT_DE_PASSE
    settings.HORODATAGE_URL = ""
    return en_asn1(cert)


@pytest.fixture
def autorite(monkeypatch: pytest.MonkeyPatch) -> x509.Certificate:
    """A time-stamping authority in this process."""
    cle, cert = certificat("Autorité d’horodatage", ExtendedKeyUsageOID.TIME_STAMPING)
    der = cle.private_bytes(serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    horodateur = DummyTimeStamper(en_asn1(cert), keys.PrivateKeyInfo.load(der))
    monkeypatch.setattr(signature, "_horodateur", lambda: horodateur)
    return en_asn1(cert)


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return rendre_pdf("pdf/base.html", {"titre_courant": "Essai", "empreinte": "", "version": "1"})


def etat(octets: bytes, *racines: x509.Certificate) -> Any:
    (signe,) = PdfFileReader(io.BytesIO(octets)).embedded_signatures
    with ThreadPoolExecutor(max_workers=1) as fil:  # Playwright may keep an event loop in this thread
        return fil.submit(validate_pdf_signature, signe, ValidationContext(trust_roots=list(racines))).result()


def test_sans_certificat_rien_ne_pretend_etre_signe(pdf: bytes, settings: Any) -> None:
    settings.CERTIFICAT_SIGNATURE = ""
    assert signature.sceller(pdf, raison="essai") is pdf


def test_signe_et_date_le_document_est_valide_et_couvert_en_entier(
    pdf: bytes, cachet: x509.Certificate, autorite: x509.Certificate
) -> None:
    scelle = signature.sceller(pdf, raison="Exemplaire", exiger_la_date=True)
    assert scelle.startswith(pdf), "la signature s’ajoute, elle ne réécrit rien"
    verdict = etat(scelle, cachet, autorite)
    assert verdict.bottom_line
    assert verdict.coverage.name == "ENTIRE_FILE"
    assert verdict.timestamp_validity.valid
    assert b"/ETSI.CAdES.detached" in scelle


def test_un_octet_change_rend_la_signature_invalide(
    pdf: bytes, cachet: x509.Certificate, autorite: x509.Certificate
) -> None:
    scelle = bytearray(signature.sceller(pdf, raison="Exemplaire"))
    scelle[len(pdf) // 2] ^= 1
    verdict = etat(bytes(scelle), cachet, autorite)
    assert not verdict.intact
    assert not verdict.bottom_line


def test_une_autorite_muette_laisse_signer_une_fiche_mais_pas_la_convention(
    pdf: bytes, cachet: x509.Certificate, settings: Any
) -> None:
    settings.HORODATAGE_URL = "http://127.0.0.1:9/horodatage"
    with pytest.raises(signature.SignatureImpossible, match="horodatage ne répond pas"):
        signature.sceller(pdf, raison="Convention", exiger_la_date=True)
    verdict = etat(signature.sceller(pdf, raison="Fiche"), cachet)
    assert verdict.intact
    assert verdict.timestamp_validity is None


def test_un_certificat_absent_ou_mal_ouvert_arrete_le_demarrage(
    cachet: x509.Certificate, tmp_path: Path, settings: Any
) -> None:
    signature.verifier_reglages()
    settings.CERTIFICAT_SIGNATURE_MOT_DE_PASSE = "un-autre"
    with pytest.raises(ImproperlyConfigured, match="CERTIFICAT_SIGNATURE_MOT_DE_PASSE"):
        signature.verifier_reglages()
    settings.CERTIFICAT_SIGNATURE = str(tmp_path / "absent.p12")
    with pytest.raises(ImproperlyConfigured, match="ne se lit pas"):
        signature.verifier_reglages()
