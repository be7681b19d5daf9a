"""Controls before anything leaves, and before anything is erased."""

from documents.reception import MO
from requisitions.controles.modele import Faits, bloquant
from transitions.verdict import Constat, Niveau


def r43(f: Faits) -> Constat | None:
    if not f.authentifiee:
        return bloquant("R-43", "Rappelez d’abord le service requérant, au numéro de l’annuaire.")
    return None


def r45(f: Faits) -> Constat | None:
    lourdes = sum(taille > 5 * MO for taille in f.tailles)
    if lourdes:
        return Constat("R-45", Niveau.INFORMATION, f"{lourdes} fichier(s) de plus de 5 Mo : découpez-les si possible.")
    return None


def r48(f: Faits) -> Constat | None:
    if f.contestee:
        return bloquant("R-48", "Une contestation est ouverte : rien ne s’efface.")
    if f.gel_actif:
        return bloquant("R-48", "Un gel judiciaire est en cours : rien ne s’efface.")
    return None
