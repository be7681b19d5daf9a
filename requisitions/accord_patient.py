"""Whether the person was asked about the copy of their record: who may note it, what cannot be, its words."""

from datetime import date
from typing import Any

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier
from presentation.temps import date_fr
from requisitions.etats import AFFECTEE, EN_EXECUTION, VALIDEE
from requisitions.models import AccordPatient
from requisitions.policies import agit, est_medecin_designe
from requisitions.types_acte import type_acte
from transitions.verdict import OUI, Verdict, non

OUVERTE = frozenset({VALIDEE, AFFECTEE, EN_EXECUTION})
Valeur = AccordPatient.Valeur


def peut_noter_l_accord(dossier: Dossier, acteur: Acteur) -> Verdict:
    if not type_acte(dossier.variante).medecin:
        return non("Cet acte ne remet pas la copie d’un dossier médical.")
    if not (agit(dossier, acteur, Role.JURISTE) or est_medecin_designe(dossier, acteur)):
        return non("Ce que dit la personne se note par le médecin désigné ou les affaires juridiques.")
    if dossier.etat not in OUVERTE:
        return non(
            "Ce que dit la personne se note une fois la réquisition validée, tant que la réponse n’est pas partie."
        )
    return OUI


def faute_de_date(valeur: str, recueilli_le: date | None, aujourd_hui: date) -> str:
    """Why this date does not go with this answer; empty when it does."""
    if valeur == Valeur.NON_RECUEILLI:
        return "Rien n’a été recueilli\u00a0: laissez la date vide." if recueilli_le else ""
    if recueilli_le is None:
        return "Indiquez le jour où la personne l’a dit."
    return "Cette date n’est pas encore passée." if recueilli_le > aujourd_hui else ""


def en_mots(accord: AccordPatient | None) -> str:
    """What a page and the doctor's own sheet say; nothing where nobody noted anything."""
    if accord is None:
        return ""
    quand = f", le {date_fr(accord.recueilli_le)}" if accord.recueilli_le else ""
    return f"{accord.get_valeur_display()}{quand}"


def du_patient(dossier: Dossier, acteur: Acteur) -> dict[str, Any]:
    """The line of a page, beside the doctor's answer."""
    if not type_acte(dossier.variante).medecin:
        return {"dit_patient": "", "patient_a_noter": False}
    note = AccordPatient.objects.filter(dossier=dossier).first()
    return {"dit_patient": en_mots(note), "patient_a_noter": bool(peut_noter_l_accord(dossier, acteur))}
