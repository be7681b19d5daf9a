"""No lost update: a form says which version of the case it was shown."""

from collections.abc import Callable

from dossiers.models import Dossier
from transitions.workflow import TransitionRefusee


class VersionDepassee(TransitionRefusee):
    """Somebody moved the case since the page was shown."""


def version_attendue(valeur: str | None) -> Callable[[Dossier], None]:
    """A check for `Workflow.appliquer(avant_ecriture=…)`: the locked case must be at the version the form carried."""

    def verifier(dossier: Dossier) -> None:
        if valeur is not None and str(dossier.version) != valeur:
            raise VersionDepassee(
                "Ce dossier a changé pendant que vous écriviez. "
                "Relisez-le : ce que vous avez tapé est conservé ci-dessous."
            )

    return verifier
