"""Deadlines in words: every boundary of the table of design § 7."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from presentation.temps import (
    NBSP,
    PARIS,
    age_au,
    borne_fr,
    date_fr,
    duree_fr,
    echeance_fr,
    heure_fr,
    moment_fr,
    texte_delai,
)

MIDI = datetime(2025, 11, 24, 12, 0, tzinfo=PARIS)
SECONDE = timedelta(seconds=1)


def insecable(texte: str) -> str:
    """Numbers and their units hold together."""
    return re.sub(r"(?<=\d) (?=[jhm])|(?<=\d [jh]) (?=\d)", NBSP, texte)


def delai(reste: timedelta, total: timedelta = timedelta(days=4), **options: object) -> tuple[str, str, str]:
    echeance = MIDI + reste
    return texte_delai(MIDI, echeance - total, echeance, **options)


@pytest.mark.parametrize(
    ("reste", "ton", "icone", "texte"),
    [
        (timedelta(days=2, hours=4), "info", "clock", "reste 2 j 4 h"),
        (timedelta(days=2), "info", "clock", "reste 2 j"),
        (timedelta(days=2) - SECONDE, "warn", "clock", "reste 1 j 23 h"),
        (timedelta(hours=3, minutes=20), "warn", "clock", "reste 3 h 20"),
        (timedelta(hours=1), "warn", "clock", "reste 1 h"),
        (timedelta(hours=1) - SECONDE, "danger", "alert", "reste 59 min"),
        (timedelta(minutes=31), "danger", "alert", "reste 31 min"),
        (SECONDE, "danger", "alert", "reste moins d’une minute"),
        (timedelta(0), "danger", "cross", "Dépassé de moins d’une minute"),
        (-timedelta(hours=1, minutes=10), "danger", "cross", "Dépassé de 1 h 10"),
    ],
)
def test_le_delai_change_de_ton_a_chaque_seuil(reste, ton, icone, texte):
    assert delai(reste) == (ton, icone, insecable(texte))


def test_sous_quatre_heures_le_delai_presse_meme_au_debut():
    assert delai(timedelta(hours=4), total=timedelta(hours=5)).ton == "info"
    assert delai(timedelta(hours=4) - SECONDE, total=timedelta(hours=4)).ton == "warn"


def test_sans_debut_seuls_les_seuils_fixes_comptent():
    assert texte_delai(MIDI, None, MIDI + timedelta(hours=5)).ton == "info"
    assert texte_delai(MIDI, None, MIDI + timedelta(hours=3)).ton == "warn"


def test_un_delai_suspendu_ne_presse_pas_meme_depasse():
    attendu = ("mute", "pause", "Délai suspendu, complément attendu")
    assert delai(timedelta(hours=2), suspendu=True) == attendu
    assert delai(-timedelta(hours=2), suspendu=True) == attendu


def test_un_delai_tenu_dit_en_combien_de_temps():
    tenu = texte_delai(MIDI, MIDI - timedelta(hours=2, minutes=10), MIDI, tenu_le=MIDI)
    assert tenu == ("ok", "check", f"Répondu dans le délai, en 2{NBSP}h{NBSP}10")


def test_une_reponse_tardive_ne_passe_pas_pour_tenue():
    tardif = texte_delai(MIDI, None, MIDI - timedelta(minutes=20), tenu_le=MIDI)
    assert tardif == ("mute", "check", f"Répondu avec 20{NBSP}min de retard")


@pytest.mark.parametrize(
    ("duree", "texte"),
    [
        (timedelta(seconds=59), "moins d’une minute"),
        (timedelta(minutes=59, seconds=59), "59 min"),
        (timedelta(hours=2, minutes=5), "2 h 05"),
        (timedelta(hours=24), "1 j"),
        (timedelta(days=2, hours=4, minutes=59), "2 j 4 h"),
    ],
)
def test_une_duree_garde_ses_deux_plus_grandes_unites(duree, texte):
    assert duree_fr(duree) == insecable(texte)


def test_les_heures_sont_celles_de_paris():
    ete = datetime(2025, 7, 1, 22, 30, tzinfo=UTC)
    assert heure_fr(ete) == f"0{NBSP}h{NBSP}30"
    assert date_fr(ete) == "mercredi 2 juillet 2025"


def test_le_premier_du_mois_et_l_heure_pile():
    assert date_fr(date(2025, 12, 1)) == "lundi 1er décembre 2025"
    assert heure_fr(MIDI) == f"12{NBSP}h"


@pytest.mark.parametrize(
    ("jours", "texte"),
    [(0, "aujourd’hui, 12"), (-1, "hier, 12"), (1, "demain, 12"), (-2, "samedi 22 novembre 2025, 12")],
)
def test_un_moment_proche_se_dit_par_son_jour(jours, texte):
    assert moment_fr(MIDI + timedelta(days=jours), MIDI) == f"{texte}{NBSP}h"


def test_hier_se_compte_en_jours_de_paris_pas_en_vingt_quatre_heures():
    minuit_passe = datetime(2025, 11, 24, 0, 5, tzinfo=PARIS)
    assert moment_fr(minuit_passe - timedelta(minutes=10), minuit_passe).startswith("hier, 23")


def test_la_borne_dit_avant_ou_attendu():
    assert borne_fr(MIDI, MIDI + timedelta(hours=2)) == f"avant aujourd’hui, 14{NBSP}h"
    assert borne_fr(MIDI, MIDI + timedelta(minutes=41)) == f"avant 12{NBSP}h{NBSP}41"
    assert borne_fr(MIDI, MIDI - timedelta(hours=4)) == f"attendu à 8{NBSP}h"
    assert borne_fr(MIDI, MIDI - timedelta(days=1)) == f"attendu hier à 12{NBSP}h"
    assert borne_fr(MIDI, MIDI + timedelta(days=2, hours=2)) == f"avant mercredi 26 novembre, 14{NBSP}h"


def test_l_annee_ne_se_dit_que_si_elle_change():
    assert echeance_fr(MIDI, MIDI + timedelta(hours=2)) == f"le lundi 24 novembre 14{NBSP}h"
    assert "2026" in echeance_fr(MIDI, MIDI + timedelta(days=60))


@pytest.mark.parametrize(
    ("naissance", "le", "age"),
    [
        (date(2010, 11, 28), date(2026, 11, 27), 15),
        (date(2010, 11, 28), date(2026, 11, 28), 16),
        (date(2010, 11, 28), date(2026, 12, 1), 16),
        (date(2012, 2, 29), date(2028, 2, 28), 15),
        (date(2012, 2, 29), date(2028, 2, 29), 16),
        (date(2012, 2, 29), date(2027, 2, 28), 14),
        (date(2012, 2, 29), date(2027, 3, 1), 15),
        (date(2026, 11, 28), date(2026, 11, 28), 0),
    ],
)
def test_l_age_change_le_jour_de_l_anniversaire(naissance, le, age):
    assert age_au(naissance, le) == age
