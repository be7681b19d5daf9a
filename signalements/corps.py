"""The body diagram: the zones of a figure seen from the front and from the back, and their shapes.

Left and right are the person's. Zones are blocks without overlap, so that each can be reached, named and numbered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

LARGEUR, HAUTEUR, AXE = 180, 400, 90
JEU = 1.5
ENFANT_AVANT = 13  # years: below, the head of the figure is larger

FACE, DOS = "Face", "Dos"
# {m} and {f}: « droit », « droite » or « gauche ».
_MOTS = {
    FACE: {
        "CRANE": "Front et crâne",
        "COU": "Cou",
        "ABDOMEN": "Abdomen",
        "BASSIN": "Bassin et organes génitaux",
        "VISAGE": "Visage, côté {m}",
        "EPAULE": "Épaule {f}",
        "THORAX": "Thorax, côté {m}",
        "BRAS": "Bras {m}",
        "AVANT_BRAS": "Avant-bras {m}",
        "MAIN": "Main {f}, paume",
        "CUISSE": "Cuisse {f}",
        "GENOU": "Genou {m}",
        "JAMBE": "Jambe {f}",
        "PIED": "Pied {m}, dessus",
    },
    DOS: {
        "CRANE": "Arrière du crâne",
        "COU": "Nuque",
        "LOMBES": "Bas du dos",
        "EPAULE": "Épaule {f}, face arrière",
        "DOS": "Haut du dos, côté {m}",
        "FESSE": "Fesse {f}",
        "BRAS": "Bras {m}, face arrière",
        "AVANT_BRAS": "Avant-bras {m}, face arrière",
        "MAIN": "Main {f}, dos",
        "CUISSE": "Cuisse {f}, face arrière",
        "GENOU": "Creux du genou {m}",
        "JAMBE": "Mollet {m}",
        "PIED": "Talon et plante du pied {m}",
    },
}
_COTES = {"_D": {"m": "droit", "f": "droite"}, "_G": {"m": "gauche", "f": "gauche"}}
# Code of a zone → its words, front then back, from head to foot.
LIBELLES = {
    f"{vue.upper()}_{nom}{cote}": mots.format(**accords)
    for vue, noms in _MOTS.items()
    for nom, mots in noms.items()
    for cote, accords in (_COTES if "{" in mots else {"": {}}).items()
}


@dataclass(frozen=True, slots=True)
class Proportions:
    """Shares of the whole height, and the heights they make."""

    part_tete: float
    part_jambes: float

    @property
    def tete(self) -> float:
        return HAUTEUR * self.part_tete

    @property
    def cou(self) -> float:
        return self.tete * 0.2

    @property
    def haut(self) -> float:
        """Where the trunk begins."""
        return self.tete + self.cou

    @property
    def jambes(self) -> float:
        return HAUTEUR * self.part_jambes

    @property
    def tronc(self) -> float:
        return HAUTEUR - self.haut - self.jambes

    @property
    def demi_tete(self) -> float:
        return self.tete * 0.36


ADULTE, ENFANT = Proportions(0.135, 0.47), Proportions(0.2, 0.4)
DEMI_TRONC, DEMI_CARRURE, MEMBRE = 32.0, 52.0, 17.0
CRANE_DE_FACE, TAILLE, HANCHES = 0.42, 0.45, 0.75
Bloc = tuple[str, float, float, float, float]  # name, x from the axis, y, width, height


@dataclass(frozen=True, slots=True)
class Zone:
    """A rounded block in a space of LARGEUR × HAUTEUR; `marque` holds the numbers of its injuries."""

    code: str
    libelle: str
    x: float
    y: float
    largeur: float
    hauteur: float
    arrondi: float
    marque: str = ""

    @property
    def milieu(self) -> tuple[float, float]:
        return round(self.x + self.largeur / 2, 1), round(self.y + self.hauteur / 2, 1)


def choix() -> list[tuple[str, list[tuple[str, str]]]]:
    """The zones as a grouped drop-down."""
    return [
        (vue, [(code, mots) for code, mots in LIBELLES.items() if code.startswith(vue.upper())]) for vue in (FACE, DOS)
    ]


def _du_milieu(vue: str, p: Proportions) -> list[Bloc]:
    """What stands on the axis."""
    crane = p.tete * (CRANE_DE_FACE if vue == FACE else 1)
    ventre = "ABDOMEN" if vue == FACE else "LOMBES"
    blocs = [
        ("CRANE", -p.demi_tete, 0.0, 2 * p.demi_tete, crane),
        ("COU", -p.demi_tete / 2, p.tete, p.demi_tete, p.cou),
        (ventre, -DEMI_TRONC, p.haut + p.tronc * TAILLE, 2 * DEMI_TRONC, p.tronc * (HANCHES - TAILLE)),
    ]
    if vue == FACE:
        blocs.append(("BASSIN", -DEMI_TRONC, p.haut + p.tronc * HANCHES, 2 * DEMI_TRONC, p.tronc * (1 - HANCHES)))
    return blocs


def _d_un_cote(vue: str, p: Proportions) -> list[Bloc]:
    """What we have twice."""
    bras, sous_epaule, aine = p.tronc * 1.05, p.haut + p.tronc * 0.22, p.haut + p.tronc
    x_bras = DEMI_CARRURE - MEMBRE
    propre = (
        ("VISAGE", 0.0, p.tete * CRANE_DE_FACE, p.demi_tete, p.tete * (1 - CRANE_DE_FACE))
        if vue == FACE
        else ("FESSE", 0.0, p.haut + p.tronc * HANCHES, DEMI_TRONC, p.tronc * (1 - HANCHES))
    )
    return [
        propre,
        ("EPAULE", DEMI_TRONC, p.haut, DEMI_CARRURE - DEMI_TRONC, p.tronc * 0.22),
        ("THORAX" if vue == FACE else "DOS", 0.0, p.haut, DEMI_TRONC, p.tronc * TAILLE),
        ("BRAS", x_bras, sous_epaule, MEMBRE, bras * 0.42),
        ("AVANT_BRAS", x_bras, sous_epaule + bras * 0.42, MEMBRE, bras * 0.38),
        ("MAIN", x_bras, sous_epaule + bras * 0.8, MEMBRE + 4, bras * 0.2),
        ("CUISSE", 1.0, aine, DEMI_TRONC - 1, p.jambes * 0.42),
        ("GENOU", 3.0, aine + p.jambes * 0.42, DEMI_TRONC - 6, p.jambes * 0.12),
        ("JAMBE", 3.0, aine + p.jambes * 0.54, DEMI_TRONC - 6, p.jambes * 0.36),
        ("PIED", 2.0, aine + p.jambes * 0.9, DEMI_TRONC + 2, p.jambes * 0.1),
    ]


@lru_cache(maxsize=4)
def zones(vue: str, proportions: Proportions) -> tuple[Zone, ...]:
    """The blocks of one view. Facing us, the person's right is on our left."""
    blocs = _du_milieu(vue, proportions)
    for nom, x, y, largeur, hauteur in _d_un_cote(vue, proportions):
        for lettre in "DG":
            a_notre_gauche = (lettre == "D") == (vue == FACE)
            blocs.append((f"{nom}_{lettre}", -x - largeur if a_notre_gauche else x, y, largeur, hauteur))
    return tuple(_zone(f"{vue.upper()}_{nom}", *mesures) for nom, *mesures in blocs)


def _zone(code: str, x: float, y: float, largeur: float, hauteur: float) -> Zone:
    largeur, hauteur = largeur - 2 * JEU, hauteur - 2 * JEU
    return Zone(
        code,
        LIBELLES[code],
        round(AXE + x + JEU, 1),
        round(y + JEU, 1),
        round(largeur, 1),
        round(hauteur, 1),
        round(min(largeur, hauteur) * 0.3, 1),
    )


@dataclass(frozen=True, slots=True)
class Vue:
    """One side of the figure."""

    nom: str
    zones: tuple[Zone, ...]


def dessiner(lesions: Iterable[Mapping[str, Any]], age: int | None) -> list[Vue]:
    """Front and back, each zone carrying the numbers of its injuries, in the order they were written."""
    numeros: dict[str, list[str]] = {}
    for numero, lesion in enumerate(lesions, 1):
        numeros.setdefault(lesion["zone"], []).append(str(numero))
    proportions = ENFANT if age is not None and age < ENFANT_AVANT else ADULTE
    return [
        Vue(
            vue,
            tuple(
                Zone(z.code, z.libelle, z.x, z.y, z.largeur, z.hauteur, z.arrondi, ", ".join(numeros.get(z.code, ())))
                for z in zones(vue, proportions)
            ),
        )
        for vue in (FACE, DOS)
    ]
