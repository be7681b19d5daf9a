"""Printing a sheet of one's own case."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from convention.requete import Requete
from journal.carnet import noter
from signalements.feuilles import imprimer
from signalements.views.acces import lire_comme_auteur


@require_GET
def feuille(request: Requete, cle: UUID, code: str) -> HttpResponse:
    lu = lire_comme_auteur(request, cle)
    trouvee = next((une for une in lu.feuilles if une.code == code), None)
    if trouvee is None:
        raise Http404
    noter("imprimer", acteur=request.acteur, objet="signalement", cle=cle, details={"feuille": code})
    reponse = HttpResponse(imprimer(lu, trouvee), content_type="application/pdf")
    nom = trouvee.code if trouvee.muette else f"{trouvee.code}-{lu.dossier.reference or 'brouillon'}"
    reponse["Content-Disposition"] = f'attachment; filename="{nom}.pdf"'
    return reponse
