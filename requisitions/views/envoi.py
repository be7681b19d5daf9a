"""A large file of the answer, chunk by chunk: pictures by the security desk, imaging by the named doctor."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from convention.acteur import Acteur
from convention.requete import Requete
from documents.morceaux import MORCEAU, EnvoiRefuse, ajouter, commencer
from dossiers.models import Dossier
from journal.carnet import noter
from requisitions.forms.champs import EnvoiAttendu
from requisitions.pieces import accueil
from requisitions.policies import peut_donner_accord, peut_preparer
from requisitions.views.commun import ouvrir, permettre
from requisitions.workflow.execution import EN_MAINS
from transitions.verdict import OUI, non

PLUS_TARD = "Les pièces se versent une fois la demande confiée, tant que la réponse n’est pas partie."


def attendu(dossier: Dossier, acteur: Acteur) -> EnvoiAttendu | None:
    """What this person may send by chunks for this case, if anything."""
    if dossier.variante == "VIDEO" and peut_preparer(dossier, acteur):
        return EnvoiAttendu(acteur.utilisateur_id, f"requisition:{dossier.cle}:images", accueil("images"))
    if peut_donner_accord(dossier, acteur):
        return EnvoiAttendu(acteur.utilisateur_id, f"requisition:{dossier.cle}:imagerie", accueil("imagerie"))
    return None


@require_POST
def envoi(request: Requete, cle: UUID) -> HttpResponse:
    """Begin or find again (`nom`, `taille`), then one chunk a request: `?envoi=…&place=…` and the bytes as body."""
    dossier, _ = ouvrir(request, cle)
    acteur = request.acteur
    droit = attendu(dossier, acteur)
    permettre(OUI if droit else non("L’envoi est celui de qui prépare les pièces de la réponse."))
    permettre(OUI if dossier.etat in EN_MAINS else non(PLUS_TARD))
    assert droit is not None  # noqa: S101  refused above
    qui: dict[str, Any] = {"titulaire": droit.titulaire, "contexte": droit.contexte}
    try:
        if "place" in request.GET:
            place, cle_envoi = _entier(request.GET["place"]), _uuid(request.GET.get("envoi", ""))
            recu = ajouter(cle=cle_envoi, place=place, octets=request.body, **qui)
        else:
            taille = _entier(request.POST.get("taille", ""))
            recu = commencer(nom=request.POST.get("nom", "")[:255], taille=taille, accueil=droit.accueil, **qui)
            noter("televerser", acteur=acteur, objet="requisition", cle=dossier.cle, details={"taille": recu.taille})
    except EnvoiRefuse as refus:
        return JsonResponse({"message": str(refus), "attendu": refus.attendu}, status=409)
    return JsonResponse({"envoi": recu.cle, "recus": recu.recus, "morceau": MORCEAU})


def _entier(texte: str) -> int:
    """A size or a place: short decimal digits, else an impossible one."""
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 13 else -1


def _uuid(texte: str) -> UUID:
    try:
        return UUID(texte)
    except ValueError:
        return UUID(int=0)
