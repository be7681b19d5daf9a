"""Tipping over into violence: controls C19 and C20 of the domain's §9.1."""

import re

from signalements.controles.socle import MAJORITE, Faits, controle
from transitions.verdict import Niveau

RADICALISATION = "RADICALISATION_MINEUR"
DOMAINES_MINIMUM = 2
# The domain that each clue belongs to: several clues of one domain make no bundle.
DOMAINES = {
    "RUPTURE_ENVIRONNEMENT": "SOCIAL",
    "ISOLEMENT": "SOCIAL",
    "DISCOURS_VIOLENT": "DISCOURS",
    "ADHESION_IDEOLOGIE_VIOLENTE": "DISCOURS",
    "DEPART_ZONE": "COMPORTEMENT",
    "APPRENTISSAGE_ARMES": "COMPORTEMENT",
    "TECHNIQUES_DISSIMULATION": "TECHNIQUE",
    "TRAFIC_PROPAGANDE": "TECHNIQUE",
    "ANTECEDENT": "JUDICIAIRE",
}
CITATION = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")
# What is never a clue, in the writer's own words; between quotation marks the words are the child's.
INTERDITS = re.compile(
    r"\b(?:religi\w*|musulman\w*|islam\w*|chrétien\w*|catholi\w*|protestante?s?|juifs?|juives?|judaïsme|athées?"
    r"|converti\w*|mosquées?|églises?|synagogues?|imams?|prêtres?|rabbins?|prières?|ramadan|halal|casher|coran"
    r"|bible|voilée?s?|hijab|barbu?e?s?|djellaba|qamis|kippa|origines?|ethni\w*|maghréb\w*|arabes?|africain\w*"
    r"|turc\w*|tchétchèn\w*)\b",
    re.IGNORECASE,
)


@controle("C19", Niveau.BLOQUANT, "age", "CP-226-13")
def c19(faits: Faits) -> str:
    """An adult: no route of its own. Weapon or peril have theirs."""
    if faits.voie != RADICALISATION or faits.age is None or faits.age < MAJORITE:
        return ""
    return (
        "Pour un majeur, la radicalisation seule n’ouvre pas le secret\u00a0: aucun envoi nominatif. "
        "Demandez l’avis de l’Ordre, sans identité. Une arme ou un péril a sa propre situation."
    )


@controle("C20", Niveau.BLOQUANT, "indices", "INSTR-2016-14")
def c20(faits: Faits) -> str:
    """Facts of two domains at least; never a religion, a dress or an origin."""
    if faits.voie != RADICALISATION:
        return ""
    ecrits = [faits.faits_ecrits, str(faits.propre("motif_gravite") or "")]
    if trouve := INTERDITS.search(CITATION.sub("", "\n".join(ecrits))):
        return (
            f"Vous écrivez «\u00a0{trouve.group()}\u00a0». La religion, la tenue et l’origine ne sont jamais des "
            "indices\u00a0: retirez ce mot. Les mots de l’enfant se mettent entre guillemets."
        )
    domaines = {DOMAINES[code] for code in faits.propre("indices") or [] if code in DOMAINES}
    if len(domaines) < DOMAINES_MINIMUM:
        return "Il faut des indices d’au moins deux domaines. Un seul ne suffit jamais."
    return ""
