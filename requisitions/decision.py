"""What the decision table answers to a frame, an act and a quality. Pure: the rows are given."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from convention.models import Rattachement
from requisitions.models import Cadre, LigneDecision
from requisitions.table import ACTES_HORS, CADRES_HORS, chercher
from requisitions.types_acte import Famille, type_acte

Autorisation, Ordre, Qualite = LigneDecision.Autorisation, LigneDecision.Ordre, Rattachement.Qualite
PAR_DEFAUT = "Refusée par défaut : la décision revient aux affaires juridiques, par écrit."
A_SIGNER = {
    Autorisation.PROCUREUR: "Le procureur : autorisation écrite, ou orale avec le nom et l’heure.",
    Autorisation.INSTRUCTION: "Le procureur : autorisation, ou instruction générale en cours et qui couvre l’acte.",
    Autorisation.INSTRUCTIONS: "Le procureur : instructions, avec le nom du magistrat et l’heure.",
    Autorisation.COMMISSION: "Le juge d’instruction : commission rogatoire avec son numéro et sa date.",
    Autorisation.DECISION: "Un magistrat : décision ou ordonnance jointe.",
    Autorisation.VISA: "L’autorité administrative : écrit motivé, daté et signé.",
}


class Issue(StrEnum):
    ADMISE = "admise"
    A_CONFIRMER = "a_confirmer"
    REFUSEE = "refusee"
    AILLEURS = "ailleurs"


@dataclass(frozen=True, slots=True)
class Decision:
    """`ligne` is the row that was read, even when the quality is not admitted; None when nothing is foreseen."""

    issue: Issue
    ligne: LigneDecision | None
    raisons: tuple[str, ...]
    signatures: tuple[str, ...] = ()


def sous_controle(cadre: str, qualite: str) -> bool:
    """An officer must stand behind: always for an assistant, in flagrance for an agent."""
    return qualite == Qualite.ASSIST or (qualite == Qualite.APJ and cadre == Cadre.FLAG)


def decider(
    lignes: Iterable[LigneDecision], cadre: str, acte: str, qualite: str, *, le: date, precision: str = ""
) -> Decision:
    """Refused unless a row of that day says otherwise, for that quality."""
    ligne = chercher(lignes, cadre, acte, le=le, precision=precision)
    if ligne is None:
        cas = f", {precision}," if precision else ""
        demande, sous = f"«\u00a0{libelle_acte(acte)}\u00a0»{cas}", f"«\u00a0{libelle_cadre(cadre)}\u00a0»"
        prevue = f"La table ne prévoit pas {demande} sous {sous}."
        return Decision(Issue.REFUSEE, None, (prevue, PAR_DEFAUT))
    if ligne.renvoi:
        return Decision(Issue.AILLEURS, ligne, ("Ce n’est pas une réquisition.", ligne.renvoi))
    if qualite not in ligne.autorites:
        return Decision(Issue.REFUSEE, ligne, (_qualites(ligne), PAR_DEFAUT))
    raisons = [_qualites(ligne)]
    if ligne.note:
        raisons.append(ligne.note)
    if ligne.a_confirmer:
        raisons.insert(0, "Ligne à confirmer par le conseil : les affaires juridiques décident par écrit.")
        return Decision(Issue.A_CONFIRMER, ligne, tuple(raisons), signatures(ligne, qualite))
    return Decision(Issue.ADMISE, ligne, tuple(raisons), signatures(ligne, qualite))


def signatures(ligne: LigneDecision, qualite: str) -> tuple[str, ...]:
    """Who must sign, in order: the requester, who stands behind, the magistrate, the doctor, the Ordre."""
    qui = [f"{Qualite(qualite).label} : la réquisition."]
    if sous_controle(ligne.cadre, qualite):
        qui.append("Un officier de police judiciaire : nommé, il contrôle l’acte.")
    autorisation = A_SIGNER.get(Autorisation(ligne.autorisation))
    du_procureur = ligne.autorisation in {Autorisation.PROCUREUR, Autorisation.INSTRUCTION, Autorisation.INSTRUCTIONS}
    lui_meme = du_procureur and qualite in {Qualite.PR, Qualite.SUBSTITUT}
    if autorisation and not lui_meme and not (ligne.autorisation == Autorisation.COMMISSION and qualite == Qualite.JI):
        qui.append(autorisation)
    if ligne.type_acte == "DOSSIER":
        qui.append("Le médecin responsable : accord nominatif, daté, total ou partiel.")
    elif type_acte(ligne.type_acte).famille == Famille.EXAMEN and ligne.type_acte != "EX_GAV":
        qui.append("Le médecin requis : serment écrit, s’il n’est pas inscrit sur une liste d’experts.")
    if ligne.ordre == Ordre.REQUIS:
        qui.append("Le représentant de l’Ordre des médecins : présence et réserves.")
    elif ligne.ordre == Ordre.CONSEILLE:
        qui.append("L’Ordre des médecins : présence conseillée.")
    return tuple(qui)


def libelle_cadre(cadre: str) -> str:
    return CADRES_HORS.get(cadre) or Cadre(cadre).label


def libelle_acte(acte: str) -> str:
    return ACTES_HORS.get(acte) or type_acte(acte).libelle


def _qualites(ligne: LigneDecision) -> str:
    admises = ", ".join(Qualite(code).label.lower() for code in ligne.autorites)
    return f"Peuvent le demander : {admises}."
