"""Production: HTTPS only, fails loudly when something is missing."""

from django.core.exceptions import ImproperlyConfigured

from config.settings.base import *  # noqa: F403
from config.settings.base import MODE_DEMONSTRATION, exiger

exiger("REDIS_URL", "En production, Celery passe par Redis.")
exiger("HOTES", "Donnez les noms d’hôte servis, séparés par des virgules.")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-tdu_session"
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True

# ADR 4: no second factor yet, so no real data yet.
if not MODE_DEMONSTRATION:
    raise ImproperlyConfigured(
        "Aucun second facteur n’est installé : hors démonstration, le produit ne démarre pas. "
        "Posez MODE_DEMONSTRATION=1 pour une démonstration sans donnée réelle."
    )
