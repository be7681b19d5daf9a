"""What ages in a sheet in force: an article that expires, a year without a review. And the act of the référente."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from fiches import contenu as contenus
from fiches import policies
from fiches.lecture import a_relire
from fiches.models import ReferenceLegale, VersionFiche
from fiches.workflow import exiger, tracer, verrouiller
from transitions.workflow import TransitionRefusee


@dataclass(frozen=True, slots=True)
class Citation:
    """An article that a sheet cites, and where in it."""

    reference: ReferenceLegale
    lieux: list[str]


@dataclass(frozen=True, slots=True)
class Etat:
    """One sheet: its articles no longer in force, those that will expire within a year, its review."""

    version: VersionFiche
    expirees: list[Citation]
    bientot: list[Citation]
    a_relire: bool


def lieux_des_citations(contenu: contenus.Contenu) -> dict[str, list[str]]:
    """Where each reference is cited: in the texts of the sheet, in its tree, in its table of derogations."""
    lieux: dict[str, list[str]] = {}

    def citer(cles: Iterable[str], lieu: str) -> None:
        for cle in cles:
            if lieu not in lieux.setdefault(cle, []):
                lieux[cle].append(lieu)

    citer((texte.reference for texte in contenu.textes), "Les textes")
    for conclusion in contenu.arbre.conclusions if contenu.arbre else ():
        citer(conclusion.bases, f"« Que faire ? » : {conclusion.titre}")
    for derogation in contenu.secret.derogations if contenu.secret else ():
        citer(derogation.references, f"Dérogation {derogation.code}")
    return lieux


def etats(jour: date, versions: Iterable[VersionFiche]) -> list[Etat]:
    """Those of these sheets of which something ages, in their order."""
    echues = {reference.cle: reference for reference in _echues(jour)}
    lignes = []
    for version in versions:
        citees = [
            Citation(echues[cle], lieux)
            for cle, lieux in lieux_des_citations(contenus.lire(version.contenu)).items()
            if cle in echues
        ]
        expirees = [citation for citation in citees if citation.reference.fin < jour]  # type: ignore[operator]
        etat = Etat(version, expirees, [c for c in citees if c not in expirees], a_relire(version, jour))
        if etat.expirees or etat.bientot or etat.a_relire:
            lignes.append(etat)
    return lignes


def _echues(jour: date) -> Iterable[ReferenceLegale]:
    """What has expired, or will within a year."""
    limite = date(jour.year + 1, jour.month, min(jour.day, 28))
    return (
        ReferenceLegale.objects.filter(fin__lt=limite).select_related("successeur").order_by("code", "article", "cle")
    )


@transaction.atomic
def relire(*, version: VersionFiche, acteur: Acteur) -> VersionFiche:
    """« Vérifiée aujourd’hui »: the référente read the sheet and its articles again. Its text does not change."""
    version = verrouiller(version)
    exiger(policies.peut_relire(version, acteur))
    if version.verifie_le == timezone.localdate():
        raise TransitionRefusee("Cette fiche est déjà vérifiée aujourd’hui.")
    version.verifie_le = timezone.localdate()
    version.save()
    tracer(version, "relire", acteur, version.verifie_le.isoformat())
    return version
