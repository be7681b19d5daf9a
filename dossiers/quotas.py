"""How much one person may take away in an hour, counted from the journal: warn, ask for the code, then stop (SEC-65).

Opening again a case, or a file, already opened within the hour takes nothing more.
"""

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.db import connection
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier
from journal.models import Entree

HEURE = timedelta(hours=1)
ALERTE, ARRET = 80, 150


class Genre(StrEnum):
    OUVERTURE = "ouverture"
    FICHIER = "fichier"
    PDF = "pdf"
    RESULTAT = "resultat"


@dataclass(frozen=True, slots=True)
class Limites:
    """What is free in an hour; the code is asked at the limit, everything stops at half as much again."""

    ouverture: int = 60
    fichier: int = 20
    pdf: int = 10
    resultat: int = 200

    def de(self, genre: Genre) -> int:
        return int(getattr(self, genre))


# A role that needs more is one line here; the widest of one's roles holds.
PAR_ROLE: Mapping[Role, Limites] = {role: Limites() for role in Role}
# Views that give a file or a PDF. Every other view of a case is an opening.
VUES: Mapping[str, Genre] = {
    "dossiers:piece": Genre.FICHIER,
    "requisitions:pli": Genre.FICHIER,
    "signalements:apercu": Genre.PDF,
    "accueil:recherche": Genre.RESULTAT,
}
# A search gives so many results at most: it is refused when it could pass the limit.
PAR_RECHERCHE = 10
PHRASES: Mapping[Genre, str] = {
    Genre.OUVERTURE: "Vous avez ouvert {nombre} dossiers en une heure.",
    Genre.FICHIER: "Vous avez téléchargé {nombre} fichiers en une heure.",
    Genre.PDF: "Vous avez produit {nombre} documents en une heure.",
    Genre.RESULTAT: "Vos recherches ont montré {nombre} dossiers en une heure.",
}


@dataclass(frozen=True, slots=True)
class Compte:
    """What was taken of a kind in the hour, and how much this request may add: nothing for what is already known."""

    genre: Genre
    nombre: int
    limite: int
    ajout: int

    @property
    def a_confirmer(self) -> bool:
        return self.ajout > 0 and self.nombre + self.ajout > self.limite

    @property
    def arrete(self) -> bool:
        return self.ajout > 0 and (self.nombre + self.ajout) * 100 > self.limite * ARRET

    @property
    def a_prevenir(self) -> bool:
        """True once: on the request that reaches four fifths."""
        return self.nombre * 100 < self.limite * ALERTE <= (self.nombre + self.ajout) * 100

    @property
    def phrase(self) -> str:
        return PHRASES[self.genre].format(nombre=self.nombre)


def limites(acteur: Acteur) -> Limites:
    siennes = [PAR_ROLE[role] for role in acteur.roles] or [Limites()]
    return Limites(*(max(limite.de(genre) for limite in siennes) for genre in Genre))


def compter(acteur: Acteur, genre: Genre, cle: uuid.UUID | None, vue: str) -> Compte:
    """One indexed query; near the limit, two requests of the same person are counted one after the other."""
    limite = limites(acteur).de(genre)
    pris = _pris(acteur, genre)
    if len(pris) * 100 >= limite * ALERTE or genre is not Genre.OUVERTURE:
        with connection.cursor() as curseur:
            curseur.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 65))", [str(acteur.cle)])
        pris = _pris(acteur, genre)
    if genre is Genre.RESULTAT:
        nombre = sum(pris.values())
        return Compte(genre, nombre, limite, PAR_RECHERCHE)
    return Compte(genre, len(pris), limite, 0 if _etiquette(genre, cle, vue) in pris else 1)


def _etiquette(genre: Genre, cle: uuid.UUID | None, vue: str) -> str:
    return str(cle) if genre is Genre.OUVERTURE else f"{vue}:{cle}"


def _pris(acteur: Acteur, genre: Genre) -> dict[str, int]:
    """What was taken since an hour, each thing once, with how many records it gave."""
    entrees = Entree.objects.filter(acteur=acteur.cle, le__gt=timezone.now() - HEURE, resultat="fait").order_by()
    if genre is Genre.RESULTAT:
        contenus = entrees.filter(action="chercher").values_list("pk", "contenu")
        return {str(pk): int(json.loads(contenu)["details"].get("resultats", 0)) for pk, contenu in contenus}
    faits = entrees.filter(action__in=("lire", "agir"), cle__isnull=False)
    if genre is Genre.OUVERTURE:
        des_dossiers = faits.exclude(objet__in=list(VUES)).filter(cle__in=Dossier.objects.values("cle"))
        return dict.fromkeys((str(cle) for cle in des_dossiers.values_list("cle", flat=True).distinct()), 1)
    vues = [vue for vue, autre in VUES.items() if autre is genre]
    pieces = faits.filter(objet__in=vues).values_list("objet", "cle").distinct()
    return dict.fromkeys((f"{vue}:{cle}" for vue, cle in pieces), 1)
