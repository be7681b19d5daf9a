"""Production: HTTPS only, fails loudly when something is missing."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import exigences
from config.settings.base import *  # noqa: F403
from config.settings.base import (
    ADRESSE_PUBLIQUE,
    ANTIVIRUS,
    CLAMD,
    CLE_INDEX,
    CLE_MAITRESSE,
    CLE_MAITRESSE_FICHIER,
    EMAIL_BACKEND,
    EN_PROPRIETAIRE,
    MODE_DEMONSTRATION,
    REDIS_URL,
    SECRET_KEY,
    SMTP_TLS,
    env,
)

ENTETE_TLS = env.str("ENTETE_TLS", default="")
if fautes := exigences.fautes(
    exigences.Reglages(
        debug=env.bool("DEBUG", default=False),
        secret=SECRET_KEY,
        cle_maitresse=CLE_MAITRESSE or Path(CLE_MAITRESSE_FICHIER).read_text("ascii").split()[0].rpartition(":")[2],
        cle_index=CLE_INDEX,
        hotes=env.list("HOTES", default=[]),
        adresse=ADRESSE_PUBLIQUE,
        entete_tls=ENTETE_TLS,
        redis=REDIS_URL,
        base=env.str("DATABASE_URL", default=""),
        base_proprietaire=EN_PROPRIETAIRE,
        smtp=EMAIL_BACKEND.endswith("smtp.EmailBackend"),
        smtp_tls=SMTP_TLS,
        demonstration=MODE_DEMONSTRATION,
    )
):
    raise ImproperlyConfigured("\n".join(fautes))
if not CLAMD or ANTIVIRUS != "obligatoire":
    raise ImproperlyConfigured(
        "L’antivirus manque\u00a0: donnez l’adresse de clamd dans CLAMD et laissez ANTIVIRUS à « obligatoire »."
    )

SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-tdu_session"
SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = (f"HTTP_{ENTETE_TLS.upper().replace('-', '_')}", "https")
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^etat/(vivant|pret)/$"]  # asked by the proxy itself, without TLS
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXYS", default=1)
