"""The review as a CSV: the words of its page and of its PDF, one figure a line, with what each one means."""

import re
from collections.abc import Iterator, Sequence

from django.utils import timezone

from bilans.indicateurs import Chiffre, Releve, periode
from bilans.models import BilanAnnuel
from bilans.presentation import Figure, Section, chapitres
from bilans.secret_statistique import MOINS, NON_AFFICHE, SEUIL
from documents import tableurs
from presentation.temps import date_fr, heure_fr

COLONNES = (
    "Chapitre", "Code", "Indicateur", "Tableau", "Ligne", "Colonne", "Valeur", "Unité", "Précision",
    "Définition", "Source", "Fréquence",
)  # fmt: skip
CONSTAT, CLE = "Constat", "Chiffres clés"
RIEN = f"Effectifs inférieurs à {SEUIL}\u00a0: rien ne peut être affiché"
TENUS = {"ok": "Tenu\u00a0: ", "danger": "Non tenu\u00a0: "}
UNITES = {"%": "pour cent", "€": "euros"}  # a sign alone in its cell would be taken for the start of a formula
# « 1 182 », « 9,2 », « 50 % », « 1 182 € »: a number, which a spreadsheet reads without its spaces, and its unit.
_NOMBRE = re.compile("(-?[0-9]+(?:\u00a0[0-9]{3})*(?:,[0-9]+)?)(?:\u00a0([%€]))?")
Valeurs = tuple[str, ...]


def en_csv(bilan: BilanAnnuel, releves: Sequence[Releve]) -> bytes:
    """Only what `presentation` made ready to be shown: nothing here counts."""
    return tableurs.csv(COLONNES, _lignes(releves), preambule(bilan))


def preambule(bilan: BilanAnnuel) -> list[Valeurs]:
    """Which review, of which days, in which state, and when the file was made."""
    fait_le = timezone.localtime()
    if bilan.gele_le is None:
        arretes = "comptés à l’instant, ils peuvent encore changer"
    else:
        arretes = f"arrêtés le {date_fr(bilan.gele_le)}, ils ne changent plus"
    return [
        ("Bilan annuel", str(bilan.annee)),
        ("Convention", bilan.convention.titre),
        ("Période", f"du 1er janvier au {date_fr(periode(bilan.annee).dernier_jour)}"),
        ("État du bilan", bilan.get_etat_display()),
        ("Chiffres", arretes),
        ("Fichier fait le", f"{date_fr(fait_le)}, {heure_fr(fait_le)}"),
        (
            "À lire ainsi",
            f"«\u00a0{MOINS}\u00a0»\u00a0: effectif inférieur à {SEUIL}. "
            f"«\u00a0{NON_AFFICHE}\u00a0»\u00a0: caché, car il permettrait d’en retrouver un.",
        ),
        (),
    ]


def _lignes(releves: Sequence[Releve]) -> Iterator[Valeurs]:
    for _, titre, sections in chapitres(releves):
        for section in sections:
            dit = section.indicateur
            for valeurs in _valeurs(section):
                yield (titre, dit.code, dit.intitule, *valeurs, dit.definition, dit.source, dit.frequence)


def _valeurs(section: Section) -> Iterator[Valeurs]:
    """Table, line, column, value, unit, remark."""
    yield (CONSTAT, "", "", section.conclusion, "", "")
    for chiffre in section.chiffres:
        yield (CLE, chiffre.libelle, "", *_nombre(chiffre.valeur), _precision(chiffre))
    for figure in section.figures:
        yield from _cases(figure)


def _cases(figure: Figure) -> Iterator[Valeurs]:
    titre = figure.sous_titre or figure.titre
    if figure.vide:
        yield (titre, "", "", RIEN, "", "")
        return
    for libelle, cases in figure.lignes:
        for colonne, case in zip(figure.colonnes[1:], cases, strict=True):
            valeur, unite = _nombre(case)
            yield (titre, libelle, colonne, valeur, unite or figure.unite, "")


def _nombre(mot: str) -> tuple[str, str]:
    """The number and its unit; words, masked figures and delays stay as they are shown."""
    lu = _NOMBRE.fullmatch(mot)
    return (lu[1].replace("\u00a0", ""), UNITES.get(lu[2], "")) if lu else (mot, "")


def _precision(chiffre: Chiffre) -> str:
    return TENUS.get(chiffre.ton, "") + chiffre.precision if chiffre.precision else ""
