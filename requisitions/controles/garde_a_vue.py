"""Controls of the certificate of custody: conditions and their term (R-27), volet 1 alone and silent (R-28)."""

import re

from requisitions.controles.modele import Faits, alerte, bloquant, sans_accents
from transitions.verdict import Constat

# Beginnings of words that say an illness, a state or a measure of alcohol: they belong to volet 2 (§5.4).
DIAGNOSTICS = (
    "alcool", "asthm", "cancer", "cardiaque", "cirrhos", "depress", "diabet", "diagnos", "ebri", "enceint", "epileps",
    "fractur", "grossess", "hepatit", "insulin", "ivre", "maladi", "methadon", "patholog", "psychos", "schizophren",
    "seropositi", "sevrage", "sida", "suicid", "syndrom", "toxico", "tubercul", "vih",
)  # fmt: skip
ALCOOLEMIE = re.compile(r"\b\d+(?:[.,]\d+)?\s*(?:m?g\s*/\s*l|g par litre)")


def r27(f: Faits) -> Constat | None:
    """« Sous conditions » says which, and until when."""
    if f.type_acte != "EX_GAV" or f.volet.get("conclusion") != "conditions":
        return None
    if not str(f.volet.get("conditions") or "").strip():
        return bloquant("R-27", "Compatible sous conditions\u00a0: écrivez au moins une condition.", "conditions")
    terme = str(f.volet.get("valable_jusqu_au") or "")
    if not terme:
        return bloquant("R-27", "Compatible sous conditions\u00a0: dites jusqu’à quand.", "valable_jusqu_au")
    if terme <= str(f.volet.get("examen_le") or ""):
        return bloquant("R-27", "Le terme des conditions suit l’examen.", "valable_jusqu_au")
    return None


def r28(f: Faits) -> Constat | None:
    """Volet 1 leaves alone, and names no illness. §13 makes it an alert: a doctor may have to write such a word."""
    if f.type_acte != "EX_GAV" or not f.volet:
        return None
    lu = sans_accents(str(f.volet.get("conditions") or ""))
    mots = [mot for mot in re.findall(r"\w+", lu) if mot.startswith(DIAGNOSTICS)]
    if mots or ALCOOLEMIE.search(lu):
        return alerte(
            "R-28", "Les conditions laissent lire un diagnostic ou une alcoolémie\u00a0: volet 2.", "conditions"
        )
    if len(f.tailles) > 1:
        return alerte("R-28", "Plusieurs pièces partiraient\u00a0: le volet 1 part seul, sans le volet médical.")
    return None
