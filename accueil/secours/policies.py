"""Who may take a pack away. Pure questions."""

from accounts.roles import Role
from convention.acteur import Acteur, Place
from transitions.verdict import OUI, Verdict, non

# At the hospital, those who hold the house at night and those who keep the convention; a partner's own people.
PORTEURS = (
    Role.GARDE,
    Role.CADRE,
    Role.DIRECTION,
    Role.REFERENT,
    Role.USMP,
    Role.PARQUET,
    Role.JUGE_INSTRUCTION,
    Role.ENQUETEUR,
    Role.DOUANES,
    Role.PENITENTIAIRE,
    Role.PJJ,
    Role.PREFECTURE,
    Role.ORDRE,
    Role.CRIP,
    Role.ARS,
)


def place_de_porteur(acteur: Acteur) -> Place | None:
    return acteur.place(*PORTEURS)


def peut_emporter(acteur: Acteur) -> Verdict:
    if place_de_porteur(acteur):
        return OUI
    return non(
        "Le pack s’emporte par l’administrateur de garde, un cadre, la direction, la référente ou un partenaire. "
        "Demandez-le à l’un d’eux."
    )
