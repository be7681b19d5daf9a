"""Controls of a seizure, or of objects: inventory, seals, hands, the copy that stays, the title of an inquiry."""

from requisitions.controles.modele import Faits, alerte, bloquant
from requisitions.types_acte.saisie import REMISE
from transitions.verdict import Constat

ACCORD = "art. 60-1, 77-1-1 et 99-3 CPP"
TITRES = frozenset({"assentiment", "ordonnance"})
# What is written line by line, and what to do when nothing is.
INVENTORIES = {
    "SAISIE": "Listez les pièces, ou notez le scellé provisoire et pourquoi l’inventaire n’a pas pu se faire.",
    "EFFETS": "Inscrivez chaque effet, dans son scellé.",
}


def r17(f: Faits) -> Constat | None:
    """As soon as one original is retained."""
    if f.type_acte != "SAISIE" or f.inventaire.copie_conservee or not f.inventaire.originaux:
        return None
    rangs = ", ".join(str(rang) for rang in f.inventaire.originaux)
    return bloquant(
        "R-17", f"Original saisi, pièce n°\u00a0{rangs}\u00a0: gardez d’abord une copie intégrale.", "copie_conservee"
    )


def r17_archives(f: Faits) -> Constat | None:
    """Two of the house say the contrary of one another."""
    if f.type_acte != "SAISIE" or not (f.inventaire.copie_conservee and f.copie_dementie):
        return None
    dite = "L’inventaire dit qu’une copie intégrale reste, les archives n’ont pas dit l’avoir faite"
    return alerte("R-17", f"{dite}\u00a0: vérifiez-la.", "copie_conservee")


def r18(f: Faits) -> Constat | None:
    if not f.inventaire.ouverts_sans_motif:
        return None
    quels = ", ".join(f.inventaire.ouverts_sans_motif)
    return alerte("R-18", f"Scellé ouvert n°\u00a0{quels}\u00a0: écrivez pourquoi il n’est pas fermé.", "scelles")


def inventaire(f: Faits) -> Constat | None:
    """Every retained piece is in a seal; what could not be listed is under a provisional seal, and why is written."""
    if f.type_acte not in INVENTORIES or f.rien_fourni:
        return None
    fait = f.inventaire
    if not fait.retenues and not (fait.provisoires and fait.impossible):
        return bloquant("T-07", INVENTORIES[f.type_acte], "pieces")
    if fait.sans_scelle:
        rangs = ", ".join(str(rang) for rang in fait.sans_scelle)
        mot = "Effet" if f.type_acte == "EFFETS" else "Pièce"
        return bloquant("T-07", f"{mot} n°\u00a0{rangs}\u00a0: dites dans quel scellé.", "scelles")
    return None


def chaine(f: Faits) -> Constat | None:
    """Each hand that kept the objects is written; a gap cannot be filled afterwards, so it is said and justified."""
    if f.type_acte != "EFFETS" or f.rien_fourni:
        return None
    if not f.inventaire.mains:
        return bloquant("T-16", "Notez qui garde les effets, depuis quand et où.", "passages")
    if f.inventaire.interruptions:
        rangs = ", ".join(str(rang) for rang in f.inventaire.interruptions)
        return alerte(
            "T-16", f"Garde interrompue avant le gardien n°\u00a0{rangs}\u00a0: l’inventaire le dira.", "passages"
        )
    return None


def controle_apres(f: Faits) -> Constat | None:
    """Nobody controlled what nobody announced: that is done before what it took is said to be in order."""
    if not f.controle_apres_du:
        return None
    return bloquant("T-14", "Le contrôle a posteriori de cette perquisition reste à faire.", "controle_apres")


def signatures(f: Faits) -> Constat | None:
    if f.type_acte != "SAISIE" or f.rien_fourni or f.inventaire.signe:
        return None
    return bloquant("T-08", "Notez qui a signé le procès-verbal.", "signatures")


def lieu_et_heures(f: Faits) -> Constat | None:
    if f.type_acte != "SAISIE" or f.rien_fourni or not f.volet:
        return None
    for champ, mots in (("lieu", "le lieu"), ("debut", "l’heure du début"), ("fin", "l’heure de la fin")):
        if not f.volet.get(champ):
            return bloquant("T-15", f"Notez {mots} de l’opération.", champ)
    return None


def r13_remise(f: Faits) -> Constat | None:
    """A record given of one’s own will, without a judge, is the doctor’s to give (§2.6); an object is not."""
    if f.type_acte != "SAISIE" or f.volet.get("operation") != REMISE or f.rien_fourni:
        return None
    objets_seuls = f.inventaire.retenues and not f.inventaire.dossiers
    ordonnance = f.volet.get("titre") == "ordonnance" and f.titre_joint
    if objets_seuls or ordonnance or (f.volet.get("accord_medecin") and f.volet.get("accord_medecin_le")):
        return None
    suite = "notez l’accord écrit du médecin et sa date. Sinon, l’unité demande une copie du dossier, avec son accord."
    return bloquant("R-13", f"Remise volontaire d’un dossier\u00a0: {suite}", "accord_medecin", ACCORD)


def titre_de_saisie(f: Faits) -> Constat | None:
    """A seizure under constraint in a preliminary inquiry stands on a written assent or a judge’s order, joined."""
    if f.cadre != "PRELIM" or f.type_acte != "SAISIE" or not f.volet or f.rien_fourni:
        return None
    if f.volet.get("operation") == REMISE:
        return None
    if f.volet.get("titre") == "aucun" and f.inventaire.reserves:
        return alerte("T-03", "Aucun titre présenté, et une réserve le dit.", "titre", "art. 76 CPP")
    if f.volet.get("titre") not in TITRES:
        suite = "Notez l’assentiment écrit ou l’ordonnance du juge. S’il n’y en a pas, écrivez une réserve."
        return bloquant("T-03", suite, "titre", "art. 76 CPP")
    if not f.titre_joint:
        return bloquant("T-03", "Joignez l’assentiment écrit ou l’ordonnance du juge.", "titre_joint", "art. 76 CPP")
    return None
