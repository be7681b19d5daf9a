"""SEC-50: what leaves as a file is a numbered copy, which the journal knows before the first byte leaves."""

import ast
import hashlib
import io
import json
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import resolve
from pypdf import PdfReader

from convention.acteur import acteur_de
from convention.middleware import RequeteTracee
from documents.marque import demarquer
from documents.tableurs import csv, lire, ods
from journal.chaine import verifier
from journal.models import Entree
from tests.architecture.depot import RACINE
from tests.distribution import Distribution
from tests.rapport import consigner
from tests.signalements.situation import transmis

COPIES = 204
ODS = "application/vnd.oasis.opendocument.spreadsheet"


def archive() -> bytes:
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as ecrite:
        ecrite.writestr("a.txt", "contenu")
    return sortie.getvalue()


def pdf(rang: int) -> bytes:
    sortie = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(100 + rang, 100))
        document.save(sortie)
    return sortie.getvalue()


FORMES: list[tuple[str, str, Callable[[int], bytes]]] = [
    ("pdf", "application/pdf", pdf),
    ("csv", "text/csv; charset=utf-8", lambda rang: csv(["Rang"], [[str(rang)]])),
    ("ods", ODS, lambda rang: ods("Feuille", ["Rang"], [[str(rang)]])),
    ("zip", "application/zip", lambda rang: archive()),
    ("json", "application/json", lambda rang: json.dumps({"rang": rang}).encode()),
    ("py", "text/x-python; charset=utf-8", lambda rang: b"print(%d)" % rang),
]
MARQUEES = {"pdf", "csv", "ods", "zip"}


def remettre(utilisateur: Any, nom: str, type_mime: str, octets: bytes, chemin: str = "/annuaire/") -> HttpResponse:
    """One request through the middleware that every view is behind."""
    requete: Any = RequestFactory().get(chemin)
    requete.user, requete.resolver_match = utilisateur, resolve(chemin)
    entetes = {"Content-Disposition": f'attachment; filename="{nom}"'}
    return RequeteTracee(lambda _: HttpResponse(octets, content_type=type_mime, headers=entetes))(requete)


def derniere() -> dict[str, Any]:
    corps: dict[str, Any] = json.loads(Entree.objects.order_by("-pk").values_list("contenu", flat=True)[0])
    return corps


def test_deux_cents_copies_se_recalculent_et_sont_toutes_au_journal(distribution: Distribution) -> None:
    personnes = [distribution.utilisateur(nom) for nom in ("referente", "dpo", "opj")]
    faux, sans_trace = [], 0
    for rang in range(COPIES):
        extension, type_mime, produire = FORMES[rang % len(FORMES)]
        personne, octets, avant = personnes[rang % 3], produire(rang), Entree.objects.count()
        reponse = remettre(personne, f"export-{extension}.{extension}", type_mime, octets)
        sans_trace += Entree.objects.count() != avant + 1
        contenu, mention = demarquer(reponse.content)
        corps = derniere()
        dit = {
            "remise": f"export-{extension}",
            "exemplaire": rang // len(FORMES) + 1,
            "sha256": hashlib.sha256(contenu).hexdigest(),
            "remis_le": corps["details"]["remis_le"],
        }
        porte = dict(morceau.split("=") for morceau in mention.split())
        attendue = {nom: str(valeur) for nom, valeur in dit.items()} | {"a": str(acteur_de(personne).cle)}
        justes = [
            contenu == octets,
            corps["details"] == dit,
            (corps["acteur"], corps["canal"]) == (attendue["a"], "fichier"),
            porte == (attendue if extension in MARQUEES else {}),
            dit["remis_le"].endswith("Z"),
        ]
        faux += [] if all(justes) else [(rang, extension, justes)]
    assert faux == []
    assert sans_trace == 0
    assert verifier() == []
    consigner("sec-50", copies=COPIES, faux=len(faux), sans_trace=sans_trace)


def test_une_copie_marquee_s_ouvre_comme_avant(distribution: Distribution) -> None:
    referente = distribution.utilisateur("referente")
    copies = {nom: remettre(referente, f"x.{nom}", mime, faire(3)).content for nom, mime, faire in FORMES}
    with pikepdf.open(io.BytesIO(copies["pdf"]), attempt_recovery=False) as lu:
        assert len(lu.pages) == 1
        assert lu.check_pdf_syntax() == []
    assert len(PdfReader(io.BytesIO(copies["pdf"]), strict=True).pages) == 1
    assert zipfile.ZipFile(io.BytesIO(copies["zip"])).testzip() is None
    for forme in ("ods", "csv"):
        assert lire(copies[forme]).lignes == [(2, ["3"])], "ce qui se réimporte ne contient pas la marque"


def test_un_pdf_signe_part_tel_quel(distribution: Distribution) -> None:
    signe = b"%PDF-1.7\n/ByteRange [0 1 2 3]\nstartxref\n9\n%%EOF\n"
    assert remettre(distribution.utilisateur("opj"), "x.pdf", "application/pdf", signe).content == signe
    assert derniere()["details"]["sha256"] == hashlib.sha256(signe).hexdigest()


def test_une_piece_du_coffre_part_telle_quelle_et_son_empreinte_est_au_journal(distribution: Distribution) -> None:
    piece = transmis(distribution.acteur("soignante")).pieces.get()
    for rang in (1, 2):
        recue = distribution.client("soignante").get(f"/pieces/{piece.cle}/").content
        details = derniere()["details"]
        assert (details["sha256"], details["exemplaire"]) == (piece.fichier.empreinte, rang)
        assert hashlib.sha256(recue).hexdigest() == piece.fichier.empreinte


def test_un_fichier_trouve_dit_qui_l_a_emporte(distribution: Distribution, tmp_path: Path) -> None:
    trouve, sorties = tmp_path / "trouve.csv", io.StringIO()
    for nom in ("opj", "referente"):
        trouve.write_bytes(remettre(distribution.utilisateur(nom), "x.csv", "text/csv", b"a\r\n").content)
    call_command("qui_a_emporte", str(trouve), stdout=sorties)
    lignes = sorties.getvalue().splitlines()
    assert f"a={distribution.acteur('referente').cle}" in lignes[0]
    assert ["exemplaire 1" in lignes[1], "exemplaire 2" in lignes[2]] == [True, True]
    trouve.write_bytes(b"autre")
    with pytest.raises(CommandError, match="ne connaît pas"):
        call_command("qui_a_emporte", str(trouve))


def test_une_page_et_une_demande_sans_corps_ne_sont_pas_des_copies(distribution: Distribution) -> None:
    client = distribution.client("referente")
    client.get("/annuaire/")
    assert derniere()["details"] == {}
    client.head("/annuaire/exporter/contacts.csv")
    assert "remise" not in derniere()["details"]


@pytest.mark.django_db(transaction=True)
def test_deux_copies_au_meme_instant_n_ont_pas_le_meme_numero() -> None:
    opj = Distribution().utilisateur("opj")

    def prendre() -> None:
        remettre(opj, "ensemble.csv", "text/csv", b"a\r\n")
        connection.close()

    fils = [threading.Thread(target=prendre) for _ in range(8)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    remises = Entree.objects.filter(contenu__contains='"remise":"ensemble"').values_list("contenu", flat=True)
    assert sorted(json.loads(contenu)["details"]["exemplaire"] for contenu in remises) == list(range(1, 9))


# A page is HTML or JSON; a check of health has no body.
REPONSES = {"HttpResponse", "StreamingHttpResponse", "FileResponse"}


def test_aucune_vue_ne_sert_un_fichier_sans_passer_par_la() -> None:
    """Everything is behind RequeteTracee, innermost of all; nothing answers before it with bytes of its own."""
    from django.conf import settings

    assert settings.MIDDLEWARE[-1] == "convention.middleware.RequeteTracee"
    muets = []
    for fichier in RACINE.glob("*/**/*.py"):
        if fichier.relative_to(RACINE).parts[0] in {"tests", ".venv", "bench"}:
            continue
        for noeud in ast.walk(ast.parse(fichier.read_text(encoding="utf-8"))):
            if isinstance(noeud, ast.Call) and getattr(noeud.func, "id", "") in REPONSES:
                typee = any(mot.arg == "content_type" for mot in noeud.keywords)
                if noeud.args and not typee:
                    muets.append(f"{fichier.relative_to(RACINE)}:{noeud.lineno}")
    assert muets == [], "des octets qui se disent une page"
