"""SEC-58: on ten thousand rows, no falsification of one row passes, and an untouched chain never alarms."""

import random
import uuid
from typing import Any

import pytest
from django.db import connection, transaction

from journal.carnet import PLATEFORME, ajouter, contenu_canonique
from journal.chaine import DEPART, Ligne, Maillon, lignes, ruptures, verifier
from journal.models import Tete
from tests.journal.alterations import ALTERATIONS
from tests.rapport import consigner

NOMBRE, PAR_ALTERATION, COMPLETES = 10_000, 1_000, 3


class Quelqu_un:
    """An actor without a place."""

    principale: Any = None

    def __init__(self, rang: int) -> None:
        self.cle = uuid.UUID(int=rang)


def entree(rang: int) -> str:
    return contenu_canonique(
        "essai",
        acteur=Quelqu_un(rang % 7) if rang % 3 else None,
        objet="objet" if rang % 5 else "",
        cle=uuid.UUID(int=rang) if rang % 2 else None,
        resultat="fait" if rang % 11 else "refuse",
        details={"é": rang, "b": "c"},
    )


@pytest.fixture
def chaine(db: None) -> tuple[list[Ligne], tuple[int, str]]:
    for debut in range(0, NOMBRE, 1000):
        ajouter(PLATEFORME, [entree(rang) for rang in range(debut, debut + 1000)])
    tete = Tete.objects.get(chaine=PLATEFORME)
    with transaction.atomic():
        return list(lignes(PLATEFORME, jusqu_a=NOMBRE)), (tete.numero, tete.empreinte)


def passe(fenetre: list[Ligne], origine: Maillon, fin: Ligne) -> bool:
    return not list(ruptures(PLATEFORME, fenetre, (fin.numero, fin.empreinte), origine=origine))


def test_aucune_alteration_d_une_ligne_ne_passe(chaine: tuple[list[Ligne], tuple[int, str]]) -> None:
    """A link depends on the row before only: what is verified before the window is its origin, as in a whole run."""
    lues, tete = chaine
    fausses_alarmes = len(list(ruptures(PLATEFORME, lues, tete)))
    assert fausses_alarmes == 0
    hasard, non_detectees, mutations = random.Random(58), [], 0
    for nom, alterer in ALTERATIONS.items():
        for rang in hasard.sample(range(1, NOMBRE - 2), PAR_ALTERATION):
            avant, fenetre = lues[rang - 1], lues[rang : rang + 3]
            fausse = alterer(fenetre, hasard.randrange(2), hasard)
            assert fausse != fenetre
            mutations += 1
            if passe(fausse, Maillon(avant.numero, avant.empreinte), fenetre[-1]):
                non_detectees.append((nom, rang))
        for rang in hasard.sample(range(NOMBRE - 2), COMPLETES):
            entiere = [*lues[:rang], *alterer(lues[rang : rang + 2], 0, hasard), *lues[rang + 2 :]]
            trouvees = list(ruptures(PLATEFORME, entiere, tete))
            mutations += 1
            # The fault is named at the row, or at the next one when the row itself disappeared or moved.
            if len(trouvees) != 1 or abs(trouvees[0].numero - lues[rang].numero) > 4096:
                non_detectees.append((nom, rang))
    assert non_detectees == []
    assert mutations >= 10_000
    consigner(
        "sec-58", mutations=mutations, non_detectees=len(non_detectees), lignes=NOMBRE, fausses_alarmes=fausses_alarmes
    )


def test_une_chaine_intacte_n_alarme_jamais(chaine: tuple[list[Ligne], tuple[int, str]]) -> None:
    for fuseau in ("UTC", "Europe/Paris", "Asia/Tokyo", "America/St_Johns"):
        with transaction.atomic(), connection.cursor() as curseur:
            curseur.execute("SELECT set_config('TimeZone', %s, true)", [fuseau])
            assert verifier() == [], fuseau
    assert list(ruptures(PLATEFORME, [], None)) != []
    assert list(ruptures(PLATEFORME, [], DEPART)) == []


def test_un_contenu_qui_n_est_plus_du_json_est_nomme(db: None) -> None:
    """Even re-chained by somebody who knows how to compute the links."""
    from journal.chaine import empreinte

    le, faux = "2026-11-22T10:00:00.000000Z", '["pas un objet"]'
    lien = empreinte("x", 1, le, DEPART.empreinte, faux)
    ligne = Ligne(1, le, faux, None, "a", "", None, "fait", DEPART.empreinte, lien)
    assert [r.raison for r in ruptures("x", [ligne], (1, lien))] == ["colonne modifiée"]
