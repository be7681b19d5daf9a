"""Who reads the figures, who comments them, who takes them out. They hold no name, but they are not public."""

from typing import Any

from django.utils import timezone

from accounts.roles import Role
from bilans.models import BilanAnnuel
from convention.acteur import Acteur
from transitions.verdict import OUI, Verdict, non

EXPORTEURS = (Role.REFERENT, Role.DIRECTION, Role.JURISTE, Role.PARQUET)
LECTEURS = frozenset(
    {
        *EXPORTEURS,
        Role.GARDE,
        Role.CADRE,
        Role.DPO,
        Role.JUGE_INSTRUCTION,
        Role.ENQUETEUR,
        Role.DOUANES,
        Role.PENITENTIAIRE,
        Role.PJJ,
        Role.PREFECTURE,
        Role.ORDRE,
    }
)
COMMENTATEURS = (
    *EXPORTEURS,
    Role.PREFECTURE,
    Role.ENQUETEUR,
    Role.DOUANES,
    Role.PENITENTIAIRE,
    Role.ORDRE,
)


def peut_lire(acteur: Acteur) -> Verdict:
    return OUI if acteur.a(*LECTEURS) else non("Le bilan se lit par les représentants des signataires.")


def peut_exporter(acteur: Acteur) -> Verdict:
    if acteur.a(*EXPORTEURS):
        return OUI
    return non("L’export se demande à la référente, à la direction, aux affaires juridiques ou au parquet.")


def peut_commenter(bilan: BilanAnnuel, acteur: Acteur) -> Verdict:
    if not acteur.a(*COMMENTATEURS):
        return non("Le commentaire est écrit par les représentants des signataires.")
    return OUI if bilan.etat in {"OUVERT", "GELE"} else non("Le comité a validé ce bilan : il ne se commente plus.")


def peut_geler(bilan: Any, acteur: Acteur) -> Verdict:
    if not acteur.a(Role.REFERENT):
        return non("Seule la référente arrête les chiffres.")
    if bilan.annee >= timezone.localdate().year:
        return non(f"Les chiffres s’arrêtent quand l’année {bilan.annee} est finie.")
    return OUI


def peut_conclure(bilan: Any, acteur: Acteur) -> Verdict:
    return OUI if acteur.a(Role.REFERENT) else non("Seule la référente enregistre la décision du comité.")
