"""What every page shows: who is here, the navigation, unread notices, the demonstration banner."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from accounts.sessions import verrou_prevu
from accueil.navigation import Entree, entrees
from convention.models import Contact
from notifications.models import Avis


def page(request: HttpRequest) -> dict[str, Any]:
    commun = {"mode_demonstration": settings.MODE_DEMONSTRATION, "maintenant": timezone.now(), **telephones()}
    acteur = getattr(request, "acteur", None)
    if acteur is None:
        return commun
    return {
        **commun,
        "acteur": acteur,
        "qualite": acteur.principale.service_nom if acteur.principale else "",
        "verrou_a": verrou_prevu(request),
        "theme": getattr(request.user, "theme", ""),
        "navigation": [_lien(entree, request.path) for entree in entrees(acteur)],
        "nb_avis": Avis.objects.filter(destinataire_id=acteur.utilisateur_id, lu_le=None)[:100].count(),
    }


def telephones() -> dict[str, str]:
    """The two numbers shown on every page, error pages included; read again every five minutes."""
    numeros: dict[str, str] | None = cache.get("telephones")
    if numeros is None:
        codes = {"CHV-GARDE": "telephone_garde", "PARQUET-PERM": "telephone_parquet"}
        contacts = Contact.objects.filter(service__code__in=codes, ordre=0).values_list("service__code", "telephone")
        numeros = {codes[code]: telephone for code, telephone in contacts}
        cache.set("telephones", numeros, 300)
    return numeros


def _lien(entree: Entree, chemin: str) -> dict[str, Any]:
    adresse = reverse(entree.nom_url)
    actif = chemin == adresse or (adresse != "/" and chemin.startswith(adresse))
    return {"libelle": entree.libelle, "url": adresse, "icone": entree.icone, "compte": None, "actif": actif}
