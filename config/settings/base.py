"""Settings common to every world. The environment is read here and nowhere else."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

RACINE = Path(__file__).resolve().parents[2]
env = environ.Env()


def exiger(nom: str, aide: str) -> str:
    """Return a variable of the environment; raise a sentence that says what to do when it is missing."""
    valeur: str = env.str(nom, default="")
    if not valeur:
        raise ImproperlyConfigured(f"La variable {nom} manque. {aide}")
    return valeur


SECRET_KEY = exiger("SECRET_KEY", "Donnez une longue chaîne aléatoire, ou lancez « make demo ».")
CLE_MAITRESSE = exiger("CLE_MAITRESSE", "Donnez 32 octets aléatoires en base64 : ils chiffrent les identités.")
CLE_INDEX = exiger("CLE_INDEX", "Donnez 32 autres octets aléatoires en base64 : ils servent aux index aveugles.")
ADRESSE_PUBLIQUE = env.str("ADRESSE_PUBLIQUE", default="http://127.0.0.1:8000")
MODE_DEMONSTRATION = env.bool("MODE_DEMONSTRATION", default=False)
REDIS_URL = env.str("REDIS_URL", default="")
TELEPHONE_GARDE = env.str("TELEPHONE_GARDE", default="")  # shown by the error page that has no context

DEBUG = False
ALLOWED_HOSTS = env.list("HOTES", default=["127.0.0.1", "localhost"])

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "guardian",
    "simple_history",
    "pgtrigger",
    "csp",
    "presentation",
    "transitions",
    "accounts",
    "journal",
    "documents",
    "notifications",
    "convention",
    "fiches",
    "dossiers",
    "signalements",
    "requisitions",
    "prises_en_charge",
    "accueil",
    "bilans",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.sessions.SessionBornee",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "convention.middleware.RequeteTracee",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RACINE / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accueil.contexte.page",
            ],
        },
    }
]
FORM_RENDERER = "presentation.formulaires.Rendu"


def base_de_donnees(nom: str) -> dict[str, object]:
    """Describe one PostgreSQL role's connection; the pool keeps connections between requests."""
    adresse = exiger(nom, "Donnez l’adresse PostgreSQL de ce rôle, ou lancez « make demo ».")
    reglages: dict[str, object] = environ.Env.db_url_config(adresse)
    reglages["CONN_MAX_AGE"] = 600
    reglages["CONN_HEALTH_CHECKS"] = True
    return reglages


# The web runs as a role that owns nothing; only migrations and the seed act as the owner.
EN_PROPRIETAIRE = env.str("TDU_ROLE", default="") == "proprietaire"
DATABASES = {"default": base_de_donnees("DATABASE_URL_PROPRIETAIRE" if EN_PROPRIETAIRE else "DATABASE_URL")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.connexion.CourrielBackend"]
LOGIN_URL = "accounts:connexion"
LOGIN_REDIRECT_URL = "accueil:racine"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# guardian: no anonymous user, and its own generic tables stay empty (tested).
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False
# Access never goes through Django permissions (architecture §3), so guardian’s backend is not hooked.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_REVERT_DISABLED = True

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "tdu_session"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_INACTIVITE = 15 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "accueil.erreurs.jeton_perime"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    nom: [] for nom in ("camera", "geolocation", "microphone", "payment", "usb", "fullscreen")
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = RACINE / "staticfiles"
STATICFILES_DIRS = [RACINE / "static"]
DOSSIER_FICHIERS = Path(env.str("DOSSIER_FICHIERS", default=str(RACINE / ".fichiers")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DOSSIER_FICHIERS}},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

DEFAULT_FROM_EMAIL = env.str("EXPEDITEUR", default="ne-pas-repondre@trait-d-union.test")
EMAIL_BACKEND = env.str("MESSAGERIE", default="django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = env.str("SMTP_HOTE", default="localhost")
EMAIL_PORT = env.int("SMTP_PORT", default=25)

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_BROKER_TRANSPORT_OPTIONS = {} if REDIS_URL else {"polling_interval": 0.1}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 1_000_000
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"sobre": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "sobre"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"pikepdf": {"level": "WARNING"}, "weasyprint": {"level": "ERROR"}, "fontTools": {"level": "ERROR"}},
}
