"""Everything is checked before anything is written: shapes first, then what the files say of one another."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from convention.models import Institution
from fiches import contenu as contenus
from fiches.chargement.lecture import DonneesInvalides, Fichier, lire
from fiches.contenu import CHAMPS, CODES, FACULTATIFS
from fiches.forme import Forme, booleen, choix, entier, facultatif, jour, liste, motif, objet, texte

SLUG = motif(r"[a-z0-9]+(-[a-z0-9]+)*", "violences-couple")
TELEPHONE = motif(r"0\d( \d\d){4}", "03 53 01 40 00")
FORME_CONVENTION = objet(
    {
        "convention": objet(
            {
                "code": SLUG,
                "genre": SLUG,
                "titre": texte(200),
                "version": texte(20),
                "etablissement": CODES,
                "signee_le": jour(),
                "publiee_le": facultatif(jour()),
                "lieu": texte(80),
                "objet": texte(5000),
                "suivi": texte(5000),
                "historique": liste(
                    objet({"date": motif(r"\d{4}(-\d\d){0,2}", "2024-09"), "titre": texte(120), "texte": texte(1000)})
                ),
            },
            en_plus={"preavis_mois": entier()},
        ),
        "institutions": liste(
            objet(
                {
                    "code": motif(r"[A-Z][A-Z0-9-]{0,19}", "CHV"),
                    "nom": texte(200),
                    "nom_court": texte(80),
                    "famille": choix(Institution.Famille.values),
                    "signataire": booleen(),
                    "commune": texte(80),
                }
            ),
            minimum=1,
        ),
        "signataires": liste(
            objet(
                {
                    "ordre": entier(),
                    "institution": CODES,
                    "civilite": texte(10),
                    "prenom": texte(80),
                    "nom": texte(80),
                    "titre": texte(200),
                }
            ),
            minimum=1,
        ),
        "thematiques": liste(
            objet({"code": SLUG, "ordre": entier(), "intitule": texte(200), "communique": booleen()}), minimum=1
        ),
    },
    en_plus={
        "mention": texte(300),
        "articles": liste(objet({"id": SLUG, "titre": texte(160), "texte": texte(8000)}), minimum=1),
    },
)
FORME_SERVICES = objet(
    {
        "services": liste(
            objet(
                {
                    "code": motif(r"[A-Z][A-Z0-9-]{0,19}", "CHV-URG"),
                    "institution": CODES,
                    "nom": texte(120),
                    "nom_externe": texte(160),
                    "domaine": SLUG,
                    "telephone": TELEPHONE,
                    "telephone_garde": facultatif(TELEPHONE),
                    "courriel": facultatif(motif(r"[^@\s]+@[^@\s]+\.[a-z]+", "service@chv.test")),
                    "horaires": texte(80),
                    "verifie_le": jour(),
                    "permanence": booleen(),
                    "remplacant": facultatif(CODES),
                }
            ),
            minimum=1,
            maximum=2000,
        )
    }
)
FORME_REFERENCES = objet(
    {
        "references": liste(
            objet(
                {
                    "cle": CODES,
                    "code": texte(120),
                    "article": texte(60),
                    "alinea": facultatif(texte(40)),
                    "libelle": texte(300),
                    "debut": jour(),
                    "fin": facultatif(jour()),
                    "successeur": facultatif(CODES),
                    "a_verifier": booleen(),
                }
            ),
            minimum=1,
            maximum=2000,
        )
    }
)
FORME_FICHE = objet(
    {**CHAMPS, "numero": entier(), "code": SLUG, "thematique": SLUG, "titre": texte(160), "verifie_le": jour()},
    en_plus=FACULTATIFS,
)
HORS_DU_CONTENU = {"numero", "code", "thematique", "titre", "verifie_le"}


@dataclass(frozen=True, slots=True)
class Donnees:
    """The checked content of a folder."""

    convention: Fichier
    services: Fichier
    references: Fichier
    fiches: list[Fichier]


def lire_dossier(dossier: Path) -> Donnees:
    """Read and check a whole folder. Raises DonneesInvalides with every fault found, file and line named."""
    conventions = sorted(dossier.glob("convention-*.yaml"))
    if len(conventions) != 1:
        raise DonneesInvalides([f"{dossier.name} : il faut un fichier « convention-….yaml » et un seul."])
    attendus: list[tuple[Path, Forme]] = [
        (conventions[0], FORME_CONVENTION),
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
        donnees = Donnees(fichiers[0], fichiers[1], fichiers[2], fichiers[3:])
        erreurs = [*_convention(donnees), *_references(donnees), *_fiches(donnees)]
    if erreurs:
        raise DonneesInvalides(erreurs)
    return donnees


def _codes(fichier: Fichier, liste_: str, champ: str = "code") -> set[str]:
    return {ligne[champ] for ligne in fichier.donnees[liste_]}


def _doubles(fichier: Fichier, liste_: str, champ: str) -> Iterator[str]:
    vus: dict[Any, int] = {}
    for rang, ligne in enumerate(fichier.donnees[liste_]):
        chemin = (liste_, rang, champ)
        if ligne[champ] in vus:
            yield fichier.erreur(chemin, f"« {ligne[champ]} » est déjà écrit ligne {vus[ligne[champ]]}.")
        vus.setdefault(ligne[champ], fichier.ligne(chemin))


def _absents(fichier: Fichier, liste_: str, champ: str, connus: set[str], quoi: str) -> Iterator[str]:
    for rang, ligne in enumerate(fichier.donnees[liste_]):
        if ligne[champ] is not None and ligne[champ] not in connus:
            yield fichier.erreur((liste_, rang, champ), f"{quoi} « {ligne[champ]} » n’existe pas.")


def _convention(donnees: Donnees) -> Iterator[str]:
    fichier, services = donnees.convention, donnees.services
    uniques = (
        ("institutions", "code"),
        ("thematiques", "code"),
        ("signataires", "ordre"),
        ("signataires", "institution"),
        *((("articles", "id"),) if "articles" in fichier.donnees else ()),
    )
    for liste_, champ in uniques:
        yield from _doubles(fichier, liste_, champ)
    institutions = _codes(fichier, "institutions")
    yield from _absents(fichier, "signataires", "institution", institutions, "l’institution")
    signataires = _codes(fichier, "signataires", "institution")
    for rang, ligne in enumerate(fichier.donnees["institutions"]):
        if ligne["signataire"] != (ligne["code"] in signataires):
            phrase = f"« {ligne['code']} » : la liste des signataires dit autre chose."
            yield fichier.erreur(("institutions", rang, "signataire"), phrase)
    ordres = sorted(ligne["ordre"] for ligne in fichier.donnees["signataires"])
    if ordres != list(range(1, len(ordres) + 1)):
        yield fichier.erreur(("signataires",), "les rangs des signataires doivent se suivre à partir de 1.")
    convention = fichier.donnees["convention"]
    if convention["etablissement"] not in institutions:
        phrase = f"l’institution « {convention['etablissement']} » n’existe pas."
        yield fichier.erreur(("convention", "etablissement"), phrase)
    if convention["publiee_le"] and convention["publiee_le"] < convention["signee_le"]:
        yield fichier.erreur(("convention", "publiee_le"), "la publication précède la signature.")
    if not 1 <= convention.get("preavis_mois", 3) <= 24:
        yield fichier.erreur(("convention", "preavis_mois"), "le préavis va de 1 à 24 mois.")
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
    themes = _codes(donnees.convention, "thematiques")
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
