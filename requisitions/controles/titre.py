"""What a declared authorisation or commission rogatoire does not cover. The words are read by the requester."""

from requisitions.controles.modele import Faits, Titre, bloquant
from transitions.verdict import Constat

NOMS = {"autorisation": "L’autorisation", "commission": "La commission rogatoire"}


def hors_du_titre(titre: Titre, f: Faits, attendu: str) -> str:
    """The first reason why it does not stand for this demand; empty when it does.

    Of another unit's title nothing is said, its dates no more than its scope.
    """
    nom = f"{NOMS.get(attendu, 'Le titre')} {titre.reference}"
    if not titre.adresse or titre.genre != attendu:
        return f"{nom} n’est pas reconnue pour votre service. Visez celle qui vous est adressée."
    if titre.revoque:
        return f"{nom} est révoquée."
    jour = f.recue_le.date()
    if jour > titre.fin:
        return f"{nom} a expiré le {titre.fin:%d/%m/%Y}."
    if jour < titre.debut:
        return f"{nom} ne court qu’à compter du {titre.debut:%d/%m/%Y}."
    if f.type_acte not in titre.types_acte:
        return f"{nom} ne couvre pas cet acte."
    if not titre.procedure_visee:
        return f"{nom} ne vise pas cette procédure."
    if not titre.personne_visee:
        return f"{nom} ne vise pas cette personne."
    return ""


def titre_revoque(f: Faits) -> Constat | None:
    """Before a delivery: a title revoked since the validation stops it; one that merely ended does not."""
    if f.titre is None or not f.titre.revoque or not f.titre.adresse:
        return None
    nom = f"{NOMS[f.titre.genre]} {f.titre.reference}"
    return bloquant("T-04", f"{nom} est révoquée : rien ne part sur ce titre.", "titre")
