"""What whoever keeps or prepares reads: their order, which is addressed to them, and nothing else of the letter."""

from types import SimpleNamespace as Objet
from typing import Any

from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions import gels, lecture
from requisitions.gels.pertes import perte_de, retrait_avant
from requisitions.models import Gel, Requisition
from requisitions.policies import peut_confirmer_gel, peut_instruire

# Neither a ground nor a name: what a role receives of a letter does not bear on the order itself.
ADRESSES = (
    "cible", "cameras", "periode_du", "periode_au", "critere_sexe", "critere_age_min", "critere_age_max",
    "critere_signe", "consigne",
)  # fmt: skip


def consigne(r: Requisition, acteur: Acteur) -> tuple[Objet, list[Objet]]:
    """The letter as the executor reads it, and its lines."""
    lue = lecture.lettre_pour(r, acteur)
    for nom in ADRESSES:
        setattr(lue, nom, getattr(r, nom))
    return lue, lecture.demande(r, lue)


def gel_de(dossier: Dossier, acteur: Acteur) -> dict[str, Any]:
    """The freeze with the words of its kind; `a_confirmer`: legal affairs must, for want of an account over there."""
    gel: Gel | None = getattr(dossier, "gel", None)
    attendu = gel is not None and gel.confirme_le is None and not gel.perte and peut_instruire(dossier, acteur)
    return {
        "gel": gel,
        "gele": gels.REGLES[gel.objet] if gel else None,
        "perte": perte_de(gel, timezone.now()) if gel else None,
        "retrait_avant": retrait_avant(gel) if gel else None,
        "gel_a_confirmer": attendu and bool(peut_confirmer_gel(dossier, acteur)),
    }
