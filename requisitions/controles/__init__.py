"""The numbered controls: R-nn of §13, T-nn where it gives no number. One pure function a rule, over frozen facts.

No rule ever blocks care.
"""

from dataclasses import replace

from requisitions.controles.execution import (
    r11,
    r12,
    r13,
    r13_doctrine,
    r14,
    r14_homonymes,
    r15,
    r16,
    r21,
    r21_recherche,
    r22,
    r23_execution,
    r29,
    r35,
)
from requisitions.controles.garde_a_vue import r24, r25, r25_execution, r26, r27, r28
from requisitions.controles.indiscretions import diagnostic_devine, soin_devine
from requisitions.controles.modele import Faits, Instruction, Inventorie, Reference, Regle, Titre
from requisitions.controles.personnes import (
    audition,
    audition_professionnel,
    autorisation,
    ecrit_exige,
    urgence,
)
from requisitions.controles.reception import (
    r00,
    r01,
    r02,
    r03,
    r04,
    r05,
    r06,
    r07,
    r08,
    r09,
    r10,
    r19,
    r20,
    r23,
    r46,
    r49,
)
from requisitions.controles.remise import appel_du_parquet, elements, presence_du_jour, r43, r44, r45, r48
from requisitions.controles.saisie import (
    chaine,
    controle_apres,
    inventaire,
    lieu_et_heures,
    r13_remise,
    r17,
    r17_archives,
    r18,
    signatures,
    titre_de_saisie,
)
from requisitions.controles.titre import titre_revoque
from transitions.verdict import Constat, Niveau

A_LA_RECEPTION: tuple[Regle, ...] = (
    r00, r01, r02, r03, r04, r05, r06, r07, r08, r09, r10, r13_doctrine, r14_homonymes, r19, r20, r23, r24, r25, r26,
    r35, r46, r49, autorisation, ecrit_exige, urgence,
)  # fmt: skip
A_L_EXECUTION: tuple[Regle, ...] = (
    r11, r12, r14, r15, r16, r17, r17_archives, r18, r21_recherche, r23_execution, r24, r25_execution,
    r26, r27, r28, r29, r35, audition, audition_professionnel, inventaire, chaine, lieu_et_heures, signatures,
    titre_de_saisie,
)  # fmt: skip
AVANT_REMISE: tuple[Regle, ...] = (
    titre_revoque, r13, r13_doctrine, r13_remise, *A_L_EXECUTION, controle_apres, r21, r22, presence_du_jour,
    appel_du_parquet, elements, r43, r44, r45,
)  # fmt: skip
AVANT_PURGE: tuple[Regle, ...] = (r48,)
# Neither an emergency nor a signature opens these. Somebody else holds the right: the doctor who agrees, the
# person who consents, the minor who is owed an examination, the detainee whom the doctor of the
# prison does not examine as an expert. Or secrecy itself: a presence, a ward, a name by open mail (R-21, R-22,
# Or nothing was decided yet (T-09). R-31 blocks in its own app. No care waits for any of them.
JAMAIS_LEVEES = frozenset({"R-13", "R-21", "R-22", "R-23", "R-25", "R-29", "R-35", "R-44", "T-09"})
URGENCE = "Urgence vitale, à régulariser. "


def controler(faits: Faits, regles: tuple[Regle, ...] = A_LA_RECEPTION) -> list[Constat]:
    """What the rules find. In a vital emergency a blocking finding becomes an alert to trace as a derogation."""
    constats = [constat for regle in regles if (constat := regle(faits))]
    return [_attenuer(constat) if faits.urgence_vitale else constat for constat in constats]


def _attenuer(constat: Constat) -> Constat:
    if not constat.bloque or constat.numero in JAMAIS_LEVEES:
        return constat
    return replace(constat, niveau=Niveau.ALERTE, message=f"{URGENCE}{constat.message}")


def attenue(constat: Constat) -> bool:
    """Blocking, but for a vital emergency."""
    return constat.message.startswith(URGENCE)


def levable(constat: Constat, faits: Faits) -> bool:
    """Whether legal affairs or the direction may lift it in writing.

    A title that its magistrate revoked (T-04) is no title any more; where the doctor wrote nothing, nothing is to send.
    """
    if constat.numero in JAMAIS_LEVEES | {"T-04"}:
        return False
    return constat.numero != "R-11" or bool(faits.volet)


__all__ = [
    "AVANT_PURGE",
    "AVANT_REMISE",
    "A_LA_RECEPTION",
    "A_L_EXECUTION",
    "JAMAIS_LEVEES",
    "Faits",
    "Instruction",
    "Inventorie",
    "Reference",
    "Regle",
    "Titre",
    "appel_du_parquet",
    "attenue",
    "audition",
    "audition_professionnel",
    "autorisation",
    "chaine",
    "controle_apres",
    "controler",
    "diagnostic_devine",
    "ecrit_exige",
    "elements",
    "inventaire",
    "levable",
    "lieu_et_heures",
    "presence_du_jour",
    "r00",
    "r01",
    "r02",
    "r03",
    "r04",
    "r05",
    "r06",
    "r07",
    "r08",
    "r09",
    "r10",
    "r11",
    "r12",
    "r13",
    "r13_doctrine",
    "r13_remise",
    "r14",
    "r14_homonymes",
    "r15",
    "r16",
    "r17",
    "r17_archives",
    "r18",
    "r19",
    "r20",
    "r21",
    "r21_recherche",
    "r22",
    "r23",
    "r23_execution",
    "r24",
    "r25",
    "r25_execution",
    "r26",
    "r27",
    "r28",
    "r29",
    "r35",
    "r43",
    "r44",
    "r45",
    "r46",
    "r48",
    "r49",
    "signatures",
    "soin_devine",
    "titre_de_saisie",
    "titre_revoque",
    "urgence",
]
