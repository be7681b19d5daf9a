"""What every page shows: who is here, the navigation, unread notices, the demonstration banner."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accueil.navigation import Entree, entrees
from notifications.models import Avis


def page(request: HttpRequest) -> dict[str, Any]:
    commun = {"mode_demonstration": settings.MODE_DEMONSTRATION, "maintenant": timezone.now()}
    acteur = getattr(request, "acteur", None)
    if acteur is None:
        return commun
    return {
        **commun,
        "acteur": acteur,
        "theme": request.user.theme,
        "navigation": [_lien(entree, request.path) for entree in entrees(acteur)],
        "nb_avis": Avis.objects.filter(destinataire_id=acteur.utilisateur_id, lu_le=None)[:100].count(),
    }


def _lien(entree: Entree, chemin: str) -> dict[str, Any]:
    adresse = reverse(entree.nom_url)
    actif = chemin == adresse or (adresse != "/" and chemin.startswith(adresse))
    return {"libelle": entree.libelle, "url": adresse, "icone": entree.icone, "compte": None, "actif": actif}
