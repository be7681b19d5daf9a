"""General instructions of the prosecutor: declared and revoked by the prosecutor's office, known by their reference."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from requisitions.controles import Instruction
from requisitions.models import InstructionGenerale
from requisitions.notifications import annoncer_instruction_revoquee
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import TransitionRefusee


def peut_declarer(acteur: Acteur) -> Verdict:
    return OUI if acteur.a(Role.PARQUET) else non("Une instruction générale se déclare par le parquet.")


def connue(reference: str) -> Instruction | None:
    """The declared instruction of that reference, as the controls read it."""
    ligne = InstructionGenerale.objects.filter(reference__iexact=reference.strip()).first() if reference else None
    if ligne is None:
        return None
    return Instruction(
        ligne.reference,
        ligne.debut,
        ligne.fin,
        tuple(ligne.types_acte),
        tuple(ligne.qualites),
        ligne.revoquee_le,
        ligne.infractions,
    )


@transaction.atomic
def declarer(
    *,
    acteur: Acteur,
    reference: str,
    objet: str,
    infractions: str,
    types_acte: list[str],
    qualites: list[str],
    debut: date,
    fin: date,
) -> InstructionGenerale:
    """Six months at most: the database says so too."""
    _exiger(acteur)
    if InstructionGenerale.objects.filter(reference__iexact=reference).exists():
        raise TransitionRefusee("Cette référence est déjà déclarée. Une instruction se renouvelle sous une autre.")
    return InstructionGenerale.objects.create(
        reference=reference,
        objet=objet,
        infractions=infractions,
        types_acte=types_acte,
        qualites=qualites,
        debut=debut,
        fin=fin,
        declaree_par_id=acteur.utilisateur_id,
    )


@transaction.atomic
def revoquer(*, acteur: Acteur, instruction: InstructionGenerale) -> None:
    """From now on it covers nothing; what was received before stays covered (R-02)."""
    _exiger(acteur)
    ligne = InstructionGenerale.objects.select_for_update().get(pk=instruction.pk)
    if ligne.revoquee_le:
        raise TransitionRefusee("Cette instruction est déjà révoquée.")
    ligne.revoquee_le, ligne.revoquee_par_id = timezone.now(), acteur.utilisateur_id
    ligne.save()
    annoncer_instruction_revoquee(instruction=ligne)


def _exiger(acteur: Acteur) -> None:
    verdict = peut_declarer(acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
