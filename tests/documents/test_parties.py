"""A bundle cut for a system that refuses more than 5 MB is rebuilt from its parts and its notice alone."""

import hashlib
import random
import re

import pytest

from documents import coffre, parties

pytestmark = pytest.mark.django_db


def test_les_parties_se_reunissent_et_la_notice_le_prouve() -> None:
    octets = random.Random(5).randbytes(2 * parties.PARTIE + 17)
    fichier = coffre.deposer(octets, extension="zip", type_mime="application/zip")
    morceaux = [parties.partie(fichier, rang, None) for rang in range(1, parties.nombre(fichier) + 1)]
    assert max(len(morceau) for morceau in morceaux) <= 5_000_000
    assert b"".join(morceaux) == octets
    notice = parties.notice(fichier, "REQ-2026-0001", None)
    empreintes = re.findall(r"SHA-256 ([0-9a-f]{64})", notice)
    assert empreintes == [hashlib.sha256(morceau).hexdigest() for morceau in morceaux]
    assert hashlib.sha256(octets).hexdigest() in notice
    assert "copy /b REQ-2026-0001.zip.001 + REQ-2026-0001.zip.002 + REQ-2026-0001.zip.003" in notice


def test_un_petit_pli_ne_se_coupe_pas_et_une_partie_absente_se_dit() -> None:
    fichier = coffre.deposer(b"x" * 10, extension="zip", type_mime="application/zip")
    assert parties.nombre(fichier) == 1
    for rang in (0, 2, 9999):
        with pytest.raises(coffre.FichierIndisponible, match="n’existe pas"):
            parties.partie(fichier, rang, None)
