"""Everything is checked before anything is written: shapes first, then what the files say of one another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fiches import contenu as contenus
from fiches.chargement.formes import (
    FORME_CONVENTION,
    FORME_FICHE,
    FORME_REFERENCES,
    FORME_SERVICES,
    HORS_DU_CONTENU,
)
from fiches.chargement.lecture import DonneesInvalides, Fichier, lire
from fiches.chargement.programme import verifier_programme
from fiches.forme import Forme

# The other files of the folder, which no convention opens.
AUTRES = ("services.yaml", "references.yaml", "conservation.yaml", "onvs.yaml", "table-requisitions.yaml")


@dataclass(frozen=True, slots=True)
class Donnees:
    """The checked content of a folder: any number of conventions, of any kind."""

    conventions: list[Fichier]
    services: Fichier
    references: Fichier
    fiches: list[Fichier]


def lire_dossier(dossier: Path) -> Donnees:
    """Read and check a whole folder. Raises DonneesInvalides with every fault found, file and line named."""
    conventions = [chemin for chemin in sorted(dossier.glob("*.yaml")) if chemin.name not in AUTRES]
    if not conventions:
        raise DonneesInvalides([f"{dossier.name} : il faut au moins un fichier de convention, en « .yaml »."])
    attendus: list[tuple[Path, Forme]] = [
        *((chemin, FORME_CONVENTION) for chemin in conventions),
        (dossier / "services.yaml", FORME_SERVICES),
        (dossier / "references.yaml", FORME_REFERENCES),
        *((chemin, FORME_FICHE) for chemin in sorted((dossier / "fiches").glob("*.yaml"))),
    ]
    erreurs: list[str] = []
    fichiers: list[Fichier] = []
    for chemin, forme in attendus:
        try:
            fichier = lire(chemin, f"{dossier.name}/{chemin.relative_to(dossier)}")
        except DonneesInvalides as faute:
            erreurs += faute.erreurs
            continue
        erreurs += [fichier.erreur(*probleme) for probleme in forme(fichier.donnees, ())]
        fichiers.append(fichier)
    if not erreurs:
        combien = len(conventions)
        donnees = Donnees(fichiers[:combien], fichiers[combien], fichiers[combien + 1], fichiers[combien + 2 :])
        erreurs = [*_conventions(donnees), *_services(donnees), *_references(donnees), *_fiches(donnees)]
    if erreurs:
        raise DonneesInvalides(erreurs)
    return donnees


def parties_de(brut: Mapping[str, Any]) -> list[str]:
    """The institutions that a convention binds, in the order of its text: named signatories first."""
    signataires = sorted(brut.get("signataires", ()), key=lambda ligne: ligne["ordre"])
    return [*(ligne["institution"] for ligne in signataires), *brut.get("parties", ())]


def _codes(fichier: Fichier, liste_: str, champ: str = "code") -> set[str]:
    return {ligne[champ] for ligne in fichier.donnees.get(liste_, ())}


def _doubles(fichier: Fichier, liste_: str, champ: str) -> Iterator[str]:
    vus: dict[Any, int] = {}
    for rang, ligne in enumerate(fichier.donnees.get(liste_, ())):
        chemin = (liste_, rang, champ)
        if ligne[champ] in vus:
            yield fichier.erreur(chemin, f"« {ligne[champ]} » est déjà écrit ligne {vus[ligne[champ]]}.")
        vus.setdefault(ligne[champ], fichier.ligne(chemin))


def _absents(fichier: Fichier, liste_: str, champ: str, connus: set[str], quoi: str) -> Iterator[str]:
    for rang, ligne in enumerate(fichier.donnees.get(liste_, ())):
        if ligne[champ] is not None and ligne[champ] not in connus:
            yield fichier.erreur((liste_, rang, champ), f"{quoi} « {ligne[champ]} » n’existe pas.")


def _conventions(donnees: Donnees) -> Iterator[str]:
    """Institutions, themes and sheets are known across the files: each code is written once."""
    institutions = {code for fichier in donnees.conventions for code in _codes(fichier, "institutions")}
    for liste_ in ("convention", "institutions", "thematiques"):
        yield from _pris(donnees.conventions, liste_)
    for fichier in donnees.conventions:
        yield from _convention(fichier, institutions)
        yield from verifier_programme(fichier, institutions)


def _pris(fichiers: list[Fichier], nom: str) -> Iterator[str]:
    """The codes that two files both claim."""
    vus: dict[str, str] = {}
    for fichier in fichiers:
        valeur = fichier.donnees.get(nom, ())
        for rang, ligne in enumerate([valeur] if isinstance(valeur, dict) else valeur):
            chemin = (nom,) if isinstance(valeur, dict) else (nom, rang)
            if vus.get(ligne["code"], fichier.nom) != fichier.nom:
                yield fichier.erreur(chemin, f"« {ligne['code']} » est déjà pris par {vus[ligne['code']]}.")
            vus.setdefault(ligne["code"], fichier.nom)


def _convention(fichier: Fichier, institutions: set[str]) -> Iterator[str]:
    brut = fichier.donnees
    uniques = (
        ("institutions", "code"),
        ("thematiques", "code"),
        ("signataires", "ordre"),
        ("signataires", "institution"),
        ("articles", "id"),
    )
    for liste_, champ in uniques:
        yield from _doubles(fichier, liste_, champ)
    yield from _absents(fichier, "signataires", "institution", institutions, "l’institution")
    for liste_ in ("parties", "correspondants"):
        for rang, code in enumerate(brut.get(liste_, ())):
            if code not in institutions:
                yield fichier.erreur((liste_, rang), f"l’institution « {code} » n’existe pas.")
    parties = parties_de(brut)
    if not parties:
        yield fichier.erreur((), "il faut des signataires, ou des parties.")
    for code in sorted({code for code in parties if parties.count(code) > 1}):
        yield fichier.erreur(("parties",), f"« {code} » est écrit deux fois parmi les parties et les signataires.")
    for rang, ligne in enumerate(brut["institutions"]):
        if ligne["signataire"] != (ligne["code"] in parties):
            phrase = f"« {ligne['code']} » : la liste des parties dit autre chose."
            yield fichier.erreur(("institutions", rang, "signataire"), phrase)
    ordres = sorted(ligne["ordre"] for ligne in brut.get("signataires", ()))
    if ordres != list(range(1, len(ordres) + 1)):
        yield fichier.erreur(("signataires",), "les rangs des signataires doivent se suivre à partir de 1.")
    yield from _entete(fichier, institutions)


def _entete(fichier: Fichier, institutions: set[str]) -> Iterator[str]:
    convention = fichier.donnees["convention"]
    if convention["etablissement"] not in institutions:
        phrase = f"l’institution « {convention['etablissement']} » n’existe pas."
        yield fichier.erreur(("convention", "etablissement"), phrase)
    if convention["publiee_le"] and convention["publiee_le"] < convention["signee_le"]:
        yield fichier.erreur(("convention", "publiee_le"), "la publication précède la signature.")
    preavis = convention.get("preavis_mois")
    if preavis is not None and not 1 <= preavis <= 24:
        yield fichier.erreur(("convention", "preavis_mois"), "le préavis va de 1 à 24 mois.")


def _services(donnees: Donnees) -> Iterator[str]:
    services = donnees.services
    institutions = {code for fichier in donnees.conventions for code in _codes(fichier, "institutions")}
    yield from _doubles(services, "services", "code")
    yield from _absents(services, "services", "institution", institutions, "l’institution")
    yield from _absents(services, "services", "remplacant", _codes(services, "services"), "le service")


def _references(donnees: Donnees) -> Iterator[str]:
    fichier = donnees.references
    yield from _doubles(fichier, "references", "cle")
    yield from _absents(fichier, "references", "successeur", _codes(fichier, "references", "cle"), "la référence")
    for rang, ligne in enumerate(fichier.donnees["references"]):
        if ligne["fin"] and ligne["fin"] < ligne["debut"]:
            yield fichier.erreur(("references", rang, "fin"), f"« {ligne['cle']} » finit avant d’avoir commencé.")


def _fiches(donnees: Donnees) -> Iterator[str]:
    themes = {code for fichier in donnees.conventions for code in _codes(fichier, "thematiques")}
    references, services = _codes(donnees.references, "references", "cle"), _codes(donnees.services, "services")
    derogations = {
        ligne["code"]
        for fichier in donnees.fiches
        for ligne in fichier.donnees.get("secret", {}).get("derogations", ())
    }
    vus: dict[Any, str] = {}
    for fichier in donnees.fiches:
        fiche = fichier.donnees
        for champ in ("numero", "code"):
            if (champ, fiche[champ]) in vus:
                yield fichier.erreur((champ,), f"« {fiche[champ]} » est déjà pris par {vus[champ, fiche[champ]]}.")
            vus.setdefault((champ, fiche[champ]), fichier.nom)
        if fiche["thematique"] not in themes:
            yield fichier.erreur(("thematique",), f"le thème « {fiche['thematique']} » n’existe pas.")
        try:
            lu = contenus.lire({champ: fiche[champ] for champ in fiche if champ not in HORS_DU_CONTENU})
        except contenus.ContenuInvalide as faute:
            yield from (fichier.erreur(*probleme) for probleme in faute.problemes)
            continue
        for chemin, phrase in contenus.chemins_inconnus(lu, references, services, derogations):
            yield fichier.erreur(chemin, phrase)
