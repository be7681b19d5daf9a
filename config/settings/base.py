"""Settings common to every world. The environment is read here and nowhere else."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import journalisation
from config.federation import CHAMPS, fournisseur, origines

RACINE = Path(__file__).resolve().parents[2]
env = environ.Env()


def exiger(nom: str, aide: str) -> str:
    """Return a variable of the environment; raise a sentence that says what to do when it is missing."""
    valeur: str = env.str(nom, default="")
    if not valeur:
        raise ImproperlyConfigured(f"La variable {nom} manque. {aide}")
    return valeur


SECRET_KEY = exiger("SECRET_KEY", "Donnez une longue chaîne aléatoire, ou lancez « make demo ».")
# The master keys: a file of `name:base64` lines, the current one first, or a single key for a demonstration.
CLE_MAITRESSE_FICHIER = env.str("CLE_MAITRESSE_FICHIER", default="")
CLE_MAITRESSE = (
    ""
    if CLE_MAITRESSE_FICHIER
    else exiger("CLE_MAITRESSE", "Donnez 32 octets aléatoires en base64 : ils chiffrent les identités.")
)
CLE_INDEX = exiger("CLE_INDEX", "Donnez 32 autres octets aléatoires en base64 : ils servent aux index aveugles.")
# While an older database is upgraded only (ADR 18): seals bound to no row or case still open, for `tourner_cles`.
ANCIENS_SCEAUX = env.bool("ANCIENS_SCEAUX", default=False)
ADRESSE_PUBLIQUE = env.str("ADRESSE_PUBLIQUE", default="http://127.0.0.1:8000")
MODE_DEMONSTRATION = env.bool("MODE_DEMONSTRATION", default=False)
REDIS_URL = env.str("REDIS_URL", default="")
# What the establishment decided with its counsel on a medical record: ACCORD or SAISIE (requisitions/doctrine.py).
DOCTRINE_DOSSIER = env.str("DOCTRINE_DOSSIER", default="ACCORD")
if DOCTRINE_DOSSIER not in {"ACCORD", "SAISIE"}:
    raise ImproperlyConfigured("DOCTRINE_DOSSIER vaut ACCORD ou SAISIE.")
ORDRE_SI_ACCORD = env.bool("ORDRE_SI_ACCORD", default=False)
# Days before what may be asked disappears, by what it is (requisitions/gels/): CONSERVATION_VIDEO_JOURS and so on.
_JOURS = {"VIDEO": 30, "TUBES": 7, "LOGS": 180, "EFFETS": 30}
CONSERVATION_JOURS = {objet: env.int(f"CONSERVATION_{objet}_JOURS", default=jours) for objet, jours in _JOURS.items()}
TELEPHONE_GARDE = env.str("TELEPHONE_GARDE", default="")  # shown by the error page that has no context
# RFC 3161 time-stamps of the journal: the authority's address, and a file of the certificates that verify it (PEM).
HORODATAGE_URL = env.str("HORODATAGE_URL", default="")
HORODATAGE_AUTORITE = env.str("HORODATAGE_AUTORITE", default="")
# PAdES signature of what goes out: a PKCS#12 file and its password. Without them, no document is signed.
CERTIFICAT_SIGNATURE = env.str("CERTIFICAT_SIGNATURE", default="")
CERTIFICAT_SIGNATURE_MOT_DE_PASSE = env.str("CERTIFICAT_SIGNATURE_MOT_DE_PASSE", default="")
# Sign-in by an institution's provider (accounts/federation): none by default.
FEDERATION = {
    nom: lus
    for nom, prefixe in (("proconnect", "PROCONNECT"), ("pro-sante-connect", "PSC"))
    if (lus := fournisseur(prefixe, {champ: env.str(f"{prefixe}_{champ.upper()}", default="") for champ in CHAMPS}))
}

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
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.mfa",
    "allauth.usersessions",
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
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "config.entetes.EntetesStricts",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "accueil.sante.Sante",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.entrees.EntreesSaines",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.sessions.SessionBornee",
    "accounts.mur.SecondFacteurExige",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "accueil.erreurs.PageMethodeRefusee",
    "config.frein_public.FreinPublic",
    "dossiers.garde.GardeDesDossiers",
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


# Values travel apart from the statement: PostgreSQL's own log, when it keeps statements, never holds one.
SANS_VALEUR = {"server_side_binding": True, "connect_timeout": 5}


def base_de_donnees(nom: str) -> dict[str, object]:
    """Describe one PostgreSQL role's connection; the pool keeps connections between requests."""
    adresse = exiger(nom, "Donnez l’adresse PostgreSQL de ce rôle, ou lancez « make demo ».")
    reglages: dict[str, object] = environ.Env.db_url_config(adresse)
    reglages["CONN_MAX_AGE"] = 600
    reglages["CONN_HEALTH_CHECKS"] = True
    reglages["OPTIONS"] = {**(reglages.get("OPTIONS") or {}), **SANS_VALEUR}  # type: ignore[dict-item]
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
    {"NAME": f"accounts.mots_de_passe.{regle}"} for regle in ("Longueur", "SansNul", "PasCourant", "PasSonNom")
]
# Identity (accounts/identite.py). Guesses are counted by accounts/frein.py: allauth’s own limits are off.
ACCOUNT_ADAPTER = "accounts.identite.AdaptateurCompte"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "courriel"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_TIMEOUT = 10 * 60
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "convention.sceau_facteurs.AdaptateurFacteurs"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODE_COUNT = 10
MFA_TOTP_ISSUER = "Trait d’union"
MFA_TRUST_ENABLED = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXYS", default=0)  # how many proxies add to X-Forwarded-For

# guardian: no anonymous user, and its own generic tables stay empty (tested).
ANONYMOUS_USER_NAME = None
GUARDIAN_RAISE_403 = False
# Access never goes through Django permissions (architecture §3), so guardian’s backend is not hooked.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True
SIMPLE_HISTORY_REVERT_DISABLED = True

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "tdu_session"
SESSION_DUREE = 10 * 3600
SESSION_COOKIE_AGE = 12 * 3600  # the row outlives the session, to know whom to give the page back to
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_INACTIVITE, SESSION_INACTIVITE_PARTAGE = 15 * 60, 5 * 60
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
        # The buttons of the sign-in page, then « Se déconnecter », lead to the configured providers.
        "form-action": [SELF, *origines(FEDERATION.values())],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
# Names that every present browser knows: an unknown one is a warning in its console. Passkeys stay allowed.
PERMISSIONS_POLICY: dict[str, list[str]] = {
    nom: []
    for nom in (
        *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen", "geolocation"),
        *("gyroscope", "hid", "idle-detection", "magnetometer", "microphone", "midi", "payment", "picture-in-picture"),
        *("screen-wake-lock", "serial", "usb", "xr-spatial-tracking"),
    )
}
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not `no-referrer`: browsers then send `Origin: null`, which CSRF rightly refuses. Nothing leaves the site either way.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 20
# Nothing uploaded is ever in clear on a disk: what overflows the memory is sealed by a key of this process alone.
FILE_UPLOAD_HANDLERS = ["documents.televersement.ReceptionScellee"]

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = RACINE / "staticfiles"
WHITENOISE_MAX_AGE = 0  # only a file whose name holds its hash is cached
STATICFILES_DIRS = [RACINE / "static"]
# What one PDF may take: bytes of address space, seconds of processor, seconds altogether.
PDF_MEMOIRE, PDF_PROCESSEUR, PDF_DUREE = 1536 * 1024 * 1024, 60, 120
DOSSIER_FICHIERS = Path(env.str("DOSSIER_FICHIERS", default=str(RACINE / ".fichiers")))
STOCKAGES: dict[str, dict[str, object]] = {
    "local": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DOSSIER_FICHIERS, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "s3": {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "endpoint_url": env.str("S3_ADRESSE", default="") or None,
            "region_name": env.str("S3_REGION", default="") or None,
            "bucket_name": env.str("S3_SEAU", default=""),
            "access_key": env.str("S3_CLE_ACCES", default=""),
            "secret_key": env.str("S3_CLE_SECRETE", default=""),
            "addressing_style": "path",
            "max_memory_size": 8 * 1024 * 1024,
        },
    },
}
STOCKAGE = env.str("STOCKAGE", default="local")
if STOCKAGE not in STOCKAGES:
    raise ImproperlyConfigured("STOCKAGE vaut « local » ou « s3 ».")
STORAGES = {
    "default": STOCKAGES[STOCKAGE],
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Without an answer of the antivirus nothing is served; only a demonstration may declare that it has none.
CLAMD, CLAMD_DELAI = env.str("CLAMD", default=""), env.int("CLAMD_DELAI", default=20)
ANTIVIRUS = env.str("ANTIVIRUS", default="obligatoire")

DEFAULT_FROM_EMAIL = env.str("EXPEDITEUR", default="ne-pas-repondre@trait-d-union.test")
EMAIL_BACKEND = env.str("MESSAGERIE", default="django.core.mail.backends.console.EmailBackend")
EMAIL_HOST, EMAIL_PORT = env.str("SMTP_HOTE", default="localhost"), env.int("SMTP_PORT", default=25)
SMTP_TLS = env.str("SMTP_TLS", default="")
EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP_TLS == "starttls", SMTP_TLS == "tls"
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.str("SMTP_COMPTE", default=""), env.str("SMTP_MOT_DE_PASSE", default="")
EMAIL_TIMEOUT = 20

CELERY_BROKER_URL = REDIS_URL or "memory://"
DELAIS_REDIS = {"socket_connect_timeout": 3, "socket_timeout": 10}  # a machine that vanished is known to be gone
CELERY_BROKER_TRANSPORT_OPTIONS = DELAIS_REDIS if REDIS_URL else {"polling_interval": 0.1}
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for ever: the worker outlives any outage
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 1_000_000
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

LOGGING = journalisation.reglages(env.str("NIVEAU_JOURNAL", default="INFO"))
