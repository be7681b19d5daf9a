"""Rules that §13 does not number: the patient who is heard (§3), the urgent demand that a second person confirms."""

from requisitions.controles.modele import Faits, alerte, bloquant
from transitions.verdict import Constat

MAGISTRATS = frozenset({"PR", "SUBSTITUT", "JI"})
APTE = frozenset({"apte", "conditions"})


def audition(f: Faits) -> Constat | None:
    """No patient is heard before a doctor says fit, nor against that opinion."""
    if f.type_acte != "AUD_PAT" or not f.volet:
        return None
    avis, accord, debut = (f.volet.get(nom) or "" for nom in ("aptitude", "accord_patient", "debut"))
    if debut and avis not in APTE:
        return bloquant("§ 3", "Sans avis d’aptitude favorable, la personne n’est pas entendue.", "debut")
    if debut and str(debut) < str(f.volet.get("aptitude_le") or ""):
        return bloquant("§ 3", "L’audition a commencé avant l’avis du médecin.", "debut")
    if avis == "inapte" and not f.volet.get("reevaluation_le"):
        return bloquant("§ 3", "Dites quand l’avis sera réévalué.", "reevaluation_le")
    if avis == "conditions" and not f.volet.get("conditions"):
        return bloquant("§ 3", "Écrivez les conditions de l’audition.", "conditions")
    if f.cadre == "PRELIM" and accord == "sans_objet":
        return bloquant("§ 3", "En préliminaire, la personne donne son accord ou refuse.", "accord_patient")
    if debut and accord == "refus":
        return bloquant("§ 3", "La personne a refusé d’être entendue.", "accord_patient")
    return None


def urgence(f: Faits) -> Constat | None:
    """Nobody alone hurries a hospital: a second officer or a magistrate says it too. It delays nothing."""
    if not f.urgente or f.urgence_confirmee or f.qualite in MAGISTRATS:
        return None
    return alerte("Urgence", "Un second officier ou un magistrat n’a pas encore confirmé l’urgence.", "urgence")
