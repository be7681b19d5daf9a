"""A declaration first written on its blank form."""

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from convention.requete import Requete
from signalements.declarations.papier import CODES
from signalements.declarations.policies import peut_ecrire
from signalements.declarations.views.acces import lire_comme_auteur, suivante
from signalements.views.papier import saisir_l_origine


@require_http_methods(["GET", "POST"])
def papier(request: Requete, cle: UUID) -> HttpResponse:
    lue = lire_comme_auteur(request, cle)
    verdict = peut_ecrire(lue.dossier, request.acteur)
    return saisir_l_origine(
        request, lue.dossier, lue.voie, verdict, formulaire=CODES[lue.voie.code], retour=suivante(lue)
    )
