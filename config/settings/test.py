"""The strict world of the tests: real PostgreSQL, weak hashing for speed, no cache."""

from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, STORAGES, TEMPLATES, base_de_donnees

# The test database is created and migrated by its owner; tests then run as app_web (tests/conftest.py).
DATABASES["default"] = base_de_donnees("DATABASE_URL_PROPRIETAIRE") | {"CONN_HEALTH_CHECKS": False}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MODE_DEMONSTRATION = True
ANTIVIRUS = "absent"  # the tests of `documents` start their own clamd
SESSION_COOKIE_SECURE = False
CELERY_BROKER_URL = "memory://"
ALLOWED_HOSTS = ["*"]
TEMPLATES[0]["OPTIONS"] |= {"debug": True}  # type: ignore[operator]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
