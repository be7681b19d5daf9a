"""The public page behind a QR code: five answers, and nothing else whatever the document."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import frein
from documents import coffre
from documents.models import Document

pytestmark = pytest.mark.django_db
GENRES = ("convention", "fiche-chv", "poche-police", "signalement", "bordereau", "refus", "extraction", "bilan")
SECRETS = ("Intitulé du document secret", "SIG-2026-0347")


def document(genre: str = "signalement", **champs: Any) -> Document:
    fichier = coffre.deposer(b"%PDF", extension="pdf", type_mime="application/pdf")
    return Document.objects.create(
        genre=genre,
        intitule=SECRETS[0],
        reference=SECRETS[1],
        objet_cle=uuid.uuid4(),
        empreinte="a1b2c3d4" + "0" * 48 + "e5f60718",
        fichier=fichier,
        **champs,
    )


def lire(client: Client, cle: uuid.UUID, adresse: str = "192.0.2.1") -> Any:
    return client.get(reverse("documents:verifier", args=[cle]), REMOTE_ADDR=adresse)


@pytest.mark.parametrize("genre", GENRES)
def test_la_page_ne_dit_rien_du_document_quel_que_soit_son_genre(client: Client, genre: str) -> None:
    objet = document(genre)
    page = lire(client, objet.cle)
    html = page.content.decode()
    assert page.status_code == 200
    assert "En vigueur" in html
    assert "a1b2c3d4" in html
    for secret in (*SECRETS, genre, str(objet.objet_cle), objet.empreinte):
        assert secret not in html.replace(reverse("documents:verifier", args=[objet.cle]), ""), secret


@pytest.mark.parametrize(
    ("statut", "mot"),
    [
        ("en_vigueur", "En vigueur depuis le"),
        ("remplace", "Remplacé le"),
        ("abroge", "Abrogé le"),
        ("retire", "Retiré le"),
    ],
)
def test_chaque_statut_se_dit_avec_sa_date(client: Client, statut: str, mot: str) -> None:
    html = lire(client, document(statut=statut).cle).content.decode()
    assert mot in html
    autres = {"En vigueur depuis le", "Remplacé le", "Abrogé le", "Retiré le"} - {mot}
    assert not [autre for autre in autres if autre in html]


def test_un_code_inconnu_le_dit_sans_rien_d_autre(client: Client) -> None:
    reponse = lire(client, uuid.uuid4())
    assert reponse.status_code == 404
    assert "Document inconnu" in reponse.content.decode()


def test_la_page_ne_depose_aucun_temoin(client: Client) -> None:
    for cle in (document().cle, uuid.uuid4()):
        assert not lire(client, cle).cookies


def test_la_page_ne_s_ecrit_pas(client: Client) -> None:
    assert client.post(reverse("documents:verifier", args=[document().cle])).status_code in {403, 405}


def test_qui_essaie_des_codes_au_hasard_attend_et_lui_seul(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frein, "ADRESSE", frein.Regle(3, (60,)))
    connu = document().cle
    assert [lire(client, uuid.uuid4()).status_code for _ in range(4)] == [404, 404, 404, 429]
    refus = lire(client, connu)
    assert (refus.status_code, refus["Retry-After"]) == (429, "60")
    assert "Trop d’essais\u00a0: attendez 1\u00a0minute, puis réessayez." in refus.content.decode()
    assert lire(client, connu, "192.0.2.2").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(seconds=61)):
        assert lire(client, connu).status_code == 200


def test_un_document_connu_se_verifie_sans_compter(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frein, "ADRESSE", frein.Regle(3, (60,)))
    connu = document().cle
    assert {lire(client, connu).status_code for _ in range(6)} == {200}
