"""A seal opens in its row, a file in its case, and nowhere else (SEC-52, ADR 18)."""

import uuid
from collections.abc import Iterator
from typing import Any

from django.db import models

from documents import rotation
from documents.chiffrement import ChampChiffre, DateChiffree, JsonChiffre
from documents.liaison import attaches

CHAMPS = list(rotation.champs())
CLAIRS: dict[type, Any] = {ChampChiffre: "secret", JsonChiffre: {"cle": "secret"}, DateChiffree: None}


def _lignes(modele: type[models.Model]) -> Iterator[dict[str, Any]]:
    """Rows that differ by one of the things their seals are bound to, then by all of them."""

    def valeur(champ: models.Field, rang: int) -> Any:
        if isinstance(champ, models.UUIDField):
            return uuid.UUID(int=rang)
        if isinstance(champ, models.DateTimeField):
            from datetime import UTC, datetime

            return datetime(2026, 1, rang, tzinfo=UTC)
        return rang

    noms = attaches(modele)
    champs = {champ.attname: champ for champ in modele._meta.concrete_fields}
    base = {nom: valeur(champs[nom], 1) for nom in noms}
    yield base
    for nom in noms:
        yield {**base, nom: valeur(champs[nom], 2)}
    yield {nom: valeur(champs[nom], 3) for nom in noms}
