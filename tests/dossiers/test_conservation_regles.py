"""Nothing goes early (SEC-70): the computed date against an oracle that asks, day by day, whether one may destroy."""

import calendar
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossiers.conservation.regles import (
    Bareme,
    Duree,
    Faits,
    echeance_de_conservation,
    fin_de_l_actif,
    premier_jour_de_destruction,
)
from tests.rapport import consigner

EXEMPLES = 5200
JOUR = timedelta(days=1)
MAJEUR = Bareme(actif=Duree(mois=6), archive=Duree(mois=24))
MINEUR = Bareme(actif=Duree(mois=6), archive=Duree(mois=24), attend_versement=True)
PLI = Bareme(actif=Duree(jours=30), butoir=Duree(jours=90))
MEDICAL = Bareme(actif=Duree(mois=240), age_du_mineur=28, apres_deces=10)


def mois_revolus(debut: date, jour: date) -> int:
    """Whole months lived between two days; a month without that day is whole on its last one."""
    rang = min(debut.day, calendar.monthrange(jour.year, jour.month)[1])
    return (jour.year - debut.year) * 12 + jour.month - debut.month - (jour.day < rang)


def revolue(duree: Duree, debut: date, jour: date) -> bool:
    return mois_revolus(debut, jour - duree.jours * JOUR) >= duree.mois


def premier_jour(duree: Duree, debut: date) -> date:
    jour = debut + timedelta(days=max(0, 30 * duree.mois - 3))
    while not revolue(duree, debut, jour):
        jour += JOUR
    return jour


def permis(faits: Faits, jour: date) -> bool:
    """May one destroy on that day? Every condition is asked for itself; none computes a date of end."""
    bareme, depart = faits.bareme, faits.depart
    if faits.gele or (bareme.attend_versement and not faits.verse):
        return False
    if faits.prolonge_au is not None and jour < faits.prolonge_au:
        return False
    if depart is not None and faits.rouvert is not None and not faits.rouvert < depart:
        return False
    mis = faits.mis_a_disposition
    if bareme.butoir is not None and mis is not None and (jour - mis).days >= bareme.butoir.jours:
        return True
    if depart is None:
        return False
    actif = premier_jour(bareme.actif, depart)
    if jour < actif:
        return False
    if faits.deces and bareme.apres_deces is not None and mois_revolus(depart, faits.deces) < 12 * bareme.apres_deces:
        return mois_revolus(faits.deces, jour) >= 12 * bareme.apres_deces
    etait_mineur = faits.naissance is not None and mois_revolus(faits.naissance, depart) < 12 * 18
    age = mois_revolus(faits.naissance, jour) if etait_mineur and faits.naissance else None
    if age is not None and bareme.age_du_mineur is not None and age < 12 * bareme.age_du_mineur:
        return False
    return revolue(bareme.archive, actif, jour)


dates = st.dates(date(1995, 1, 1), date(2040, 12, 31))
durees = st.builds(Duree, mois=st.integers(0, 72), jours=st.sampled_from([0, 0, 1, 15, 30, 90]))
baremes = st.one_of(
    st.sampled_from([MAJEUR, MINEUR, PLI, MEDICAL]),
    st.builds(
        Bareme,
        actif=durees,
        archive=durees,
        butoir=st.none() | st.builds(Duree, jours=st.integers(0, 400)),
        age_du_mineur=st.none() | st.integers(18, 30),
        apres_deces=st.none() | st.integers(1, 20),
        attend_versement=st.booleans(),
    ),
)
cas = st.builds(
    Faits,
    bareme=baremes,
    depart=st.none() | dates,
    mis_a_disposition=st.none() | dates,
    naissance=st.none() | dates,
    deces=st.none() | dates,
    gele=st.sampled_from([False, False, False, True]),
    rouvert=st.none() | dates,
    prolonge_au=st.none() | dates,
    verse=st.booleans(),
)
LOIN = date(2900, 1, 1)


def test_rien_ne_part_avant_l_heure_ni_apres() -> None:
    vus = {"exemples": 0, "dates": 0, "jamais": 0}

    @settings(
        max_examples=EXEMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(faits=cas)
    def essayer(faits: Faits) -> None:
        echeance = echeance_de_conservation(faits)
        vus["exemples"] += 1
        if echeance is None:
            vus["jamais"] += 1
            assert not permis(faits, LOIN), faits
        else:
            vus["dates"] += 1
            assert permis(faits, echeance), faits
            assert not permis(faits, echeance - JOUR), faits

    essayer()
    consigner("sec-70", exemples=vus["exemples"], avec_date=vus["dates"], sans_date=vus["jamais"], faux=0)
    assert vus["exemples"] >= 5000
    assert min(vus["dates"], vus["jamais"]) >= 1000


def test_un_signalement_de_majeur_vit_six_mois_puis_deux_ans_d_archive() -> None:
    faits = Faits(MAJEUR, depart=date(2025, 8, 31))
    assert fin_de_l_actif(faits) == date(2026, 2, 28)
    assert echeance_de_conservation(faits) == date(2028, 2, 28)


def test_un_signalement_de_mineur_attend_le_versement_au_registre() -> None:
    attend = Faits(MINEUR, depart=date(2025, 1, 10), naissance=date(2015, 3, 2))
    assert echeance_de_conservation(attend) is None
    assert fin_de_l_actif(attend) == date(2025, 7, 10)
    verse = Faits(MINEUR, depart=date(2025, 1, 10), naissance=date(2015, 3, 2), verse=True)
    assert echeance_de_conservation(verse) == date(2027, 7, 10)


def test_un_pli_jamais_ouvert_part_au_quatre_vingt_dixieme_jour() -> None:
    mis = date(2026, 1, 1)
    assert echeance_de_conservation(Faits(PLI, None, mis)) == mis + 90 * JOUR
    assert echeance_de_conservation(Faits(PLI, mis + 10 * JOUR, mis)) == mis + 40 * JOUR
    assert echeance_de_conservation(Faits(PLI, mis + 80 * JOUR, mis)) == mis + 90 * JOUR


def test_le_dossier_d_un_enfant_va_jusqu_a_ses_vingt_huit_ans() -> None:
    """CSP R. 1112-7, should the committee give that rule to a kind of data."""
    court = Bareme(actif=Duree(mois=12), age_du_mineur=28)
    assert echeance_de_conservation(Faits(court, date(2025, 5, 1), naissance=date(2020, 2, 29))) == date(2048, 2, 29)
    assert echeance_de_conservation(Faits(court, date(2025, 5, 1), naissance=date(1990, 1, 1))) == date(2026, 5, 1)


def test_un_gel_une_reouverture_ou_une_prolongation_repoussent_tout() -> None:
    depart = date(2025, 1, 1)
    assert echeance_de_conservation(Faits(MAJEUR, depart, gele=True)) is None
    assert echeance_de_conservation(Faits(MAJEUR, depart, rouvert=depart)) is None
    assert echeance_de_conservation(Faits(MAJEUR, depart, prolonge_au=date(2030, 1, 1))) == date(2030, 1, 1)


def test_rien_ne_part_moins_de_trente_jours_apres_l_avertissement() -> None:
    echeance = date(2026, 3, 1)
    assert premier_jour_de_destruction(echeance, None) is None
    assert premier_jour_de_destruction(echeance, date(2026, 1, 30)) == echeance
    assert premier_jour_de_destruction(echeance, date(2026, 3, 1)) == date(2026, 3, 31)
