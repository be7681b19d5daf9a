"""Paper forms: a number that checks itself, an hour that is possible."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossiers.papier import FormulairePapier, Numero, formulaires, lire_numero, numeroter
from dossiers.reprise import est_le_bon, est_possible

PARIS = ZoneInfo("Europe/Paris")
FORMULAIRE = FormulairePapier("SIG", "Signalement", "", "")
IMPRIME = date(2026, 11, 26)
MAINTENANT = datetime(2026, 11, 27, 9, 0, tzinfo=PARIS)
NUMERO = Numero("P-SIG-261126-CHV-01-00", "SIG", IMPRIME, "CHV")


def numero(rang: int = 3) -> str:
    return numeroter(FORMULAIRE, institution="CHV", jour=IMPRIME, rang=rang)


def test_un_numero_se_relit_meme_tape_de_travers() -> None:
    lu = lire_numero(f"  {numero().lower().replace('-', ' - ')} ")
    assert lu == Numero(numero(), "SIG", IMPRIME, "CHV")


@given(st.integers(0, 21), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"))
def test_un_caractere_mal_lu_est_refuse(place: int, lettre: str) -> None:
    juste = numero()
    faux = juste[:place] + lettre + juste[place + 1 :]
    assert faux == juste or lire_numero(faux) is None


@pytest.mark.parametrize("saisi", ["", "P-SIG", "SIG-2026-0347", "P-SIG-269999-CHV-01-10", "é" * 50])
def test_ce_qui_n_est_pas_un_numero_n_en_est_pas_un(saisi: str) -> None:
    assert lire_numero(saisi) is None


def test_un_numero_inconnu_ou_d_un_autre_formulaire_est_refuse() -> None:
    assert "Relisez-le" in est_le_bon(None, "SIG").raison
    assert "autre formulaire" in est_le_bon(NUMERO, "REQ").raison
    assert est_le_bon(NUMERO, "SIG")


@pytest.mark.parametrize(
    ("rempli", "raison"),
    [
        (MAINTENANT, ""),
        (datetime(2026, 11, 26, 0, 1, tzinfo=PARIS), ""),
        (MAINTENANT + timedelta(seconds=1), "futur"),
        (datetime(2026, 11, 25, 23, 59, tzinfo=PARIS), "imprimé le jeudi 26 novembre 2026"),
    ],
)
def test_l_heure_du_papier_est_entre_l_impression_et_la_saisie(rempli: datetime, raison: str) -> None:
    verdict = est_possible(NUMERO, rempli, MAINTENANT)
    assert bool(verdict) == (raison == "")
    assert raison in verdict.raison


def test_chaque_maison_a_ses_papiers() -> None:
    assert {formulaire.code for formulaire in formulaires(hospitalier=True)} == {
        "SIG",
        "REQ",
        "DET",
        "APP",
        "TRA",
        "OBJ",
        "VIO",
        "INC",
        "ART",
        "SUR",
    }
    assert {formulaire.code for formulaire in formulaires(hospitalier=False)} == {"DET", "APP", "TRA"}
