"""The two observation grids, by question code. They help to appreciate; no answer ever adds up to a threshold."""

from dataclasses import dataclass

VERSION = "2025.1"

# {Elle}/{elle}/{la}/{e}: agreement with the person's sex, known at step 1.
ACCORDS = {
    "F": {"Elle": "Elle", "elle": "elle", "La": "La", "la": "la", "e": "e", "lui": "elle"},
    "H": {"Elle": "Il", "elle": "il", "La": "Le", "la": "le", "e": "", "lui": "lui"},
    "": {"Elle": "La personne", "elle": "la personne", "La": "La", "la": "la", "e": "e", "lui": "la personne"},
}

DANGER = {
    "d06": "{Elle} dit avoir peur pour sa vie ou celle de ses enfants",
    "d01": "Les violences sont plus fréquentes ou plus graves",
    "d14": "L’auteur désigné profère des menaces de mort",
    "d15": "L’auteur désigné possède une arme ou peut s’en procurer une",
    "d02": "Une séparation est annoncée, en cours ou récente",
    "d07": "Il y a une grossesse, ou un enfant de moins de 2 ans",
    "d09": "{Elle} est empêché{e} de sortir ou retenu{e}",
    "d16": "Il y a eu une pression sur le cou",
    "d18": "Une arme a été utilisée ou brandie",
    "d03": "Il y a des violences envers les enfants",
    "d05": "L’auteur désigné fait du chantage avec les enfants",
    "d04": "{Elle} craint de nouvelles violences",
    "d08": "L’auteur désigné l’incite au suicide",
    "d17": "{Elle} a des idées suicidaires",
    "d10": "L’auteur désigné consomme alcool, drogues ou médicaments",
    "d11": "L’auteur désigné a des antécédents psychiatriques",
    "d12": "La police ou la gendarmerie est déjà intervenue",
    "d13": "L’auteur désigné a des antécédents judiciaires",
}
EMPRISE = {
    "e01": "L’auteur désigné {la} dévalorise, l’humilie ou l’insulte",
    "e03": "L’auteur désigné contrôle ses sorties ou son téléphone",
    "e02": "{Elle} est isolé{e} de ses proches",
    "e07": "{Elle} se sent responsable, ou minimise les violences",
    "e04": "L’auteur désigné contrôle son argent, ses papiers ou son emploi",
    "e05": "L’auteur désigné est jaloux ou {la} harcèle",
    "e06": "Des relations sexuelles lui sont imposées",
    "e08": "{Elle} a retiré une plainte ou renoncé plusieurs fois",
    "e09": "L’auteur désigné menace de se suicider",
    "e10": "L’auteur désigné reste en consultation et parle à sa place",
    "e11": "{Elle} est sidéré{e}, sur ses gardes, ou a une peur intense",
    "e12": "{Elle} dit ne pas pouvoir décider seul{e}",
}
ARMES = ("d15", "d18")
PREMIERES = {"d": 7, "e": 4}


@dataclass(frozen=True, slots=True)
class Ligne:
    code: str
    question: str
    reponse: str


def question(texte: str, sexe: str) -> str:
    """The question in the person's gender."""
    return texte.format(**ACCORDS.get(sexe, ACCORDS[""]))


def lire(grille: dict[str, object] | None, modele: dict[str, str], sexe: str) -> list[Ligne]:
    """Every answered question, in the order of the grid."""
    reponses = (grille or {}).get("reponses", {})
    if not isinstance(reponses, dict):
        return []
    return [Ligne(code, question(texte, sexe), reponses[code]) for code, texte in modele.items() if reponses.get(code)]


def oui(grille: dict[str, object] | None, modele: dict[str, str], sexe: str) -> list[str]:
    """The questions answered yes."""
    return [ligne.question for ligne in lire(grille, modele, sexe) if ligne.reponse == "OUI"]
