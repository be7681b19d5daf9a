"""Routes without a named patient: controls of the domain's §9.1, and our own from C70 on."""

import re

from signalements.controles.socle import Faits, controle
from transitions.verdict import Niveau

OBJET = "OBJET_ILLICITE"
# The agents who found an object and its labels are not the patient's identity.
HORS_DETECTION = frozenset({"decouvert_par_1", "decouvert_par_2", "decideur", "scelle_no", "coffre_no"})
MAJ = "A-ZÀÂÄÇÉÈÊËÎÏÔÖÙÛÜ"
IDENTIFIANTS = (
    (re.compile(rf"\b(?:M\.|MM\.|Mme|Mlle|Monsieur|Madame|Mademoiselle)\s+[{MAJ}]"), "un nom"),
    (re.compile(rf"\b(?:[Pp]atiente?|[Rr]ésidente?|nommée?|appelée?)\s+[{MAJ}][\w’'-]+"), "un nom"),
    (re.compile(rf"\b[{MAJ}][a-zà-ÿ]+(?:-[{MAJ}][a-zà-ÿ]+)?\s+[{MAJ}]{{3,}}\b"), "un nom"),
    (
        re.compile(r"\b(?:IPP|NIP|NDA|IEP|n°\s*de\s*(?:dossier|séjour|patient))\b", re.IGNORECASE),
        "un numéro de patient",
    ),
    (re.compile(r"\b(?:\d[\s.]?){8,}\b"), "un numéro de patient"),
    (re.compile(r"\b(?:chambre|lit|box|ch\.)\s*(?:n°\s*)?[A-Z]?\d+", re.IGNORECASE), "une chambre ou un lit"),
    (re.compile(r"\bnée?\s+le\b", re.IGNORECASE), "une date de naissance"),
)


def identifiant_dans(texte: str) -> tuple[str, str] | None:
    """What looks like a way to find a patient again, and the words that made us think so."""
    for motif, mot in IDENTIFIANTS:
        if trouve := motif.search(texte):
            return mot, trouve.group().strip()
    return None


@controle("C16", Niveau.BLOQUANT, "description", "INSTR-2011-139")
def c16(faits: Faits) -> str:
    """No name, patient number nor room in what is written of an object."""
    if faits.voie != OBJET:
        return ""
    for nom, valeur in faits.propres.items():
        if nom in HORS_DETECTION or not isinstance(valeur, str):
            continue
        if trouve := identifiant_dans(valeur):
            mot, extrait = trouve
            return f"«\u00a0{extrait}\u00a0» ressemble à {mot}. Retirez-le\u00a0: la remise est sans identité."
    return ""


@controle("C70", Niveau.ALERTE, "date_appel", "CP-223-6")
def c70(faits: Faits) -> str:
    """A firearm, a munition or an explosive: nobody touches it, and a call comes first."""
    if faits.voie == OBJET and faits.urgence == "IMMEDIATE" and not faits.appel:
        return (
            "Arme à feu, munition ou explosif\u00a0: ne manipulez pas l’objet, éloignez tout le monde et appelez le "
            "17. Notez l’heure de l’appel."
        )
    return ""


@controle("C71", Niveau.BLOQUANT, "decouvert_par_2", "INSTR-2011-139")
def c71(faits: Faits) -> str:
    """An object is found by two agents, and two are two."""
    if faits.voie != OBJET:
        return ""
    premier, second = (
        str(faits.propre(nom) or "").strip().casefold() for nom in ("decouvert_par_1", "decouvert_par_2")
    )
    if not premier or not second or premier == second:
        return "La découverte se constate à deux\u00a0: indiquez deux agents différents."
    return ""
