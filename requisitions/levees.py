"""What a finding asks of whoever goes on in spite of it (§13): a blocking one is lifted in writing by legal affairs or
the direction, an alert is justified in a sentence by whoever passes over it. What was written once is not asked again.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import slugify

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions.controles import AVANT_REMISE, Regle, attenue, controler, levable
from requisitions.etats import EN_CONTROLE, EN_EXECUTION
from requisitions.faits import faits_de
from requisitions.mentions import LIBELLES, manquantes
from requisitions.models import ControleMention, Derogation, Requisition
from requisitions.policies import JURIDIQUES, agit
from requisitions.refus import sans_refus_en_attente
from transitions.verdict import Constat, Verdict, non

# What somebody else must do, and is reminded of: to confirm a freeze, to examine a minor.
RAPPELS = frozenset({"R-19", "R-20", "R-25"})
CONSTAT = 300


@dataclass(frozen=True, slots=True)
class Point:
    """One finding to answer for; `cle` names its field."""

    cle: str
    numero: str
    message: str


def _points(prefixe: str, constats: Iterable[tuple[str, str]]) -> list[Point]:
    """Two findings of one rule have a field each."""
    points: list[Point] = []
    for numero, message in constats:
        rang = sum(point.numero == numero for point in points)
        cle = f"{prefixe}-{slugify(numero)}" + (f"-{rang + 1}" if rang else "")
        points.append(Point(cle, numero, message[:CONSTAT]))
    return points


def _ecrits(dossier: Dossier) -> set[tuple[str, str]]:
    """What is lifted or justified already; an emergency lifts for itself only."""
    ecrits = Derogation.objects.filter(dossier=dossier, vitale=False)
    return set(ecrits.values_list("controle", "constat"))


def _restants(dossier: Dossier, lettre: Requisition, *regles: tuple[Regle, ...]) -> list[Constat]:
    """What the rules find, without what was answered for in writing."""
    ecrits = _ecrits(dossier)
    constats = controler(faits_de(dossier, lettre), *regles)
    return [constat for constat in constats if (constat.numero, constat.message[:CONSTAT]) not in ecrits]


def points_bloquants(
    dossier: Dossier, lettre: Requisition
) -> tuple[list[Constat], list[ControleMention], list[Constat]]:
    """(blocking findings, blocking mentions, alerts) of the control as it stands now."""
    constats = _restants(dossier, lettre)
    ecrits = _ecrits(dossier)
    manques = [] if lettre.urgence_vitale else manquantes(list(dossier.mentions.all()))
    return (
        [constat for constat in constats if constat.bloque],
        [mention for mention in manques if (mention.numero, LIBELLES[mention.numero][0]) not in ecrits],
        [constat for constat in constats if not constat.bloque],
    )


def constats_de_sortie(dossier: Dossier, lettre: Requisition) -> list[Constat]:
    """What the controls before any delivery find now."""
    return _restants(dossier, lettre, AVANT_REMISE)


def a_justifier(constats: Iterable[Constat]) -> list[Point]:
    """The alerts that ask a sentence of whoever passes over them."""
    alertes = [c for c in constats if c.niveau == "alerte" and c.numero not in RAPPELS and not attenue(c)]
    return _points("alerte", [(alerte.numero, alerte.message) for alerte in alertes])


def leves_par_l_urgence(constats: Iterable[Constat]) -> list[Point]:
    """The blocking points that a vital emergency goes through."""
    return _points("urgence", [(constat.numero, constat.message) for constat in constats if attenue(constat)])


def a_lever(dossier: Dossier, lettre: Requisition) -> list[Point]:
    """What bars the case today and may be lifted, at the control or at the exit."""
    faits = faits_de(dossier, lettre)
    manques: list[ControleMention] = []
    if dossier.etat == EN_CONTROLE:
        bloquants, manques, _ = points_bloquants(dossier, lettre)
    elif dossier.etat == EN_EXECUTION:
        bloquants = [constat for constat in constats_de_sortie(dossier, lettre) if constat.bloque]
    else:
        return []
    points = [(constat.numero, constat.message) for constat in bloquants if levable(constat, faits)]
    return _points("levee", [*points, *((m.numero, LIBELLES[m.numero][0]) for m in manques)])


def peut_lever(dossier: Dossier, acteur: Acteur) -> Verdict:
    """§13: legal affairs and the direction, whoever controls or prepares the delivery."""
    if not agit(dossier, acteur, Role.JURISTE, Role.DIRECTION):
        return non("Un point bloquant se lève par les affaires juridiques ou la direction.")
    return _au_controle_ou_a_la_sortie(dossier)


def peut_demander_la_levee(dossier: Dossier, acteur: Acteur) -> Verdict:
    if not agit(dossier, acteur, Role.JURISTE, Role.GARDE):
        return non(JURIDIQUES)
    return _au_controle_ou_a_la_sortie(dossier)


def _au_controle_ou_a_la_sortie(dossier: Dossier) -> Verdict:
    if dossier.etat in {EN_CONTROLE, EN_EXECUTION}:
        return sans_refus_en_attente(dossier)
    return non("Un point se lève pendant le contrôle, ou quand la réponse se prépare.")
