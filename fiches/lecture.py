"""A version as a page or a PDF shows it to one reader: texts with their dates, contacts from the directory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from convention.acteur import Acteur
from convention.annuaire import Ligne, lignes_de
from convention.models import Service
from convention.portee import Lecteur, conventions_de
from fiches import contenu as contenus
from fiches.actes import adresse_de
from fiches.etats import OUVERTS
from fiches.models import Fiche, ReferenceLegale, VersionFiche
from fiches.policies import peut_voir_version
from fiches.workflow import WORKFLOW


@dataclass(frozen=True, slots=True)
class Article:
    """A legal reference of a fiche. `expire`: no longer in force today, whatever the fiche says."""

    reference: ReferenceLegale
    portee: str
    expire: bool
    a_venir: bool


@dataclass(frozen=True, slots=True)
class Lecture:
    version: VersionFiche
    contenu: contenus.Contenu
    articles: list[Article]
    contacts: list[Ligne]
    acte: str | None
    acte_libelle: str

    @property
    def etat(self) -> Any:
        return WORKFLOW.etats[self.version.etat]

    @property
    def a_relire(self) -> bool:
        return a_relire(self.version, timezone.localdate())

    @property
    def expirees(self) -> list[Article]:
        return [article for article in self.articles if article.expire]


def a_relire(version: VersionFiche, jour: date) -> bool:
    """Nobody said for a year that the sheet still holds."""
    return version.verifie_le + timedelta(days=365) <= jour


def lire_version(version: VersionFiche, acteur: Acteur) -> Lecture:
    """The whole sheet for this reader; the button opens an act only for those the sheet is for."""
    contenu = contenus.lire(version.contenu)
    cible = contenu.action["cible"]
    concerne = bool({str(role) for role in acteur.roles} & set(contenu.public))
    return Lecture(
        version=version,
        contenu=contenu,
        articles=_articles(contenu),
        contacts=lignes_de(contenu.contacts, acteur),
        acte=adresse_de(cible, acteur) if concerne else None,
        acte_libelle=contenu.action["libelle"] or "",
    )


def _articles(contenu: contenus.Contenu) -> list[Article]:
    lignes = ReferenceLegale.objects.select_related("successeur").in_bulk(
        [article.reference for article in contenu.textes], field_name="cle"
    )
    jour = timezone.localdate()
    return [
        Article(
            reference=lignes[article.reference],
            portee=article.portee,
            expire=bool((fin := lignes[article.reference].fin) and fin < jour),
            a_venir=lignes[article.reference].debut > jour,
        )
        for article in contenu.textes
        if article.reference in lignes
    ]


def versions_de(fiche: Fiche, acteur: Acteur) -> list[VersionFiche]:
    """The versions this reader may open, most recent first."""
    versions = fiche.versions.select_related("fiche__thematique__convention").order_by("-rang")
    return [version for version in versions if peut_voir_version(version, acteur)]


def fiches_de(lecteur: Lecteur) -> QuerySet[Fiche]:
    """The sheets of the conventions that concern this reader; another convention's sheet does not exist for them."""
    return Fiche.objects.filter(thematique__convention__in=conventions_de(lecteur).order_by().values("pk"))


def pour(lecteur: Lecteur) -> Q:
    """The same, said of versions."""
    return Q(fiche__thematique__convention__in=conventions_de(lecteur).order_by().values("pk"))


def en_vigueur() -> Any:
    """The versions in force, one a sheet, in the order of the sheets."""
    return (
        VersionFiche.objects.filter(etat=VersionFiche.Etat.EN_VIGUEUR)
        .select_related("fiche__thematique__convention")
        .order_by("fiche__numero")
    )


def noms(acteur: Acteur) -> Mapping[str, str]:
    """The words of reference keys and service codes, as this reader may read them."""
    references = {reference.cle: str(reference) for reference in ReferenceLegale.objects.all()}
    services = Service.objects.only("code", "nom", "nom_externe", "institution_id")
    return references | {
        service.code: service.nom if service.institution_id in acteur.institutions else service.nom_externe
        for service in services
    }


def ouverte(fiche: Fiche) -> VersionFiche | None:
    """The version in preparation, if any."""
    return fiche.versions.filter(etat__in=OUVERTS).select_related("fiche__thematique__convention").first()


def adresse_de_comparaison(version: VersionFiche) -> str:
    """Where a version is read against the last text that was in force before it; the sheet when there is none."""
    avant = version.fiche.versions.filter(effet_le__isnull=False, rang__lt=version.rang).order_by("-rang").first()
    if avant is None:
        return reverse("fiches:fiche", args=[version.fiche.numero])
    return reverse("fiches:comparer", args=[version.fiche.numero, avant.numero, version.numero])
