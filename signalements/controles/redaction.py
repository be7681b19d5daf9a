"""How the facts are written: controls C31, C32 and C38 of the domain's §9.2. They advise, they never block."""

import re

from signalements.controles.socle import Faits, controle
from transitions.verdict import Niveau

GUILLEMETS = re.compile(r"[«»“”\"]")
AFFIRMATIONS = re.compile(r"\b(?:a|ont) été (?:frapp|viol|agress|battu|étrangl|insult|menac)\w*", re.IGNORECASE)
JUGEMENTS = re.compile(
    r"\b(?:menteur|menteuse|manipulat(?:eur|rice)|maltraitants?|maltraitantes?|violeur|pervers|agresseur|coupable"
    r"|hystérique|criminel)\b",
    re.IGNORECASE,
)


@controle("C31", Niveau.ALERTE, "propos_rapportes", "")
def c31(faits: Faits) -> str:
    """Reported words without quotation marks, or what was said written as a fact."""
    if faits.paroles.strip() and not GUILLEMETS.search(faits.paroles):
        return "Les paroles rapportées n’ont pas de guillemets. Écrivez les mots exacts, entre guillemets."
    if trouve := AFFIRMATIONS.search(f"{faits.faits_ecrits}\n{faits.paroles}"):
        return f"Vous écrivez «\u00a0{trouve.group()}\u00a0». Préférez «\u00a0elle déclare avoir…\u00a0»."
    return ""


@controle("C32", Niveau.ALERTE, "faits_observes", "")
def c32(faits: Faits) -> str:
    """A judgment, a guilt or a qualification."""
    if trouve := JUGEMENTS.search(f"{faits.faits_ecrits}\n{faits.paroles}"):
        return (
            f"Le mot «\u00a0{trouve.group()}\u00a0» juge ou qualifie. S’il a été prononcé, gardez-le entre guillemets. "
            "Sinon, décrivez."
        )
    return ""


@controle("C38", Niveau.ALERTE, "nom", "")
def c38(faits: Faits) -> str:
    """An identity that is missing, or that nobody checked."""
    if not faits.identite:
        return "L’identité de la personne n’est pas renseignée. Complétez-la si vous la connaissez."
    if faits.propre("identite_verifiee") == "NON":
        return "L’identité n’est pas vérifiée. Le document le dira."
    return ""
