"""The legal panel: each condition of an article, read from the answers. Never blocking."""

from collections.abc import Callable

from signalements.controles import COUPLE, SOIGNANTS, Faits
from signalements.reponses import LienAuteur
from signalements.voies.modele import Condition

Lecture = Callable[[Faits], Condition]


def _repondu(valeur: str) -> bool | None:
    return None if not valeur else valeur == "OUI"


def soignant(faits: Faits) -> Condition:
    return Condition("Vous êtes professionnel de santé", faits.profession in SOIGNANTS)


def majeure(faits: Faits) -> Condition:
    age = f" ({faits.age} ans)" if faits.age is not None else ""
    return Condition(f"La personne est majeure{age}", None if faits.age is None else faits.age >= 18)


def couple(faits: Faits) -> Condition:
    lien = f" ({LienAuteur(faits.lien_auteur).label.lower()})" if faits.lien_auteur in COUPLE else ""
    return Condition(f"Violences au sein du couple{lien}", faits.lien_auteur in COUPLE if faits.lien_auteur else None)


def danger(faits: Faits) -> Condition:
    return Condition("Danger immédiat pour sa vie, selon vous", _repondu(faits.danger_immediat))


def emprise(faits: Faits) -> Condition:
    return Condition("Emprise qui l’empêche de se protéger", _repondu(faits.emprise))


def accord_recherche(faits: Faits) -> Condition:
    cherche = None if not faits.accord else faits.accord in {"REFUS", "IMPOSSIBLE"}
    return Condition("Accord recherché, non obtenu", cherche)


def informee(faits: Faits) -> Condition:
    return Condition("Personne informée du signalement", faits.information == "FAITE" if faits.information else None)


def constate(faits: Faits) -> Condition:
    return Condition("Vous avez constaté les faits dans votre exercice", True if faits.a_examine else None)


def accord(faits: Faits) -> Condition:
    return Condition("La personne donne son accord", None if not faits.accord else faits.accord == "OUI")


def accord_ecrit(faits: Faits) -> Condition:
    return Condition("L’accord est écrit et daté", True if faits.accord_ecrit else None)


CONDITIONS: dict[str, tuple[Lecture, ...]] = {
    "VC_SANS_ACCORD": (soignant, majeure, couple, danger, emprise, accord_recherche, informee),
    "MAJEUR_AVEC_ACCORD": (soignant, majeure, constate, accord, accord_ecrit),
}
