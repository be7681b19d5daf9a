"""§12 of the requisitions document, copied by hand: what the tests expect, never read from the data file.

A prosecutor stands for PR and SUBSTITUT. Where a row cites articles 60-1, 77-1 or 77-1-1, §2.1 lets the prosecutor require in
person, besides the officers that the row names; where a row names « PR, JI », the prosecutor acts before the opening
of an instruction and the judge within it.
"""

from typing import NamedTuple

PR = ("PR", "SUBSTITUT")
TOUTES = ("PR", "SUBSTITUT", "JI", "OPJ", "APJ", "ASSIST", "AG_DOUANE", "ODJ", "JUGE", "PREFET")


class Attendu(NamedTuple):
    """One combination of one row: `nature` is legal, propose, or repere (a legal rule that gives no figure)."""

    rang: int
    cadre: str
    acte: str
    qualites: tuple[str, ...]
    autorisation: str
    ordre: str
    delai: str
    nature: str
    articles: str
    circuit: tuple[str, ...]
    precision: str = ""


A, URG, UMJ, DAJ = Attendu, "CHV-URG", "CHV-UMJ", "CHV-DAJ"
MOINS_16, RETENUE = "mineur de moins de 16 ans", "retenue d’un mineur de 10 à 13 ans"
DECEDEE, AUTOPSIE = "personne décédée", "personne décédée, autopsie demandée"
DETENU = "expertise d’une personne détenue"

# fmt: off
LIGNES = (
    A(1, "FLAG", "EX_GAV", (*PR, "OPJ"), "aucune", "non", "3 h", "legal", "63-3", (URG, UMJ)),
    A(2, "PRELIM", "EX_GAV", (*PR, "OPJ"), "aucune", "non", "3 h", "legal", "63-3 et 77", (URG, UMJ)),
    A(3, "CR", "EX_GAV", ("JI", "OPJ"), "commission", "non", "3 h", "legal", "63-3 et 154", (URG, UMJ)),
    A(4, "FLAG", "EX_GAV", PR, "decision", "non", "dès le début", "repere", "L. 413-8", ("CHV-PED",), MOINS_16),
    A(4, "PRELIM", "EX_GAV", PR, "decision", "non", "dès le début", "repere", "L. 413-8", ("CHV-PED",), MOINS_16),
    A(4, "CR", "EX_GAV", ("JI",), "decision", "non", "dès le début", "repere", "L. 413-8", ("CHV-PED",), MOINS_16),
    A(5, "FLAG", "EX_GAV", (*PR, "JI"), "decision", "non", "dès le début", "repere", "L. 413-4", ("CHV-PED",), RETENUE),
    A(5, "PRELIM", "EX_GAV", (*PR, "JI"), "decision", "non", "dès le début", "repere", "L. 413-4", ("CHV-PED",), RETENUE),
    A(6, "PRELIM", "EX_GAV", (*PR, "OPJ"), "procureur", "non", "avant ou à 48 h", "legal", "706-88", (UMJ,), "au-delà de 48 heures"),
    A(6, "CR", "EX_GAV", ("JI", "OPJ"), "commission", "non", "avant ou à 48 h", "legal", "706-88", (UMJ,), "au-delà de 48 heures"),
    A(7, "FLAG", "INCORP", (*PR, "OPJ"), "decision", "non", "avant 96 h", "repere", "706-88-2", (URG, "CHV-IMA")),
    A(7, "PRELIM", "INCORP", (*PR, "OPJ"), "decision", "non", "avant 96 h", "repere", "706-88-2", (URG, "CHV-IMA")),
    A(7, "CR", "INCORP", ("JI", "OPJ"), "decision", "non", "avant 96 h", "repere", "706-88-2", (URG, "CHV-IMA")),
    A(8, "DOUANE_ADM", "INCORP", ("AG_DOUANE",), "decision", "non", "meilleurs délais", "repere", "60 bis", (URG, "CHV-IMA")),
    A(9, "DOUANE_ADM", "EX_GAV", ("AG_DOUANE",), "aucune", "non", "3 h", "legal", "323-5", (URG,)),
    A(10, "ROUTE", "PREL_ALC", ("OPJ", "APJ"), "aucune", "non", "plus court délai", "repere", "L. 234-3", (URG,)),
    A(11, "ROUTE", "PREL_STUP", ("OPJ", "APJ"), "aucune", "non", "plus court délai", "repere", "L. 235-2", (URG,)),
    A(12, "ROUTE", "PREL_STUP", ("OPJ",), "aucune", "non", "24 h", "propose", "R. 235-8", ("CHV-MORT",), DECEDEE),
    A(12, "ROUTE", "PREL_STUP", ("OPJ",), "procureur", "non", "24 h", "propose", "R. 235-8", ("CHV-MORT",), AUTOPSIE),
    A(12, "ROUTE", "PREL_ALC", ("OPJ",), "aucune", "non", "24 h", "propose", "R. 235-8", ("CHV-MORT",), DECEDEE),
    A(12, "ROUTE", "PREL_ALC", ("OPJ",), "procureur", "non", "24 h", "propose", "R. 235-8", ("CHV-MORT",), AUTOPSIE),
    A(13, "FLAG", "PREL_AUTRE", ("OPJ",), "instructions", "non", "selon urgence", "propose", "60", (DAJ,)),
    A(14, "FLAG", "EX_VICT", ("OPJ", "APJ"), "aucune", "non", "24 h", "propose", "60", (UMJ, URG)),
    A(15, "PRELIM", "EX_VICT", (*PR, "OPJ", "APJ"), "instruction", "non", "24–72 h", "propose", "77-1", (UMJ,)),
    A(16, "PRELIM", "EX_SUSP", (*PR, "OPJ", "APJ"), "instruction", "non", "24 h", "propose", "77-1 et 706-47", (UMJ,)),
    A(17, "CR", "EX_VICT", ("JI", "OPJ"), "commission", "non", "fixé par l’ordonnance", "propose", "81 et 156", (UMJ,)),
    A(17, "CR", "EX_SUSP", ("JI", "OPJ"), "commission", "non", "fixé par l’ordonnance", "propose", "81 et 156", (UMJ,)),
    A(18, "MORT74", "CORPS", (*PR, "OPJ"), "instructions", "non", "24 h", "propose", "74 et 60", ("CHV-MORT",)),
    A(19, "FLAG", "CORPS", (*PR, "OPJ"), "aucune", "non", "24 h", "propose", "60", ("CHV-MORT",)),
    A(20, "PRELIM", "CORPS", (*PR, "OPJ"), "procureur", "non", "48 h", "propose", "77-1", ("CHV-MORT",)),
    A(21, "CR", "CORPS", ("JI",), "decision", "non", "fixé par l’ordonnance", "propose", "156", ("CHV-MORT",)),
    A(22, "FLAG", "DOSSIER", (*PR, "OPJ"), "aucune", "conseille", "48 h–5 j", "propose", "60-1", (DAJ, "CHV-ARCH")),
    A(23, "PRELIM", "DOSSIER", (*PR, "OPJ", "APJ"), "procureur", "conseille", "48 h–5 j", "propose", "77-1-1", (DAJ, "CHV-ARCH")),
    A(24, "CR", "DOSSIER", ("JI", "OPJ"), "commission", "conseille", "48 h–5 j", "propose", "99-3", (DAJ, "CHV-ARCH")),
    A(25, "CR", "SAISIE", ("JI", "OPJ"), "commission", "requis", "rendez-vous 24–72 h", "propose", "92", (DAJ, "CHV-DIR")),
    A(26, "PRELIM", "SAISIE", PR, "decision", "requis", "selon l’ordonnance", "propose", "76 et 56-3", (DAJ, "CHV-DIR")),
    A(27, "FLAG", "SAISIE", PR, "aucune", "requis", "immédiat", "propose", "56 et 56-3", (DAJ, "CHV-DIR", "CHV-SECU"), "perquisition"),
    A(28, "FLAG", "PRESENCE", (*PR, "OPJ", "APJ"), "aucune", "non", "30 min", "propose", "60-1", ("CHV-BE", DAJ)),
    A(29, "PRELIM", "PRESENCE", (*PR, "OPJ", "APJ"), "procureur", "non", "4 h ouvrées", "propose", "77-1-1", ("CHV-BE", DAJ)),
    A(30, "CR", "PRESENCE", ("JI", "OPJ"), "commission", "non", "4 h", "propose", "99-3", ("CHV-BE", DAJ)),
    A(31, "DISP", "PRESENCE", (*PR, "OPJ"), "instructions", "non", "30 min", "propose", "74-1", ("CHV-BE", "CHV-GARDE")),
    A(31, "DISP", "RECH_CRIT", (*PR, "OPJ"), "instructions", "non", "30 min", "propose", "74-1", ("CHV-BE", "CHV-GARDE")),
    A(32, "DISP_ADM", "PRESENCE", ("OPJ",), "visa", "non", "2 h", "propose", "26", ("CHV-BE", DAJ)),
    A(33, "FLAG", "RECH_CRIT", (*PR, "OPJ"), "aucune", "non", "2 h", "propose", "60-1", ("CHV-ARCH", DAJ)),
    A(34, "PRELIM", "RECH_CRIT", (*PR, "OPJ", "APJ"), "procureur", "non", "24 h", "propose", "77-1-1", ("CHV-ARCH", DAJ)),
    A(35, "FLAG", "VIDEO", (*PR, "OPJ", "APJ", "ASSIST"), "aucune", "non", "gel < 1 h ; remise avant 1 mois", "propose", "60-1", ("CHV-SECU", DAJ)),
    A(36, "PRELIM", "VIDEO", (*PR, "OPJ", "APJ", "ASSIST"), "instruction", "non", "gel < 1 h ; remise avant 1 mois", "propose", "77-1-1", ("CHV-SECU", DAJ)),
    A(37, "CR", "VIDEO", ("JI", "OPJ"), "commission", "non", "gel < 1 h ; remise avant 1 mois", "propose", "99-3", ("CHV-SECU", DAJ)),
    A(38, "FLAG", "RH", (*PR, "OPJ", "APJ"), "aucune", "non", "24 h", "propose", "60-1", ("CHV-DRH", DAJ)),
    A(38, "PRELIM", "RH", (*PR, "OPJ", "APJ"), "procureur", "non", "24 h", "propose", "77-1-1", ("CHV-DRH", DAJ)),
    A(38, "CR", "RH", ("JI", "OPJ"), "commission", "non", "24 h", "propose", "99-3", ("CHV-DRH", DAJ)),
    A(39, "FLAG", "LOGS", ("OPJ",), "aucune", "non", "gel immédiat ; 72 h", "propose", "60-2", ("CHV-DPO", DAJ)),
    A(39, "PRELIM", "LOGS", ("OPJ",), "procureur", "non", "gel immédiat ; 72 h", "propose", "77-1-2", ("CHV-DPO", DAJ)),
    A(39, "CR", "LOGS", ("OPJ",), "commission", "non", "gel immédiat ; 72 h", "propose", "99-4", ("CHV-DPO", DAJ)),
    A(40, "FLAG", "TUBES", (*PR, "OPJ", "APJ"), "aucune", "non", "gel immédiat", "propose", "60-1", ("CHV-LABO", DAJ)),
    A(40, "PRELIM", "TUBES", (*PR, "OPJ", "APJ"), "procureur", "non", "gel immédiat", "propose", "77-1-1", ("CHV-LABO", DAJ)),
    A(40, "CR", "TUBES", ("JI", "OPJ"), "commission", "non", "gel immédiat", "propose", "99-3", ("CHV-LABO", DAJ)),
    A(41, "FLAG", "EFFETS", (*PR, "OPJ"), "aucune", "non", "immédiat", "propose", "60-1", ("CHV-SECU", DAJ)),
    A(41, "PRELIM", "EFFETS", ("OPJ",), "procureur", "non", "immédiat", "propose", "76", ("CHV-SECU", DAJ)),
    A(41, "CR", "EFFETS", ("OPJ",), "commission", "non", "immédiat", "propose", "92", ("CHV-SECU", DAJ)),
    A(42, "FLAG", "AGE", (*PR, "JI", "JUGE"), "decision", "non", "72 h", "propose", "388", ("CHV-IMA", DAJ)),
    A(42, "PRELIM", "AGE", (*PR, "JI", "JUGE"), "decision", "non", "72 h", "propose", "388", ("CHV-IMA", DAJ)),
    A(43, "PRELIM", "PSY", (*PR, "OPJ"), "procureur", "non", "avant jugement", "propose", "77-1, 706-47-1 et 706-115", ("CHV-PSY",)),
    A(43, "CR", "PSY", ("JI", "OPJ"), "commission", "non", "avant jugement", "propose", "81, 706-47-1 et 706-115", ("CHV-PSY",)),
    A(44, "FLAG", "AUD_PAT", ("OPJ",), "aucune", "non", "avis < 2 h", "propose", "61, 61-1 et 102", (DAJ,)),
    A(44, "PRELIM", "AUD_PAT", ("OPJ",), "procureur", "non", "avis < 2 h", "propose", "61, 61-1 et 102", (DAJ,)),
    A(44, "CR", "AUD_PAT", ("OPJ",), "commission", "non", "avis < 2 h", "propose", "61, 61-1 et 102", (DAJ,)),
    A(45, "CR", "AUD_PRO", ("JI", "OPJ"), "commission", "non", "convocation", "propose", "101 et 109, 434-15-1", (DAJ,)),
    A(46, "FLAG", "AUD_PRO", ("OPJ",), "aucune", "non", "convocation", "propose", "61 et 78", (DAJ,)),
    A(46, "PRELIM", "AUD_PRO", ("OPJ",), "procureur", "non", "convocation", "propose", "61 et 78", (DAJ,)),
    A(47, "PREFET", "EX_GAV", ("PREFET",), "visa", "non", "selon l’arrêté", "legal", "L. 2215-1", ("CHV-DIR",)),
    A(47, "PREFET", "EX_VICT", ("PREFET",), "visa", "non", "selon l’arrêté", "legal", "L. 2215-1", ("CHV-DIR",)),
    A(47, "PREFET", "EX_SUSP", ("PREFET",), "visa", "non", "selon l’arrêté", "legal", "L. 2215-1", ("CHV-DIR",)),
    A(47, "PREFET", "MOYENS", ("PREFET",), "visa", "non", "selon l’arrêté", "legal", "L. 2215-1", ("CHV-DIR",)),
    A(50, "FLAG", "EX_SUSP", (*PR, "OPJ"), "aucune", "non", "fixé par l’acte", "propose", "60", (UMJ,), DETENU),
    A(50, "CR", "EX_SUSP", ("JI", "OPJ"), "commission", "non", "fixé par l’acte", "propose", "81", (UMJ,), DETENU),
)
# Rows 48 and 49 are not requisitions: asked elsewhere, whoever asks.
AILLEURS = ((48, "IPM", "CERT_IPM"), (49, "AP", "EXTRACTION"))
# What §12 lacks, to be confirmed by counsel: (cadre, acte, qualités).
A_CONFIRMER = (
    *(("DOUANE_JUD", acte, ("ODJ",)) for acte in (
        "PRESENCE", "VIDEO", "DOSSIER", "RH", "TUBES", "EFFETS", "INCORP", "EX_GAV", "AUD_PRO", "AUD_PAT")),
    ("FLAG", "SAISIE", (*PR, "OPJ")),
    *(("JI_DIRECT", acte, ("JI",)) for acte in (
        "EX_GAV", "EX_VICT", "EX_SUSP", "CORPS", "DOSSIER", "SAISIE", "PRESENCE", "VIDEO", "PSY", "AUD_PRO")),
)
# fmt: on
