"""What people, machines and attackers type: drawn from a seed, so that a failure is found again."""

import random
import string
from collections.abc import Iterator
from typing import Any

NUL = "\0"
MALADROITES = (
    "", " ", NUL, f"a{NUL}b", "\u202eabc", "\u200b\u200d", "e\u0301" * 300, "\ufffd", "\U0001f468\u200d\u2695\ufe0f", "ﷺ" * 500,
    "\r\nX-Injecte: 1", "a\r\nb", "\t", "\x1b[31m", "\x7f", "-1", "0", "-0", "00", "1.5", "1,5", "1e309", "NaN", "Infinity", "-inf",
    "9" * 30, "-" + "9" * 30, "2147483648", "-2147483649", "9223372036854775808", "٣", "½", "0x10", "0b1", "1_000", "+1",
    "0001-01-01", "9999-12-31", "0000-00-00", "2026-02-30", "31/12/9999", "2026-13-01", "99999-01-01", "-0001-01-01",
    "0001-01-01T00:00", "9999-12-31T23:59", "2026-03-29T02:30", "2026-10-25T02:30", "2026-11-22T25:00", "01/01/0001 00:00",
    "null", "None", "true", "on", "[]", "{}", '{"a":1}', "[[1]]", "' OR '1'='1", '"; DROP TABLE x; --', "%s%n%x", "%", "\\",
    "{{ 7|add:7 }}", "{% debug %}", "${7*7}", "<script>alert(1)</script>", "../../../etc/passwd", "C:\\con", "file:///etc/passwd",
    "00000000-0000-0000-0000-000000000000", "zzzzzzzz-zzzz-zzzz-zzzz-zzzzzzzzzzzz", "urn:uuid:00000000000000000000000000000000",
    "é" * 8001, "x" * 30_000,
)  # fmt: skip
_LETTRES = string.printable + "éàùœ’«»…\u00a0\u2028\u0000\u202e漢字אבג"


class Tirage:
    """Values at random, among the clumsy, the offered and the invented."""

    def __init__(self, graine: int) -> None:
        self.hasard = random.Random(graine)

    def valeur(self, choix: list[str]) -> str:
        sort = self.hasard.random()
        if choix and sort < 0.35:
            return self.hasard.choice(choix)
        if sort < 0.85:
            return self.hasard.choice(MALADROITES)
        return "".join(self.hasard.choices(_LETTRES, k=self.hasard.randint(1, 60)))

    def champs(self, offerts: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
        """Each field missing, once, twice or thrice."""
        for nom, choix in offerts.items():
            for _ in range(self.hasard.choices((0, 1, 2, 3), (8, 80, 10, 2))[0]):
                yield nom, self.valeur(choix)

    def donnees(self, offerts: dict[str, list[str]]) -> dict[str, list[str]]:
        resultat: dict[str, list[str]] = {}
        for nom, valeur in self.champs(offerts):
            resultat.setdefault(nom, []).append(valeur)
        return resultat


def corps_casses() -> list[dict[str, Any]]:
    """Bodies that are no form: what the parser must refuse without falling."""
    bord = "multipart/form-data; boundary=xx"
    formulaire = "application/x-www-form-urlencoded"
    disposition = b'--xx\r\nContent-Disposition: form-data; name="'
    return [
        {"data": b"%ff%fe=%00&%ED%A0%80=%ED%A0%80&a=%", "content_type": formulaire},
        {"data": b"\xff\xfe\x00=1&=&&&;=", "content_type": formulaire},
        {"data": b"a=1", "content_type": f"{formulaire}; charset=utf-16"},
        {"data": b"a=1", "content_type": f"{formulaire}; charset=inconnu"},
        {"data": b"", "content_type": bord},
        {"data": b"--xx\r\n\r\n", "content_type": bord},
        {"data": disposition + b'a"\r\n\r\nvaleur', "content_type": bord},
        {"data": disposition + b'a"; filename="\x00.pdf"\r\n\r\nx\r\n--xx--\r\n', "content_type": bord},
        {
            "data": disposition + b'fichier"; filename="../../a.pdf"\r\nContent-Type: x\r\n\r\n\r\n--xx--',
            "content_type": bord,
        },
        {
            "data": disposition + b'a"\r\nContent-Transfer-Encoding: base64\r\n\r\n@@@\r\n--xx--\r\n',
            "content_type": bord,
        },
        {"data": b"a=1", "content_type": "multipart/form-data"},
        {"data": b"a=1", "content_type": "multipart/form-data; boundary=" + "x" * 500},
        {"data": b"a=1", "content_type": "multipart/form-data; boundary=\xe9"},
        {"data": b"{", "content_type": "application/json"},
        {"data": b"<a/>", "content_type": "text/xml"},
        {"data": b"a=1", "content_type": ""},
        {"data": b"a" * 300_000, "content_type": formulaire},
        {"data": b"&".join(b"a=1" for _ in range(2000)), "content_type": formulaire},
    ]
