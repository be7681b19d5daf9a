"""The programme and the events of a convention as pages and papers read them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from convention.actions import WORKFLOW
from convention.models import Action, Axe, Convention, Etape, Indicateur, Manifestation, Releve, Stand
from transitions.workflow import Etat

# What the text of a convention does not give is never guessed.
NON_PRECISE = "Non précisé par le texte"


@dataclass(frozen=True, slots=True)
class Mesure:
    """An indicator with its values, last day first; `remplaces`: values that a later entry of the same day corrects."""

    indicateur: Indicateur
    releves: list[Releve]
    remplaces: list[Releve]

    @property
    def dernier(self) -> Releve | None:
        return next(iter(self.releves), None)

    @property
    def atteint(self) -> bool:
        cible: Decimal | None = self.indicateur.cible
        return bool(self.dernier and cible is not None and self.dernier.valeur >= cible)


@dataclass(frozen=True, slots=True)
class LigneAction:
    """An action in a list, with what it has come to."""

    action: Action
    etat: Etat
    mesures: list[Mesure]

    @property
    def en_retard(self) -> bool:
        echeance: date | None = self.action.echeance
        return bool(echeance and echeance < timezone.localdate() and self.etat.phase != "clos")

    @property
    def chemin(self) -> tuple[str, str]:
        return self.action.axe.code, self.action.code


@dataclass(frozen=True, slots=True)
class Changement:
    """One state that an action took, by whom, and why."""

    le: datetime
    etat: Etat
    par: str
    motif: str


@dataclass(frozen=True, slots=True)
class LigneEtape:
    """A place of an event, its stands that are not withdrawn, and what they add up to."""

    etape: Etape
    stands: list[Stand]

    @property
    def professionnels(self) -> int:
        return sum(stand.professionnels for stand in self.stands)


def _actions() -> "Prefetch[str]":
    lignes = Action.objects.select_related("axe__convention__resiliation", "pilote").prefetch_related(
        "partenaires", "indicateurs__releves"
    )
    return Prefetch("actions", lignes.order_by("ordre"))


def axes_de(convention: Convention) -> list[tuple[Axe, list[LigneAction]]]:
    """Each axis and its actions, in the order of the text: a constant number of queries."""
    axes = Axe.objects.filter(convention=convention).prefetch_related(_actions()).order_by("ordre")
    return [(axe, [ligne_de(action) for action in axe.actions.all()]) for axe in axes]


def ligne_de(action: Action) -> LigneAction:
    return LigneAction(action, WORKFLOW.etats[action.etat], [mesure_de(un) for un in action.indicateurs.all()])


def mesure_de(indicateur: Indicateur) -> Mesure:
    """The last entry of each day counts; the earlier ones stay readable."""
    gardes: dict[date, Releve] = {}
    remplaces = []
    for releve in sorted(indicateur.releves.all(), key=lambda un: (un.jour, un.pk), reverse=True):
        if releve.jour in gardes:
            remplaces.append(releve)
        else:
            gardes[releve.jour] = releve
    return Mesure(indicateur, list(gardes.values()), remplaces)


def decompte(axes: Iterable[tuple[Axe, list[LigneAction]]]) -> list[tuple[Etat, int]]:
    """How many actions are in each state, in the order of the states; none where none is."""
    compte = Counter(ligne.etat.code for _, lignes in axes for ligne in lignes)
    return [(etat, compte[code]) for code, etat in WORKFLOW.etats.items() if compte[code]]


def lire_action(convention: Convention, axe: str, code: str) -> Action | None:
    lignes = Action.objects.select_related("axe__convention__resiliation", "axe__convention__etablissement", "pilote")
    lignes = lignes.prefetch_related("partenaires", "indicateurs__releves__saisi_par")
    return lignes.filter(axe__convention=convention, axe__code=axe, code=code).first()


def changements_de(action: Action) -> list[Changement]:
    """The states it took in the application, last one first; being written in the text is none of them."""
    faits, avant = [], Action.Etat.INSCRITE.value
    for ligne in action.history.select_related("history_user").order_by("history_date", "history_id"):
        if ligne.etat != avant:
            motif = ligne.history_change_reason or ""
            faits.append(
                Changement(ligne.history_date, WORKFLOW.etats[ligne.etat], str(ligne.history_user or ""), motif)
            )
        avant = ligne.etat
    return faits[::-1]


def manifestations_de(convention: Convention) -> list[Manifestation]:
    """Each event with its places, its stands and its partners: a constant number of queries."""
    return list(_manifestations(convention).order_by("ordre"))


def lire_manifestation(convention: Convention, code: str) -> Manifestation | None:
    return _manifestations(convention).filter(code=code).first()


def _manifestations(convention: Convention) -> QuerySet[Manifestation]:
    presents = Stand.objects.filter(retire_le=None).select_related("institution").order_by("intitule", "pk")
    etapes = Etape.objects.prefetch_related(Prefetch("stands", presents)).order_by("ordre")
    return (
        Manifestation.objects.filter(convention=convention)
        .select_related("convention__resiliation", "convention__etablissement", "pilote")
        .prefetch_related("partenaires", Prefetch("etapes", etapes))
    )


def etapes_de(manifestation: Manifestation) -> list[LigneEtape]:
    return [LigneEtape(etape, list(etape.stands.all())) for etape in manifestation.etapes.all()]
