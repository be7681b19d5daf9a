"""What an indicator gives: words and protected tables. A raw count never leaves this module unprotected."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from bilans.secret_statistique import NON_AFFICHE, SEUIL, Egalite, montrer, part, proteger
from presentation.temps import duree_fr

Case = int | float | str
TOTAL = "Total"
AUTRES = "AUTRES"


@dataclass(frozen=True, slots=True)
class Chiffre:
    """One key figure, already in words. `ton` says whether a commitment is held (ok) or not (danger)."""

    libelle: str
    valeur: str
    precision: str = ""
    ton: str = ""


@dataclass(frozen=True, slots=True)
class Tableau:
    """A table and how to draw it: `barres` (stacked by column), `horizontales`, `courbes`, or empty for no chart.

    A text among the values is a figure that may not be shown. A last column or line named Total is a margin.
    """

    titre: str
    colonnes: tuple[str, ...]
    lignes: tuple[tuple[Case, ...], ...]
    dessin: str = ""
    unite: str = ""
    cible: float | None = None
    cible_libelle: str = ""
    teinte: int = 3


@dataclass(frozen=True, slots=True)
class Releve:
    """One indicator of one period."""

    code: str
    conclusion: str
    chiffres: tuple[Chiffre, ...] = ()
    tableaux: tuple[Tableau, ...] = ()


def serialiser(releves: Sequence[Releve]) -> list[dict[str, Any]]:
    return [asdict(releve) for releve in releves]


def restaurer(donnees: Sequence[Mapping[str, Any]]) -> list[Releve]:
    """The figures of a frozen review, as they were."""
    return [
        Releve(
            ligne["code"],
            ligne["conclusion"],
            tuple(Chiffre(**chiffre) for chiffre in ligne["chiffres"]),
            tuple(
                Tableau(
                    **{
                        **tableau,
                        "colonnes": tuple(tableau["colonnes"]),
                        "lignes": tuple(tuple(cases) for cases in tableau["lignes"]),
                    }
                )
                for tableau in ligne["tableaux"]
            ),
        )
        for ligne in donnees
    ]


def croiser(
    titre: str,
    entete: str,
    lignes: Sequence[tuple[Any, str]],
    colonnes: Sequence[tuple[Any, str]],
    comptes: Mapping[tuple[Any, Any], int],
    **dessin: Any,
) -> Tableau:
    """A table of counts with both margins, protected by line and by column."""
    cellules: dict[Any, int] = {
        (ligne, colonne): comptes.get((ligne, colonne), 0) for ligne, _ in lignes for colonne, _ in colonnes
    }
    for ligne, _ in lignes:
        cellules[ligne, TOTAL] = sum(cellules[ligne, colonne] for colonne, _ in colonnes)
    for colonne in [*(code for code, _ in colonnes), TOTAL]:
        cellules[TOTAL, colonne] = sum(cellules[ligne, colonne] for ligne, _ in lignes)
    rangs = [*lignes, (TOTAL, TOTAL)]
    files = [*colonnes, (TOTAL, TOTAL)]
    egalites = [Egalite((rang, TOTAL), [(rang, code) for code, _ in colonnes]) for rang, _ in rangs]
    egalites += [Egalite((TOTAL, code), [(rang, code) for rang, _ in lignes]) for code, _ in files]
    montrees = proteger(cellules, egalites)
    return Tableau(
        titre,
        (entete, *(mot for _, mot in files)),
        tuple((mot, *(montrees[rang, code] for code, _ in files)) for rang, mot in rangs),
        **dessin,
    )


def repartir(
    titre: str,
    entete: str,
    libelles: Sequence[tuple[Any, str]],
    comptes: Mapping[Any, int],
    connus: Sequence[Sequence[Any]] = (),
    **dessin: Any,
) -> Tableau:
    """A partition: one line a value, in decreasing order of what may be shown, then the total.

    `connus` names lines whose sum a reader knows from elsewhere, so that it does not betray one of them.
    """
    cellules: dict[Any, int] = {code: comptes.get(code, 0) for code, _ in libelles}
    sommes: dict[Any, int] = {TOTAL: sum(cellules.values())}
    egalites = [Egalite(TOTAL, list(cellules))]
    for rang, parties in enumerate(connus):
        sommes["connu", rang] = sum(cellules[code] for code in parties)
        egalites.append(Egalite(("connu", rang), parties))
    montrees = proteger({**cellules, **sommes}, egalites)
    lignes = sorted(
        ((mot, montrees[code]) for code, mot in libelles),
        key=lambda ligne: -ligne[1] if isinstance(ligne[1], int) else 0,
    )
    return Tableau(titre, (entete, "Nombre"), (*lignes, (TOTAL, montrees[TOTAL])), **dessin)


def classer(
    titre: str,
    entete: str,
    libelles: Mapping[Any, str],
    comptes: Mapping[Any, int],
    premiers: int | None = None,
    **dessin: Any,
) -> Tableau:
    """A partition over a long list: values met less than five times, or after the `premiers`, are counted together."""
    tries = sorted(comptes.items(), key=lambda ligne: -ligne[1])
    frequents = {code: nombre for code, nombre in tries[:premiers] if nombre >= SEUIL}
    reste = sum(comptes.values()) - sum(frequents.values())
    lignes = [(code, libelles.get(code, str(code))) for code in frequents]
    if reste or not frequents:
        lignes.append((AUTRES, "Autres, moins de 5 chacun" if premiers is None else "Autres"))
    return repartir(titre, entete, lignes, {**frequents, AUTRES: reste}, **dessin)


def duree(mediane: timedelta | None, effectif: int) -> str:
    """A median delay, shown only when it stands on five cases or more."""
    return duree_fr(mediane) if mediane is not None and effectif >= SEUIL else NON_AFFICHE


def taux(
    libelle: str,
    numerateur: int,
    denominateur: int,
    precision: str = "",
    *,
    au_moins: int | None = None,
    au_plus: int | None = None,
) -> Chiffre:
    """A share as a key figure; `au_moins` or `au_plus` is the commitment, in per cent."""
    valeur, ton = part(numerateur, denominateur), ""
    if valeur != NON_AFFICHE and (au_moins is not None or au_plus is not None):
        haut = 100 if au_plus is None else au_plus
        tenu = (au_moins or 0) * denominateur <= 100 * numerateur <= haut * denominateur
        ton = "ok" if tenu else "danger"
    return Chiffre(libelle, valeur, precision, ton)


def effectif(libelle: str, valeur: int, precision: str = "") -> Chiffre:
    return Chiffre(libelle, en_mots(montrer(valeur)), precision)


def en_mots(case: Case) -> str:
    """« 1 182 »; words stay words."""
    return f"{case:,}".replace(",", "\u00a0") if isinstance(case, int) else str(case)
