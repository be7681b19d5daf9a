"""Who may lift professional secrecy, and under which text: derogations, professions, and their crossing.

They are content of a fiche: the référente edits them, the partners approve them. The tool never decides for anybody.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fiches.arbre.modele import CODE, DEROGATION
from fiches.forme import Chemin, Forme, Probleme, choix, liste, motif, objet, texte

OUI, NON, COSIGNATURE, DISCUTE, STATUT = "OUI", "NON", "COSIGNATURE", "DISCUTE", "STATUT"
PERMIS = {
    OUI: "Oui",
    NON: "Non",
    COSIGNATURE: "Non, cosignature proposée",
    DISCUTE: "Discuté",
    STATUT: "Selon votre statut",
}
CARACTERES = {
    "PERMISSION": "Permission",
    "OBLIGATION": "Obligation",
    "DEVOIR": "Devoir déontologique",
    "STATUTAIRE": "Obligation statutaire",
    "TOLERANCE": "Tolérance de la jurisprudence",
    "AUCUNE": "Aucune dérogation",
}
PROFESSION = motif(r"[A-Z_]{2,30}", "MEDECIN")
PHRASES = {
    OUI: "Oui, un texte vous le permet.",
    NON: "Non.",
    COSIGNATURE: "Pas seul : faites cosigner par un médecin ou un infirmier qui a lui-même constaté.",
    DISCUTE: "Discuté : demandez un avis avant de parler.",
    STATUT: "Selon votre statut : demandez un avis avant de parler.",
}


def _permis() -> Forme:
    valeur = choix(PERMIS)

    def verifier(brut: Any, chemin: Chemin) -> Iterator[Probleme]:
        if not isinstance(brut, dict):
            yield Probleme(chemin, "« permis » dit, pour chaque métier, oui ou non.")
            return
        for code, reponse in brut.items():
            yield from PROFESSION(code, (*chemin, code))
            yield from valeur(reponse, (*chemin, code))

    return verifier


FORME = objet(
    {
        "groupes": liste(objet({"code": PROFESSION, "nom": texte(120)}), minimum=1),
        "professions": liste(objet({"code": PROFESSION, "nom": texte(120), "groupe": PROFESSION}), minimum=1),
        "derogations": liste(
            objet(
                {
                    "code": DEROGATION,
                    "base": texte(160),
                    "references": liste(CODE),
                    "caractere": choix(CARACTERES),
                    "precision": texte(200, vide=True),
                    "qui": texte(200),
                    "destinataire": texte(200),
                    "contenu": texte(300),
                    "accord": texte(200),
                    "permis": _permis(),
                }
            ),
            minimum=1,
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Groupe:
    code: str
    nom: str


@dataclass(frozen=True, slots=True)
class Profession:
    code: str
    nom: str
    groupe: str


@dataclass(frozen=True, slots=True)
class Derogation:
    """One line of the table. `permis` is by group; a profession named there has its own answer."""

    code: str
    base: str
    references: tuple[str, ...]
    caractere: str
    precision: str
    qui: str
    destinataire: str
    contenu: str
    accord: str
    permis: Mapping[str, str]

    @property
    def caractere_libelle(self) -> str:
        libelle = CARACTERES[self.caractere]
        return f"{libelle} ({self.precision})" if self.precision else libelle

    def pour(self, profession: Profession) -> str:
        """A group that the table forgets may not speak: silence is a no."""
        return self.permis.get(profession.code, self.permis.get(profession.groupe, NON))


@dataclass(frozen=True, slots=True)
class Table:
    groupes: tuple[Groupe, ...]
    professions: tuple[Profession, ...]
    derogations: tuple[Derogation, ...]

    def profession(self, code: str) -> Profession | None:
        return next((ligne for ligne in self.professions if ligne.code == code), None)

    def derogation(self, code: str) -> Derogation | None:
        return next((ligne for ligne in self.derogations if ligne.code == code), None)

    @property
    def codes(self) -> set[str]:
        return {ligne.code for ligne in self.derogations}


@dataclass(frozen=True, slots=True)
class Croisement:
    """The answer for one profession: the best of the lines, and each line with its own."""

    permis: str
    lignes: tuple[tuple[Derogation, str], ...]

    @property
    def phrase(self) -> str:
        return PHRASES[self.permis]

    @property
    def resultat(self) -> str:
        return {OUI: "BASE_TROUVEE", NON: "SANS_BASE"}.get(self.permis, "AVIS_REQUIS")

    @property
    def retenue(self) -> Derogation | None:
        """The derogation that carries the answer; none carries a no."""
        return next((ligne for ligne, permis in self.lignes if permis == self.permis and permis != NON), None)


def lire(brut: Mapping[str, Any] | None) -> Table | None:
    """The table of a content already checked by FORME; None when the fiche has none."""
    if brut is None:
        return None
    return Table(
        groupes=tuple(Groupe(**ligne) for ligne in brut["groupes"]),
        professions=tuple(Profession(**ligne) for ligne in brut["professions"]),
        derogations=tuple(
            Derogation(**{**ligne, "references": tuple(ligne["references"])}) for ligne in brut["derogations"]
        ),
    )


def repondre(table: Table, codes: Sequence[str], profession: Profession) -> Croisement:
    """Cross a situation (its derogations) and a profession. A code that the table lost asks for an advice."""
    lignes = tuple((ligne, ligne.pour(profession)) for code in codes if (ligne := table.derogation(code)))
    obtenus = {permis for _, permis in lignes}
    meilleur = next((permis for permis in (OUI, COSIGNATURE, DISCUTE, STATUT) if permis in obtenus), NON)
    return Croisement(STATUT if not lignes else meilleur, lignes)


def fautes(table: Table) -> Iterator[tuple[Chemin, str]]:
    """What the shape cannot see: doubles, unknown groups, a profession without an answer."""
    for champ, codes in (
        ("groupes", [ligne.code for ligne in table.groupes]),
        ("professions", [ligne.code for ligne in table.professions]),
        ("derogations", [ligne.code for ligne in table.derogations]),
    ):
        for rang, code in enumerate(codes):
            if code in codes[:rang]:
                yield (champ, rang, "code"), f"« {code} » est écrit deux fois."
    groupes = {ligne.code for ligne in table.groupes}
    connus = groupes | {ligne.code for ligne in table.professions}
    for rang, profession in enumerate(table.professions):
        if profession.groupe not in groupes:
            yield ("professions", rang, "groupe"), f"le groupe « {profession.groupe} » n’existe pas."
    for rang, derogation in enumerate(table.derogations):
        for code in derogation.permis:
            if code not in connus:
                yield ("derogations", rang, "permis", code), f"le métier « {code} » n’existe pas."
        for groupe in table.groupes:
            if groupe.code not in derogation.permis:
                yield (
                    ("derogations", rang, "permis"),
                    f"{derogation.code} : dites ce que peut faire « {groupe.nom} ».",
                )


def passages(table: Table | None) -> Iterator[tuple[str, str, list[str]]]:
    """The professions, then each derogation in words."""
    if table is None:
        return
    noms = {groupe.code: groupe.nom for groupe in table.groupes}
    noms |= {profession.code: profession.nom for profession in table.professions}
    yield (
        "professions",
        "Secret : les métiers",
        [f"{ligne.nom} : {noms.get(ligne.groupe, ligne.groupe)}" for ligne in table.professions],
    )
    for ligne in table.derogations:
        permis = [f"{noms.get(code, code)} : {PERMIS[valeur]}" for code, valeur in sorted(ligne.permis.items())]
        yield (
            f"secret-{ligne.code}",
            f"Secret, {ligne.code} : {ligne.base}",
            [
                f"{ligne.base} · {ligne.caractere_libelle}",
                f"Qui : {ligne.qui}",
                f"À qui : {ligne.destinataire}",
                f"Contenu : {ligne.contenu}",
                f"Accord : {ligne.accord}",
                *permis,
            ],
        )
