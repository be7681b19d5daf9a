"""A seal opens in its row, a file in its case, and nowhere else (SEC-52, ADR 18)."""

import itertools
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.db import models

from documents import coffre, rotation
from documents.chiffrement import chiffrer, dechiffrer
from documents.liaison import SceauAncien, attaches, texte
from tests.rapport import consigner

CHAMPS = list(rotation.champs())


def _valeur(champ: models.Field, rang: int) -> Any:
    if isinstance(champ, models.UUIDField):
        return uuid.UUID(int=rang)
    if isinstance(champ, models.DateTimeField):
        return datetime(2026, 1, rang, tzinfo=UTC)
    return rang


def _lignes(modele: type[models.Model]) -> Iterator[str]:
    """Rows that differ by one of the things their seals are bound to, then by all of them."""
    champs = {champ.attname: champ for champ in modele._meta.concrete_fields}
    noms = attaches(modele)
    base = {nom: _valeur(champs[nom], 1) for nom in noms}
    autres = [{**base, nom: _valeur(champs[nom], 2)} for nom in noms]
    for ligne in (base, *autres, {nom: _valeur(champs[nom], 3) for nom in noms}):
        yield texte(ligne[nom] for nom in noms)


def test_une_valeur_scellee_ne_s_ouvre_que_dans_sa_ligne_et_sa_colonne() -> None:
    """Every sealed column of every table, between every pair of rows; then in every other column."""
    echanges = acceptes = 0
    for modele, champ in CHAMPS:
        lignes = list(dict.fromkeys(_lignes(modele)))
        assert len(lignes) >= 2, modele
        for une, autre in itertools.permutations(lignes, 2):
            scelle = chiffrer(b"secret", champ.lieu, une)
            assert dechiffrer(scelle, champ.lieu, une) == b"secret"
            echanges += 1
            acceptes += _s_ouvre(scelle, champ.lieu, autre)
        for lieu in {autre.lieu for _, autre in CHAMPS} - {champ.lieu}:
            echanges += 1
            acceptes += _s_ouvre(chiffrer(b"secret", champ.lieu, lignes[0]), lieu, lignes[0])
    consigner("sec-52-lignes", colonnes=len(CHAMPS), echanges=echanges, acceptes=acceptes)
    assert acceptes == 0
    assert echanges > 1000


def _s_ouvre(scelle: bytes, lieu: str, ligne: str) -> bool:
    try:
        dechiffrer(scelle, lieu, ligne)
    except InvalidTag:
        return False
    return True


@pytest.mark.django_db
def test_un_fichier_ne_s_ouvre_que_dans_son_dossier() -> None:
    dossiers = [uuid.uuid4() for _ in range(6)]
    fichiers = [coffre.deposer(b"secret", extension="pdf", type_mime="application/pdf") for _ in dossiers]
    for fichier, dossier in zip(fichiers, dossiers, strict=True):
        coffre.rattacher(fichier, dossier)
    echanges = acceptes = 0
    for (fichier, sien), dossier in itertools.product(zip(fichiers, dossiers, strict=True), [*dossiers, None]):
        if dossier == sien:
            assert coffre.lire(fichier, dossier) == b"secret"
            continue
        echanges += 1
        try:
            coffre.lire(fichier, dossier)
        except InvalidTag:
            continue
        acceptes += 1
    consigner("sec-52-dossiers", echanges=echanges, acceptes=acceptes)
    assert acceptes == 0


@pytest.mark.django_db
def test_un_fichier_se_rattache_une_fois() -> None:
    fichier, dossier = coffre.deposer(b"x", extension="pdf", type_mime="application/pdf"), uuid.uuid4()
    coffre.rattacher(fichier, dossier)
    coffre.rattacher(fichier, dossier)
    with pytest.raises(InvalidTag):
        coffre.rattacher(fichier, uuid.uuid4())
    assert coffre.lire(fichier, dossier) == b"x"


def test_un_sceau_d_avant_ne_s_ouvre_que_pendant_la_mise_a_niveau(settings: Any) -> None:
    ancien = chiffrer(b"secret", "essai.champ")
    with pytest.raises(SceauAncien):
        dechiffrer(ancien, "essai.champ", "ligne")
    settings.ANCIENS_SCEAUX = True
    assert dechiffrer(ancien, "essai.champ", "ligne") == b"secret"
