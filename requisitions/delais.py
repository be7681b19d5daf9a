"""How long the hospital has, and the sentence that explains it. Pure functions."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from dossiers.echeances import FERMETURE, OUVERTURE, PARIS, ajouter_heures_ouvrees, ajouter_jours_ouvres, jour_ouvre
from dossiers.models.dossier import Urgence
from presentation.temps import NBSP, heure_fr
from requisitions.models import LigneDecision

GARDE_A_VUE = timedelta(hours=6)
MARGE = timedelta(hours=2)
NON_PREVUE = 2
Unite = LigneDecision.Unite


@dataclass(frozen=True, slots=True)
class Delai:
    """`nom` is what is due: the answer, or a first word from legal affairs when no answer delay is set."""

    echeance_le: datetime
    libelle: str
    calcul: str


def calculer(
    ligne: LigneDecision | None, urgence: str, recue_le: datetime, *, fin_mesure: datetime | None = None
) -> Delai:
    """The deadline of the answer, from the decision table, the urgency and the end of the police custody."""
    if ligne is None:
        return Delai(
            ajouter_heures_ouvrees(recue_le, NON_PREVUE),
            "Premier retour des affaires juridiques",
            f"Reçue à {heure_fr(recue_le)}. Combinaison non prévue : 2{NBSP}heures ouvrées (proposé).",
        )
    urgent = urgence != Urgence.ORDINAIRE
    unite = ligne.urgent_unite if urgent else ligne.delai_unite
    valeur = ligne.urgent_valeur if urgent else ligne.delai_valeur
    if unite == Unite.FIXE:
        return Delai(
            ajouter_heures_ouvrees(recue_le, NON_PREVUE),
            "Premier retour des affaires juridiques",
            f"Reçue à {heure_fr(recue_le)}. Délai fixé par l’acte "
            f"({ligne.articles_texte} ; table, ligne {ligne.rang}) : "
            f"2{NBSP}heures ouvrées pour organiser (proposé).",
        )
    terme = _ajouter(recue_le, unite, valeur)
    calcul = (
        f"Reçue à {heure_fr(recue_le)}, plus {valeur}{NBSP}{_en_mots(unite, valeur)} "
        f"({ligne.articles_texte} ; table, ligne {ligne.rang}, {source(ligne)})"
    )
    if urgence == Urgence.IMMEDIATE:
        terme, calcul = _garde_a_vue(terme, calcul, recue_le, fin_mesure)
    return Delai(terme, "Réponse au requérant", f"{calcul}.")


def _en_mots(unite: str, valeur: int) -> str:
    mots = Unite(unite).label
    return mots if valeur > 1 else " ".join(mot.removesuffix("s") for mot in mots.split())


def source(ligne: LigneDecision) -> str:
    """Who says the figure: the law, our mark under a law that gives none, or the convention."""
    if ligne.delai_repere:
        return f"«{NBSP}{ligne.delai_texte}{NBSP}» légal, repère proposé"
    return "légal" if ligne.delai_legal else "convention, proposé"


def hors_heures_ouvrees(instant: datetime) -> bool:
    """Nights, week-ends and public holidays: the administrator on call is told too."""
    local = instant.astimezone(PARIS)
    return not jour_ouvre(local.date()) or not OUVERTURE <= local.hour < FERMETURE


def _ajouter(depuis: datetime, unite: str, valeur: int) -> datetime:
    if unite == Unite.JOURS_OUVRES:
        return ajouter_jours_ouvres(depuis, valeur)
    if unite == Unite.HEURES_OUVREES:
        return ajouter_heures_ouvrees(depuis, valeur)
    return _plus(depuis, timedelta(minutes=valeur) if unite == Unite.MINUTES else timedelta(hours=valeur))


def _plus(depuis: datetime, duree: timedelta) -> datetime:
    """Hours that pass, not hours of the clock: the two nights when the clock changes, they differ."""
    return (depuis.astimezone(UTC) + duree).astimezone(PARIS)


def _garde_a_vue(terme: datetime, calcul: str, recue_le: datetime, fin_mesure: datetime | None) -> tuple[datetime, str]:
    """Six hours at most, and two hours before the measure ends when that leaves any time."""
    six_heures = _plus(recue_le, GARDE_A_VUE)
    if six_heures.astimezone(UTC) < terme.astimezone(UTC):
        terme, calcul = six_heures, f"{calcul}, ramené à 6{NBSP}h : garde à vue en cours"
    avant = _plus(fin_mesure, -MARGE) if fin_mesure else None
    if avant and recue_le.astimezone(UTC) < avant.astimezone(UTC) < terme.astimezone(UTC):
        terme, calcul = avant, f"{calcul}, 2{NBSP}h avant la fin de la mesure"
    return terme, calcul
