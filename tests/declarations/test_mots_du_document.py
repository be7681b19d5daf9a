"""What the recipient of a declaration reads: names of answers for him, never a question put to its author."""

import re

import pytest

from signalements.declarations.routes import ROUTES


@pytest.mark.parametrize("code", ROUTES)
def test_aucun_intitule_du_document_n_interroge_son_auteur(code: str) -> None:
    route = ROUTES[code]
    intitules = [route.lignes.get(propre.intitule, propre.intitule) for propre in route.propres]
    assert intitules
    for intitule in intitules:
        assert not re.search(r"(^|\s)(V|v)ous(\s|$)", intitule), intitule
        assert not re.search(r"-t-(il|elle)|-on\b|(est|sont|peut|sait)-(elle|il)", intitule), intitule


def test_une_ligne_renommee_designe_une_question_qui_existe() -> None:
    for route in ROUTES.values():
        assert set(route.lignes) <= {propre.intitule for propre in route.propres}
