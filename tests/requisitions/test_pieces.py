"""Types and sizes of pieces are rows: they narrow what the product accepts, and never widen it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse

from documents.reception import MO, PIECES
from requisitions import pieces as p
from requisitions.models import ReglePiece
from tests.requisitions.conftest import octets_pdf
from transitions.workflow import TransitionRefusee


def test_sans_ligne_les_limites_sont_celles_du_produit(db):
    assert p.accueil("piece") == PIECES
    assert p.aide(PIECES) == f"PDF, JPG ou PNG, {PIECES.taille // MO}\u00a0Mo au plus."


@pytest.mark.parametrize(
    ("extensions", "taille", "phrase"),
    [
        (["exe"], 5, "l’outil ne vérifie pas"),
        ([], 5, "Choisissez parmi"),
        (["pdf"], 500, "de 1 à"),
        (["pdf"], 0, "de 1 à"),
    ],
)
def test_une_ligne_n_elargit_jamais(juriste, extensions, taille, phrase):
    with pytest.raises(TransitionRefusee, match=phrase):
        p.fixer(acteur=juriste, genre="piece", extensions=extensions, taille_mo=taille)


def test_la_derniere_ligne_est_en_vigueur_et_ne_change_plus(juriste, opj):
    with pytest.raises(TransitionRefusee, match="affaires juridiques ou la référente"):
        p.fixer(acteur=opj, genre="piece", extensions=["pdf"], taille_mo=2)
    p.fixer(acteur=juriste, genre="piece", extensions=["jpg"], taille_mo=9)
    p.fixer(acteur=juriste, genre="piece", extensions=["pdf"], taille_mo=2)
    assert (list(p.accueil("piece").types.values()), p.accueil("piece").taille) == (["pdf"], 2 * MO)
    assert p.accueil("acte") == PIECES
    with pytest.raises(DatabaseError), transaction.atomic():
        ReglePiece.objects.update(taille_mo=20)


def test_le_champ_suit_la_ligne_en_vigueur(affectee, juriste, distribution):
    client, adresse = distribution.client("juriste"), reverse("requisitions:pieces")
    assert (
        "nombre entier"
        in client.post(f"{adresse}?genre=piece", {"extensions": "jpg", "taille_mo": "x"}).content.decode()
    )
    assert client.post(f"{adresse}?genre=piece", {"extensions": "jpg", "taille_mo": "3"}).status_code == 302
    page = reverse("requisitions:reponse", args=[affectee("RH").cle])
    assert "JPG, 3\u00a0Mo au plus" in client.get(page).content.decode()
    pdf = SimpleUploadedFile("planning.pdf", octets_pdf(), content_type="application/pdf")
    reponse = client.post(page, {"geste": "verser", "intitule": "Planning", "fichier": pdf}).content.decode()
    assert "Seuls les fichiers JPG" in reponse
    assert 'value="Planning"' in reponse
    assert distribution.client("opj").get(adresse).status_code == 403
