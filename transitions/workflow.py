"""State machinery: a table of frozen transitions, and the only code that assigns an `etat`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.utils import timezone

from transitions.verdict import OUI, Verdict


class TransitionRefusee(Exception):
    """The act is not possible now; the message is the French reason to show, `champ` the field it is about."""

    def __init__(self, message: str = "", *, champ: str = "") -> None:
        super().__init__(message)
        self.champ = champ


class DejaEnvoye(TransitionRefusee):
    """The key of this page already served for another content (REL-05): a 409 that keeps what was typed."""


@dataclass(frozen=True, slots=True)
class Etat:
    """One state: what it is called, its tone and icon (design §7), and the generic phase it belongs to."""

    code: str
    libelle: str
    ton: str
    icone: str
    phase: str


@dataclass(frozen=True, slots=True)
class Transition:
    """One way from some states to another; `marque` names the paired date and author fields it fills."""

    nom: str
    depuis: frozenset[str]
    vers: str
    libelle: str
    politique: Callable[..., Verdict] = field(default=lambda objet, acteur: OUI)
    marque: str = ""
    ton: str = ""


class Consigner(Protocol):
    """Records an applied transition (event, journal, outbox). Given by the floor that uses the workflow."""

    def __call__(
        self,
        objet: Any,
        /,
        *,
        transition: Transition,
        acteur: Any,
        avant: str,
        commentaire: str,
        donnees: Mapping[str, Any],
    ) -> None: ...


class Workflow:
    """The states and transitions of one kind of object.

    `verrouiller(objet)` must lock the row and return it freshly read; `consigner` runs in the same transaction.
    """

    def __init__(
        self,
        nom: str,
        etats: tuple[Etat, ...],
        transitions: tuple[Transition, ...],
        *,
        consigner: Consigner,
        verrouiller: Callable[[Any], Any],
    ) -> None:
        self.nom = nom
        self.etats = {etat.code: etat for etat in etats}
        self.transitions = {transition.nom: transition for transition in transitions}
        self._consigner = consigner
        self._verrouiller = verrouiller

    def verdict(self, nom: str, objet: Any, acteur: Any) -> Verdict:
        """Whether `acteur` may do this now; a refusal says why."""
        transition = self.transitions[nom]
        if objet.etat not in transition.depuis:
            present = self.etats[objet.etat].libelle
            return Verdict(False, f"Ce n’est plus possible\u00a0: l’état est «\u00a0{present}\u00a0».")
        return transition.politique(objet, acteur)

    def disponibles(self, objet: Any, acteur: Any) -> list[tuple[Transition, Verdict]]:
        """The transitions that start from the present state, each with its verdict: they drive the buttons."""
        return [
            (transition, transition.politique(objet, acteur))
            for transition in self.transitions.values()
            if objet.etat in transition.depuis
        ]

    def appliquer(
        self,
        nom: str,
        objet: Any,
        *,
        acteur: Any,
        commentaire: str = "",
        donnees: Mapping[str, Any] | None = None,
        avant_ecriture: Callable[[Any], None] | None = None,
    ) -> Any:
        """Lock, re-read, ask table and policy, write state with its paired date and author, record.

        Must run in a transaction. `avant_ecriture(objet)` may complete or check the locked object.
        Raises TransitionRefusee with the French reason.
        """
        transition = self.transitions[nom]
        objet = self._verrouiller(objet)
        verdict = self.verdict(nom, objet, acteur)
        if not verdict:
            raise TransitionRefusee(verdict.raison)
        if avant_ecriture:
            avant_ecriture(objet)
        avant = objet.etat
        objet.etat = transition.vers
        if hasattr(objet, "phase"):
            objet.phase = self.etats[transition.vers].phase
        if transition.marque:
            setattr(objet, f"{transition.marque}_le", timezone.now())
            setattr(objet, f"{transition.marque}_par_id", acteur.utilisateur_id)
        objet.save()
        self._consigner(
            objet, transition=transition, acteur=acteur, avant=avant, commentaire=commentaire, donnees=donnees or {}
        )
        return objet

    def initialiser(self, objet: Any, etat: str) -> None:
        """Give a new, unsaved object its first state."""
        objet.etat = etat
        if hasattr(objet, "phase"):
            objet.phase = self.etats[etat].phase
