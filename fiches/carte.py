"""The map of what is read: services × sheets, as shares. No name, no person, nothing that lets one be deduced.

A service is counted only when five persons or more besides the reader are concerned. Under five, a word says where
the majority stands, never that all or none did; one or two persons are not shown at all. There is no total line:
a total less the lines beside it would give back what they hide.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from accounts.roles import Role
from convention.acteur import Acteur, rattachements_valides
from convention.models import Institution, Service
from fiches.models import AccuseLecture, VersionFiche
from fiches.policies import ROLES_D_AVIS
from transitions.verdict import OUI, Verdict, non

SEUIL, PLANCHER = 5, 3
OUI_LU, EN_PARTIE, PAS_ENCORE, TROP_PEU, SANS_OBJET = "oui", "en partie", "pas encore", "trop peu", "–"
# Who reads the map of a whole institution; a head nurse reads her own services.
DE_L_INSTITUTION = frozenset({*ROLES_D_AVIS, Role.REFERENT, Role.DIRECTION})


@dataclass(frozen=True, slots=True)
class Part:
    """One cell, already in the words that may be shown. `ton`: ok, warn or mute."""

    mots: str
    ton: str


@dataclass(frozen=True, slots=True)
class Rang:
    """One service, or one institution, and its cells in the order of the sheets."""

    nom: str
    parts: list[Part]
    fiches: tuple[int, ...] = ()

    @property
    def cases(self) -> list[tuple[int, Part]]:
        """Each cell with the number of its sheet: a phone shows the cells without the heads of the columns."""
        return list(zip(self.fiches, self.parts, strict=True))


@dataclass(frozen=True, slots=True)
class Carte:
    versions: list[VersionFiche]
    services: list[Rang]
    institutions: list[Rang]


def part(lus: int, concernes: int, *, lecteur: bool | None = None) -> Part:
    """What may be said of `lus` readers among `concernes`. `lecteur`: whether the person who looks, and is one of
    them, has read; they know their own answer, so the floor and the words are about the others."""
    if not concernes:
        return Part(SANS_OBJET, "mute")
    autres = concernes - (lecteur is not None)
    if autres < PLANCHER:
        return Part(TROP_PEU, "mute")
    if autres < SEUIL:
        return _majorite(lus - bool(lecteur), autres)
    ton = "ok" if lus == concernes else "warn" if lus else "danger"
    return Part(f"{lus} sur {concernes}", ton)


def _majorite(lus: int, concernes: int) -> Part:
    """Never a word that would mean all or none."""
    if 2 * lus > concernes:
        return Part(OUI_LU, "ok")
    return Part(EN_PARTIE, "warn") if 2 * lus == concernes else Part(PAS_ENCORE, "danger")


def peut_voir_carte(acteur: Acteur) -> Verdict:
    if acteur.a(Role.CADRE, *DE_L_INSTITUTION):
        return OUI
    return non("La carte des lectures se lit par les cadres, la direction, la référente et les représentants.")


def carte(acteur: Acteur, versions: Iterable[VersionFiche]) -> Carte:
    """Three queries, whatever the number of services and of readers."""
    versions = list(versions)
    entieres = {place.institution_id for place in acteur.places if place.role in DE_L_INSTITUTION}
    cadre = {place.service_id for place in acteur.places if place.role == Role.CADRE}
    tenues = {v.fiche.thematique.convention.etablissement_id for v in versions}
    referente = any(place.role == Role.REFERENT and place.institution_id in tenues for place in acteur.places)
    par_service: dict[Service, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    par_maison: dict[Institution, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for ligne in rattachements_valides():
        maison = ligne.service.institution
        if ligne.service_id in cadre or maison.pk in entieres:
            par_service[ligne.service][ligne.role].add(ligne.utilisateur_id)
        elif referente:
            par_maison[maison][ligne.role].add(ligne.utilisateur_id)
    lus = _lecteurs(versions)
    moi = acteur.utilisateur_id
    return Carte(
        versions,
        _rangs([(service.nom, roles) for service, roles in par_service.items()], versions, lus, moi),
        _rangs([(maison.nom_court, roles) for maison, roles in par_maison.items()], versions, lus, moi),
    )


def _lecteurs(versions: list[VersionFiche]) -> Mapping[int, set[int]]:
    lecteurs: dict[int, set[int]] = defaultdict(set)
    accuses = AccuseLecture.objects.filter(version_fiche__in=[version.pk for version in versions]).order_by()
    for version, personne in accuses.values_list("version_fiche", "lu_par"):
        lecteurs[version].add(personne)
    return lecteurs


Roles = Mapping[str, set[int]]


def _rangs(
    maisons: list[tuple[str, Roles]], versions: list[VersionFiche], lus: Mapping[int, set[int]], moi: int
) -> list[Rang]:
    """The lines that a sheet concerns, by name."""
    numeros = tuple(version.fiche.numero for version in versions)
    rangs = [Rang(nom, list(_parts(roles, versions, lus, moi)), numeros) for nom, roles in maisons]
    concernes = [rang for rang in rangs if any(part.mots != SANS_OBJET for part in rang.parts)]
    return sorted(concernes, key=lambda rang: rang.nom)


def _parts(roles: Roles, versions: list[VersionFiche], lus: Mapping[int, set[int]], moi: int) -> Iterator[Part]:
    for version in versions:
        concernes = {personne for role in version.contenu["public"] for personne in roles.get(role, ())}
        lecteurs = concernes & lus.get(version.pk, set())
        yield part(len(lecteurs), len(concernes), lecteur=moi in lecteurs if moi in concernes else None)
