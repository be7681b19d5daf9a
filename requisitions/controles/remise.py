"""Controls before anything leaves, and before anything is erased."""

import re

from django.utils import timezone

from documents.reception import MO
from requisitions.controles.modele import Faits, alerte, bloquant, sans_accents
from requisitions.elements import FOURNI, NON_DETENU, REFUSE
from transitions.verdict import Constat, Niveau


def r43(f: Faits) -> Constat | None:
    if not f.authentifiee:
        return bloquant("R-43", "Rappelez d’abord le service requérant, au numéro de l’annuaire.")
    return None


COURRIEL_OUVERT = re.compile(r"\b(?:courriel|e-?mail|mail|mel|gmail|messagerie)\b")
NOMINATIVES = frozenset({"identite", "medical"})


def r44(f: Faits) -> Constat | None:
    """Only a sealed channel carries a name or a care: the tool's bundle, a closed envelope, an encrypted key."""
    if NOMINATIVES.isdisjoint(f.classes_remises) or not COURRIEL_OUVERT.search(sans_accents(f.support)):
        return None
    return bloquant(
        "R-44", "Rien de nominatif ne part par courriel : remettez un pli ou un support chiffré.", "support"
    )


def r45(f: Faits) -> Constat | None:
    lourdes = sum(taille > 5 * MO for taille in f.tailles)
    if lourdes:
        return Constat("R-45", Niveau.INFORMATION, f"Fichiers de plus de 5 Mo : {lourdes}. Découpez-les si possible.")
    return None


def elements(f: Faits) -> Constat | None:
    """Every item has its answer, and the answers agree with what leaves."""
    muets = [str(rang) for rang, decision in enumerate(f.elements, start=1) if not decision]
    if muets:
        manque = f"L’élément {muets[0]} n’a" if len(muets) == 1 else f"Les éléments {', '.join(muets)} n’ont"
        message = f"{manque} pas sa réponse : fourni, partiel, refusé ou non détenu."
        return bloquant("T-09", message.replace("n’ont pas sa", "n’ont pas leur"), "elements")
    if f.elements and set(f.elements) == {REFUSE}:
        return bloquant("T-09", "Tout est refusé : refusez la réquisition, avec son motif.", "elements")
    if f.accord == "partiel" and f.elements and set(f.elements) <= {FOURNI, NON_DETENU}:
        return bloquant(
            "T-09", "Le médecin n’accepte qu’une partie : dites quel élément est partiel ou refusé.", "elements"
        )
    if f.rien_fourni and f.tailles:
        return bloquant("T-09", "Des pièces partiraient alors que rien n’est dit fourni.", "elements")
    return None


def presence_du_jour(f: Faits) -> Constat | None:
    """Somebody comes or leaves in a day: what the registers said another day is read again, or sent knowingly."""
    if f.type_acte != "PRESENCE" or f.presence_constatee_le is None:
        return None
    jour = timezone.localdate(f.presence_constatee_le)
    if jour == timezone.localdate(f.maintenant):
        return None
    return alerte("T-12", f"La présence a été vérifiée le {jour:%d/%m/%Y}, un autre jour : vérifiez-la de nouveau.")


DISPARITIONS = frozenset({"DISP", "DISP_ADM"})


def appel_du_parquet(f: Faits) -> Constat | None:
    """Case 12 of §15: somebody who disappeared is protected. The answer stays neutral, and the parquet is called."""
    if f.type_acte != "PRESENCE" or f.cadre not in DISPARITIONS or not f.presence_protegee or f.parquet_appele:
        return None
    message = "Personne protégée et disparition : appelez le parquet et notez ce qui est décidé pour la protéger."
    return alerte("T-17", message)


def r48(f: Faits) -> Constat | None:
    if f.contestee:
        return bloquant("R-48", "Une contestation est ouverte : rien ne s’efface.")
    if f.gel_actif:
        return bloquant("R-48", "Un gel judiciaire est en cours : rien ne s’efface.")
    return None
