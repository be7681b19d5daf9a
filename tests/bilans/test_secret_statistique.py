"""Nothing under five is shown, and nothing shown lets it be found again."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilans.secret_statistique import MOINS, NON_AFFICHE, SEUIL, Egalite, montrer, part, proteger


def test_un_effectif_sous_cinq_n_est_jamais_affiche():
    assert [montrer(n) for n in range(7)] == [MOINS] * 5 + [5, 6]


def test_une_case_voisine_est_cachee_quand_le_total_trahirait():
    montrees = proteger({"a": 3, "b": 20, "c": 9, "total": 32}, [Egalite("total", ["a", "b", "c"])])
    assert montrees == {"a": MOINS, "b": 20, "c": NON_AFFICHE, "total": 32}


def test_deux_petites_cases_au_maximum_en_cachent_une_troisieme():
    """4 and 4 under a total of 20: each would be 4 for sure."""
    montrees = proteger({"a": 4, "b": 4, "c": 12, "total": 20}, [Egalite("total", ["a", "b", "c"])])
    assert montrees["c"] == NON_AFFICHE


def test_un_total_seul_a_cacher_l_est():
    assert proteger({"a": 0, "total": 0}, [Egalite("total", ["a"])]) == {"a": MOINS, "total": MOINS}


def possibles(montrees: dict[str, int | str], parties: list[str]) -> list[tuple[int, ...]]:
    """Every table a reader may imagine behind the words shown and the total."""
    total = montrees["total"]
    assert isinstance(total, int)
    plages = []
    for cle in parties:
        case = montrees[cle]
        plages.append([case] if isinstance(case, int) else range(SEUIL) if case == MOINS else range(SEUIL, total + 1))
    return [valeurs for valeurs in product(*plages) if sum(valeurs) == total]


@given(st.lists(st.integers(0, 14), min_size=2, max_size=5))
def test_aucune_case_cachee_ne_se_deduit_du_total(valeurs: list[int]):
    parties = [f"c{rang}" for rang in range(len(valeurs))]
    montrees = proteger(
        {**dict(zip(parties, valeurs, strict=True)), "total": sum(valeurs)}, [Egalite("total", parties)]
    )
    assert all(montrees[cle] == MOINS for cle, valeur in zip(parties, valeurs, strict=True) if valeur < SEUIL)
    if isinstance(montrees["total"], int):
        mondes = possibles(montrees, parties)
        for rang, cle in enumerate(parties):
            if isinstance(montrees[cle], str):
                assert len({monde[rang] for monde in mondes}) > 1


@pytest.mark.parametrize(
    ("numerateur", "denominateur", "attendu"),
    [
        (50, 100, "50\u00a0%"),
        (3, 100, "moins de 5\u00a0%"),
        (98, 100, "plus de 95\u00a0%"),
        (2, 4, NON_AFFICHE),
        (0, 5, NON_AFFICHE),
        (39_995, 40_000, "99\u00a0%"),
        (39_996, 40_000, "plus de 99\u00a0%"),
    ],
)
def test_un_taux_ne_trahit_pas_un_petit_effectif(numerateur: int, denominateur: int, attendu: str):
    assert part(numerateur, denominateur) == attendu
