"""The public page behind a QR code: five answers, and nothing else whatever the document."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

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


def lire(client: Client, cle: uuid.UUID) -> Any:
    return client.get(reverse("documents:verifier", args=[cle]))


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
