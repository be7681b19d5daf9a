"""Conventions as pages and papers read them: which one, its articles, its signatures, what happened to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from convention import articles, parties, regles
from convention.acteur import Acteur
from convention.etats import E
from convention.models import Convention, Mandat, VersionConvention
from presentation.comparaison import Passage, comparer
from presentation.temps import MOIS, date_fr

# The convention of the hospital with its partners: its sheets, its yearly review.
PRINCIPALE = "sante-securite-justice"


def principale() -> Convention | None:
    """The hospital's convention of that kind, the last one signed; never another kind."""
    return _lues().filter(genre=PRINCIPALE).order_by("-signee_le", "pk").first()


def _lues() -> QuerySet[Convention]:
    return Convention.objects.select_related("etablissement", "resiliation").prefetch_related(
        "signataires__institution", "parties__institution", "parties__denonciation", "versions", "correspondants"
    )


def lire_convention(code: str) -> Convention | None:
    """One convention with all that its page and its PDF show: a constant number of queries."""
    return _lues().prefetch_related("thematiques__fiches__versions").filter(code=code).first()


def visibles(acteur: Acteur) -> list[Convention]:
    """Those this person may read, last signed first."""
    lues = _lues().order_by("-signee_le", "code")
    return [convention for convention in lues if regles.peut_voir(convention, acteur)]


def publiques(jour: date) -> QuerySet[Convention]:
    """Those that anybody may read of, without an account."""
    return _lues().filter(publiee_le__lte=jour).order_by("-signee_le", "code")


def version_actuelle(convention: Convention) -> VersionConvention | None:
    """The text in force, else the last one that was."""
    effectives = [version for version in convention.versions.all() if version.effet_le]
    courantes = [version for version in effectives if version.etat == E.EN_VIGUEUR]
    return next(iter(courantes or sorted(effectives, key=lambda version: -version.rang)), None)


def articles_de(convention: Convention) -> articles.Texte:
    """The text in force, numbered by its order; empty for a convention whose articles were never loaded."""
    version = version_actuelle(convention)
    return articles.lire(version.contenu) if version else articles.Texte("", "", [])


def signatures_de(convention: Convention) -> list[tuple[VersionConvention, list[parties.Ligne]]]:
    """For each version that took effect, first one first, who signed it and how."""
    effectives = [version for version in convention.versions.all() if version.effet_le]
    return [(version, parties.lignes_de(version)) for version in sorted(effectives, key=lambda un: un.rang)]


def precedente(version: VersionConvention) -> VersionConvention | None:
    """The text that was in force before this one."""
    avant = version.convention.versions.filter(effet_le__isnull=False, rang__lt=version.rang)
    return avant.order_by("-rang").first()


def changements(version: VersionConvention) -> list[Passage]:
    """The articles that differ from the text in force before; none for the first text."""
    avant = precedente(version)
    if avant is None:
        return []
    anciens, nouveaux = (articles.blocs(articles.lire(texte.contenu)) for texte in (avant, version))
    return [passage for passage in comparer(anciens, nouveaux) if passage.change]


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the history. `reserve`: not for the public."""

    jour: str
    quand: str
    titre: str
    texte: str = ""
    reserve: bool = False

    @property
    def futur(self) -> bool:
        return self.jour > timezone.localdate().isoformat()


def chronologie(convention: Convention) -> list[Moment]:
    """What happened, newest first: the told history, then versions, entries, exits, office-holders and the end."""
    moments = [
        Moment(ligne["date"], quand(ligne["date"]), ligne["titre"], ligne["texte"]) for ligne in convention.historique
    ]
    moments += [*_des_versions(convention), *_des_parties(convention), *_des_titulaires(convention)]
    if hasattr(convention, "resiliation"):
        fin = convention.resiliation
        moments.append(_moment(fin.prononcee_le, "Résiliation prononcée", fin.motif, reserve=True))
        moments.append(_moment(fin.effet_le, "Fin de la convention", "Résiliation, au terme du préavis."))
    return sorted(moments, key=lambda moment: moment.jour, reverse=True)


def _moment(le: date | datetime, titre: str, texte: str = "", *, reserve: bool = False) -> Moment:
    jour = timezone.localtime(le).date() if isinstance(le, datetime) else le
    return Moment(jour.isoformat(), date_fr(jour), titre, texte, reserve)


def _des_versions(convention: Convention) -> Iterator[Moment]:
    for version in convention.versions.all():
        if version.nature == VersionConvention.Nature.INITIALE:
            continue
        if version.ouverte_le:
            yield _moment(version.ouverte_le, f"{version.intitule} ouvert à la signature", version.motif, reserve=True)
        if version.effet_le:
            yield _moment(version.effet_le, f"{version.intitule} en vigueur")


def _des_parties(convention: Convention) -> Iterator[Moment]:
    for partie in convention.parties.all():
        nom = partie.institution.nom
        if partie.admise_dans_id:
            yield _moment(partie.entree_le, f"Adhésion\u00a0: {nom}")
        if hasattr(partie, "denonciation"):
            sortie = partie.denonciation
            yield _moment(sortie.notifiee_le, f"Dénonciation notifiée\u00a0: {nom}", sortie.motif, reserve=True)
            yield _moment(sortie.effet_le, f"Sortie\u00a0: {nom}", "Dénonciation, au terme du préavis.")


def _des_titulaires(convention: Convention) -> Iterator[Moment]:
    """Changes of office-holder since the signature, in the institutions that are or were parties."""
    institutions = [partie.institution_id for partie in convention.parties.all()]
    mandats: Any = Mandat.objects.filter(institution__in=institutions, debut_le__gt=convention.signee_le)
    for mandat in mandats.select_related("institution").order_by("pk"):
        titre = f"Nouveau titulaire\u00a0: {mandat.institution.nom_court}"
        yield _moment(mandat.debut_le, titre, f"{mandat}. {mandat.motif}".strip(), reserve=True)


def quand(texte: str) -> str:
    """« 2021 », « septembre 2024 » or « lundi 26 mai 2025 », as precise as the history is."""
    morceaux = [int(morceau) for morceau in texte.split("-")]
    if len(morceaux) == 3:
        return date_fr(date(*morceaux))
    return f"{MOIS[morceaux[1] - 1]} {morceaux[0]}" if len(morceaux) == 2 else texte
