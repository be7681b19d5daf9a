"""Presence of a patient: five answers, none of which names a ward or betrays an anonymity."""

from datetime import date

from accounts.roles import Role
from presentation.temps import date_fr
from requisitions.models.requisition import Requisition
from requisitions.types_acte.base import Famille, TypeActe

PRESENCE = TypeActe(
    code="PRESENCE",
    libelle="Présence ou identité d’un patient",
    choix="Présence ou identité administrative d’un patient",
    titre="Présence d’un patient",
    famille=Famille.ADMINISTRATIVE,
    executant="CHV-BE",
    preparent=(Role.ENTREES, Role.JURISTE, Role.GARDE),
    preparation="La présence est vérifiée par les entrées.",
    ligne_executant="Présence à vérifier",
    manuel=False,
)

Presence = Requisition.Presence
HOPITAL = "Centre hospitalier de Valenciennes"
PHRASES = {
    Presence.PRESENT: f"La personne désignée est présente au {HOPITAL} au jour de la vérification.",
    Presence.ABSENT: f"La personne désignée n’est pas présente au {HOPITAL} au jour de la vérification.",
    Presence.SORTI: f"La personne désignée a été présente au {HOPITAL} et en est sortie le {{jour}}.",
    Presence.INCONNU: f"La personne désignée est inconnue des registres d’admission du {HOPITAL}.",
    # One wording for every reason, technical or not: it must not betray an anonymity.
    Presence.SANS_REPONSE: (
        f"Le {HOPITAL} ne peut pas répondre à cette demande par cette voie. Adressez-vous à ses affaires juridiques."
    ),
}


def reponse_imposee(constatee: str, protegee: bool) -> str:
    """The answer given for what was found: a protected stay is always answered by the neutral sentence."""
    return Presence.SANS_REPONSE if protegee else constatee


def phrase(reponse: str, sortie_le: date | None = None) -> str:
    return PHRASES[Presence(reponse)].format(jour=date_fr(sortie_le) if sortie_le else "date non connue")
