"""What every page shows: who is here, the navigation, unread notices, the demonstration banner."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
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
        "qualite": acteur.principale.service_nom if acteur.principale else "",
        "verrou_a": timezone.now() + timedelta(seconds=settings.SESSION_INACTIVITE),
        "theme": request.user.theme,
        "navigation": [lien for entree in entrees(acteur) if (lien := _lien(entree, request.path))],
        "nb_avis": Avis.objects.filter(destinataire_id=acteur.utilisateur_id, lu_le=None)[:100].count(),
    }


def _lien(entree: Entree, chemin: str) -> dict[str, Any] | None:
    try:
        adresse = reverse(entree.nom_url)
    except NoReverseMatch:
        return None
    actif = chemin == adresse or (adresse != "/" and chemin.startswith(adresse))
    return {"libelle": entree.libelle, "url": adresse, "icone": entree.icone, "compte": None, "actif": actif}
