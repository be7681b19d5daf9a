"""Words that betray somebody's care or health in what leaves the hospital. Beginnings of words, without accents.

No list holds every word: it stops the pen, and whoever hands the paper over still reads it. Left out, because they are
honest as often as not: « traitement », « médicament » and « repas » (the need, not the illness), « opération » and
« greffe » (the police's, the court's), « blessure » (the facts), « sourd », « aveugle » and « handicap » (a hearing is
arranged for them), « trouble » (of public order), « malade », « mental », « confus », « agité », « anxieux »,
« fatigue » and « douleur » (why there are pauses). « L’enceinte » is a place, « enceinte » is not.
"""

import re

from requisitions.controles.modele import sans_accents

# A ward, a treatment, a protection.
SOINS = (
    "accouch", "addict", "anonym", "cancer", "cardiolog", "chimiotherap", "chirurg", "dermatolog", "dialys",
    "endocrinolog", "gastro", "geriatr", "gynecolog", "hematolog", "hospitalis", "infectiolog", "maternit", "neonat",
    "nephrolog", "neurolog", "obstetr", "oncolog", "ophtalmolog", "orthoped", "palliatif", "pediatr", "pneumolog",
    "proteg", "psychiatr", "radiotherap", "reanim", "rhumatolog", "toxico", "traumatolog", "urolog",
)  # fmt: skip
# Words that betray as they stand: « en urgence » and « la chambre de l’instruction » are honest.
TOURNURES = re.compile(
    r"\b(?:urgences|etages?|sous x|blocs? operatoires?|au bloc|soins (?:intensifs|critiques|continus)"
    r"|chambres?(?!\W+(?:de l\W?instruction|du conseil|de la cour|criminelle|correctionnelle|civile|sociale)))\b"
)
# An illness, a state, what is taken for it, a measure of alcohol: in custody, they belong to volet 2 (§5.4).
DIAGNOSTICS = (
    "alcool", "allergi", "alzheimer", "amput", "anesthes", "anorex", "anticoagul", "antidepress", "antipsychot",
    "anxiolyt", "appendicit", "asthm", "autis", "avortement", "benzodiazep", "bipolair", "boulimi", "bronchit",
    "brulure", "cancer", "cannabi", "cardiaque", "cardiopath", "chimio", "cirrhos", "cocain", "codein", "comat",
    "commotion", "convuls", "coronar", "crani", "delir", "demenc", "depress", "diabet", "diagnos", "drogu", "ebri",
    "embolie", "epilep", "ethyli", "femur", "fentanyl", "fractur", "glycem", "grossess", "hallucin", "hematom",
    "hemipleg", "hemorrag", "hepat", "heroin", "hyperglyc", "hypertens", "hypoglyc", "infarct", "infecti", "insulin",
    "intoxic", "ivre", "leucem", "lymphom", "maladi", "meningit", "metasta", "methadon", "morphin", "neurolept",
    "nevros", "opiac", "overdos", "oxygen", "pancreat", "paralys", "paranoi", "parapleg", "parkinson", "patholog",
    "perfus", "phlebit", "pneumo", "polytraum", "psychiq", "psychose", "psychot", "renal", "scarif", "schizophren",
    "scleros", "sedat", "septicem", "seropositi", "sevrage", "sida", "stupefi", "subutex", "suicid", "syndrom",
    "tetrapleg", "thrombos", "tibia", "toxico", "transfus", "traumatism", "trisom", "tubercul", "tumeur", "ulcer",
    "vertebr", "vih",
)  # fmt: skip
ETATS = re.compile(
    r"\b(?:avc|bpco|coma|hiv|ist|ivg|mst|fausse couche|\d+(?:[.,]\d+)?\s*(?:m?g\s*/\s*l|g par litre)"
    r"|(?<!\bl\W)(?<!\bune )enceintes?)\b"
)


def soin_devine(texte: str, *, admis: tuple[str, ...] = ()) -> str:
    """The first words that let a ward, a treatment or a protection be guessed; empty when there are none.

    `admis`: beginnings that its reader knows already.
    """
    return _trouve(texte, tuple(debut for debut in SOINS if debut not in admis), TOURNURES)


def diagnostic_devine(texte: str) -> str:
    """The first words that let an illness or a state be read; empty when there are none."""
    return _trouve(texte, DIAGNOSTICS, ETATS)


def _trouve(texte: str, debuts: tuple[str, ...], tournures: re.Pattern[str]) -> str:
    mot = next((mot for mot in re.findall(r"\w+", texte) if sans_accents(mot).startswith(debuts)), "")
    tournure = tournures.search(sans_accents(texte))
    return mot or (tournure.group() if tournure else "")
