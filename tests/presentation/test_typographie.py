"""A typed text closes once, whatever its author wrote."""

import pytest

from presentation.typographie import phrase


@pytest.mark.parametrize(
    ("tape", "lu"),
    [
        ("Carte perdue", "Carte perdue."),
        ("Carte perdue.", "Carte perdue."),
        ("Carte perdue.  ", "Carte perdue."),
        ("Vraiment\u00a0?", "Vraiment\u00a0?"),
        ("Et la suite…", "Et la suite…"),
        ("Il a dit «\u00a0Non.\u00a0»", "Il a dit «\u00a0Non.\u00a0»"),
        ("Copie (partielle)", "Copie (partielle)."),
        ("Service «\u00a0A\u00a0»", "Service «\u00a0A\u00a0»."),
        ("", ""),
    ],
)
def test_une_phrase_tapee_finit_par_un_point_et_un_seul(tape, lu):
    assert phrase(tape) == lu
