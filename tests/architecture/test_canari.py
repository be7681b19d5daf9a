"""The oracle sees: a token it could not find would hide every leak of that kind."""

import base64
import gzip
import html
import io
import quopri
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from urllib.parse import quote

import pikepdf
import pytest

from accounts.roles import Role
from documents.impression import imprimer
from dossiers.classes import Classe
from tests.canari import Voliere


def en_entites(jeton: str) -> bytes:
    return "".join(f"&#{ord(lettre)};" for lettre in jeton).encode()


def en_pourcents(jeton: str) -> bytes:
    return "".join(f"%{ord(lettre):02X}" for lettre in jeton).encode()


def en_courriel(jeton: str) -> bytes:
    message = EmailMessage()
    message.set_content(f"Bonjour à vous, {jeton} " + "é" * 80, cte="base64")
    return bytes(message)


def en_zip(jeton: str) -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("feuille.xml", f"<v>{jeton}</v>")
    return sortie.getvalue()


def en_pdf(jeton: str) -> bytes:
    octets: bytes = imprimer(f"<p>Texte {jeton} fin</p>")
    return octets


def en_metadonnees_pdf(jeton: str) -> bytes:
    sortie = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = jeton
        pdf.save(sortie, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return sortie.getvalue()


def en_piece_de_pdf(jeton: str) -> bytes:
    sortie = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.attachments["note.txt"] = pikepdf.AttachedFileSpec(pdf, jeton.encode(), filename="note.txt")
        pdf.save(sortie, compress_streams=True)
    return sortie.getvalue()


CODAGES: dict[str, Callable[[str], bytes]] = {
    "brut": str.encode,
    "capitales": lambda jeton: jeton.upper().encode(),
    "html": lambda jeton: html.escape(f"<{jeton}>").encode(),
    "entites": en_entites,
    "url": lambda jeton: quote(f"é {jeton}").encode(),
    "pourcents": en_pourcents,
    "base64": lambda jeton: base64.b64encode(f"nom={jeton}".encode()),
    "base64_decale": lambda jeton: b"eyJ" + base64.b64encode(f"a{jeton}".encode()),
    "base64_url": lambda jeton: base64.urlsafe_b64encode(f"??>>{jeton}".encode()),
    "base64_de_utf16": lambda jeton: base64.b64encode(jeton.encode("utf-16-le")),
    "utf16_le": lambda jeton: jeton.encode("utf-16-le"),
    "utf16_be_decale": lambda jeton: b"x" + jeton.encode("utf-16-be"),
    "quoted_printable": lambda jeton: quopri.encodestring(f"{'é' * 20}{jeton}".encode()),
    "courriel": en_courriel,
    "gzip": lambda jeton: gzip.compress(jeton.encode()),
    "zip": en_zip,
    "pdf": en_pdf,
    "pdf_metadonnees": en_metadonnees_pdf,
    "pdf_piece_jointe": en_piece_de_pdf,
    "coupe_par_une_fin_de_ligne": lambda jeton: f"{jeton[:9]}\n{jeton[9:]}".encode(),
}


@pytest.mark.parametrize("codage", CODAGES)
def test_l_oracle_trouve_un_jeton(codage: str) -> None:
    voliere = Voliere()
    jeton = voliere.poser("Personne", "nom", Classe.IDENTITE)
    autre = voliere.poser("Signalement", "faits", Classe.MEDICAL)
    octets = CODAGES[codage](jeton)
    assert {canari.jeton for canari in voliere.canaris_dans(octets)} == {jeton}
    assert autre not in {canari.jeton for canari in voliere.canaris_dans(octets)}


def test_l_oracle_ne_voit_rien_ou_il_n_y_a_rien() -> None:
    voliere = Voliere()
    voliere.poser("Personne", "nom", Classe.IDENTITE)
    assert voliere.canaris_dans(b"Bonjour" * 1000) == set()


def test_une_fuite_depend_du_role_qui_lit() -> None:
    voliere = Voliere()
    jeton = voliere.poser("Signalement", "description_clinique", Classe.MEDICAL)
    assert voliere.fuites(jeton, {Role.SOIGNANT}) == set()
    assert {canari.champ for canari in voliere.fuites(jeton, {Role.ENQUETEUR})} == {"description_clinique"}
    assert len(voliere.fuites(jeton, ())) == 1
