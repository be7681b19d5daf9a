"""Production: HTTPS only, fails loudly when something is missing."""

from config.settings.base import *  # noqa: F403
from config.settings.base import exiger

exiger("REDIS_URL", "En production, Celery passe par Redis.")
exiger("HOTES", "Donnez les noms d’hôte servis, séparés par des virgules.")
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-tdu_session"
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
