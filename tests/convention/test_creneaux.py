"""Intervals of duty, without a database: gaps across clock changes, rights that cover, chains of substitutes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from convention.creneaux import MAILLONS, Trou, chaine, couvre, semaine, trous
from presentation.temps import PARIS

HEURE = timedelta(hours=1)
DEBUT = datetime(2026, 10, 20, tzinfo=UTC)
FIN = DEBUT + timedelta(days=10)  # the night of 25 October, when Paris turns its clocks back, is inside


@dataclass(frozen=True)
class Service:
    pk: int
    remplacant_id: int | None


creneaux = st.lists(
    st.tuples(st.integers(-20, 260), st.integers(1, 60)).map(
        lambda paire: Trou(DEBUT + paire[0] * HEURE, DEBUT + (paire[0] + paire[1]) * HEURE)
    ),
    max_size=15,
)


@given(creneaux)
def test_une_heure_est_tenue_ou_dans_un_seul_trou(lot: list[Trou]) -> None:
    """Hour by hour, the oracle that a child would use."""
    manques = trous(lot, DEBUT, FIN)
    for rang in range(240):
        instant = DEBUT + rang * HEURE
        tenue = any(c.debut <= instant < c.fin for c in lot)
        assert sum(t.debut <= instant < t.fin for t in manques) == (0 if tenue else 1)


@given(creneaux)
def test_les_trous_sont_ordonnes_separes_et_dans_la_periode(lot: list[Trou]) -> None:
    manques = trous(lot, DEBUT, FIN)
    assert all(DEBUT <= t.debut < t.fin <= FIN for t in manques)
    assert all(a.fin < b.debut for a, b in zip(manques, manques[1:], strict=False))
    assert trous(lot + manques, DEBUT, FIN) == []


def test_la_nuit_du_changement_d_heure_dure_ce_qu_elle_dure() -> None:
    """25 October 2026: from 20 h to 8 h there are thirteen hours; 29 March 2026: eleven."""
    for jour, heures in ((date(2026, 10, 24), 13), (date(2026, 3, 28), 11)):
        soir = datetime(jour.year, jour.month, jour.day, 20, tzinfo=PARIS)
        matin = datetime(jour.year, jour.month, jour.day + 1, 8, tzinfo=PARIS)
        (manque,) = trous([], soir, matin)
        assert manque.duree == heures * HEURE


def test_deux_creneaux_qui_se_suivent_a_l_heure_qui_revient_ne_laissent_rien() -> None:
    revient = datetime(2026, 10, 25, 2, 30, tzinfo=PARIS, fold=1)
    lot = [Trou(DEBUT, revient.astimezone(UTC)), Trou(revient, FIN)]
    assert trous(lot, DEBUT, FIN) == []
    avant = [Trou(DEBUT, revient.replace(fold=0).astimezone(UTC)), Trou(revient, FIN)]
    assert [t.duree for t in trous(avant, DEBUT, FIN)] == [HEURE]


def test_une_semaine_a_167_168_ou_169_heures() -> None:
    durees = [
        (fin.astimezone(UTC) - debut.astimezone(UTC)) / HEURE
        for debut, fin in (semaine(date(2026, 3, 25)), semaine(date(2026, 6, 1)), semaine(date(2026, 10, 25)))
    ]
    assert durees == [167, 168, 169]


def test_un_droit_couvre_tout_le_creneau_ou_ne_le_couvre_pas() -> None:
    debut, fin = datetime(2026, 5, 10, 20, tzinfo=PARIS), datetime(2026, 5, 11, 8, tzinfo=PARIS)
    assert couvre([(date(2026, 1, 1), None)], debut, fin)
    assert couvre([(date(2026, 1, 1), date(2026, 5, 12))], debut, fin)
    assert couvre([(date(2026, 1, 1), date(2026, 5, 11)), (date(2026, 5, 11), None)], debut, fin)
    assert not couvre([(date(2026, 1, 1), date(2026, 5, 11))], debut, fin)
    assert not couvre([(date(2026, 5, 11), None)], debut, fin)
    assert not couvre([], debut, fin)


@given(st.dictionaries(st.integers(0, 8), st.one_of(st.none(), st.integers(0, 9)), min_size=1))
def test_une_chaine_ne_tourne_pas_et_finit(liens: dict[int, int | None]) -> None:
    services = [Service(pk, remplacant) for pk, remplacant in liens.items()]
    suite = chaine(services[0], services)
    cles = [service.pk for service in suite]
    assert cles[0] == services[0].pk
    assert len(cles) == len(set(cles)) <= MAILLONS
    assert all(liens[a] == b for a, b in zip(cles, cles[1:], strict=False))
