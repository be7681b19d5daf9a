"""What a sealed value is bound to: the row that carries it, by what never changes in it (ADR 18)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.query_utils import DeferredAttribute

APPARTENANCES = ("dossier_id", "proprietaire_id")


class SceauAncien(ValueError):
    """A seal of before ADR 18, bound to its column or file only."""


def refuser_ancien() -> None:
    """Such a seal opens only while the upgrade lasts."""
    if not settings.ANCIENS_SCEAUX:
        raise SceauAncien(
            "Cette valeur a été scellée sans être liée à sa ligne ni à son dossier\u00a0: "
            "lancez une fois ANCIENS_SCEAUX=1 manage.py tourner_cles."
        )


@cache
def attaches(modele: type[models.Model]) -> tuple[str, ...]:
    """The attributes that a row's seals are bound to: known before the INSERT, never changed afterwards.

    Its opaque key and the case or the person it belongs to; for a line of history, the row it copies and its date.
    """
    origine = getattr(modele, "instance_type", None)
    if origine is not None:
        return (origine._meta.pk.attname, *(n for n in attaches(origine) if n in APPARTENANCES), "history_date")
    champs = {champ.attname: champ for champ in modele._meta.concrete_fields}
    noms = tuple(n for n in ("cle", *APPARTENANCES) if n in champs and not champs[n].null)
    if not any(champs[n].unique for n in noms):
        raise TypeError(
            f"{modele._meta.label}\u00a0: une ligne chiffrée porte une clé opaque unique («\u00a0cle\u00a0»)."
        )
    return noms


def texte(valeurs: Any) -> str:
    """One writing of these values, whatever wrote or read the row."""
    return "|".join(_ecrire(valeur) for valeur in valeurs)


def _ecrire(valeur: Any) -> str:
    if valeur is None:
        raise ValueError("Une valeur chiffrée ne s’écrit qu’une fois connus la clé et le dossier de sa ligne.")
    return valeur.astimezone(UTC).isoformat() if isinstance(valeur, datetime) else str(valeur)


def texte_de(modele: type[models.Model], instance: models.Model) -> str:
    return texte(getattr(instance, nom) for nom in attaches(modele))


@dataclass(frozen=True, slots=True)
class Scelle:
    """Sealed bytes that have not met their row: they are shown nowhere."""

    octets: bytes = field(repr=False)

    def __str__(self) -> str:
        raise TypeError("Cette valeur scellée se lit depuis l’objet de sa ligne, non par values().")


class Ouverture(DeferredAttribute):
    """Opens a sealed value the first time it is read from the object of its row."""

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        valeur = super().__get__(instance, cls)
        if isinstance(valeur, Scelle):
            champ: Any = self.field
            valeur = champ.ouvrir(valeur, texte_de(self.field.model, instance))
            instance.__dict__[self.field.attname] = valeur
        return valeur

    def __set__(self, instance: Any, valeur: Any) -> None:
        instance.__dict__[self.field.attname] = valeur
