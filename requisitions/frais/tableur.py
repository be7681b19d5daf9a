"""The mémoires of one state as a CSV for Chorus Pro: what §2.11 lets the accounts office see, and nothing else."""

from collections.abc import Sequence

from django.utils import timezone

from documents import tableurs
from presentation.temps import date_fr, heure_fr
from requisitions.frais import montant_fr
from requisitions.models import Memoire

COLONNES = (
    "Numéro interne", "Numéro de procédure", "Prescripteur", "Code de l’acte", "Acte", "Date de l’acte",
    "Heure de l’acte", "Montant en euros", "État du mémoire",
)  # fmt: skip


def en_csv(memoires: Sequence[Memoire], situation: Memoire.Situation, *, suite: bool) -> bytes:
    """`suite`: there are more than these. The case itself is never read."""
    return tableurs.csv(COLONNES, [_ligne(memoire) for memoire in memoires], _preambule(memoires, situation, suite))


def _preambule(memoires: Sequence[Memoire], situation: Memoire.Situation, suite: bool) -> list[tuple[str, ...]]:
    fait_le = timezone.localtime()
    reste = ("Il en reste d’autres\u00a0: ce fichier porte les plus anciens.",) if suite else ()
    return [
        ("Frais de justice", str(situation.label)),
        ("Fichier fait le", f"{date_fr(fait_le)}, {heure_fr(fait_le)}"),
        ("Mémoires", str(len(memoires)), *reste),
        (),
    ]


def _ligne(memoire: Memoire) -> tuple[str, ...]:
    acte_du = timezone.localtime(memoire.acte_du)
    return (
        memoire.reference,
        memoire.num_procedure,
        memoire.prescripteur,
        memoire.acte,
        memoire.get_acte_display(),
        f"{acte_du:%d/%m/%Y}",
        f"{acte_du:%H:%M}",
        montant_fr(memoire.montant),
        memoire.get_situation_display(),
    )
