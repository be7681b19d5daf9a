"""Development and demonstration: plain HTTP on the loopback address."""

from config.settings.base import *  # noqa: F403
from config.settings.base import RACINE, STORAGES, env

DEBUG = env.bool("DEBUG", default=False)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
SESSION_COOKIE_SECURE = False
CSRF_COOKIE_SECURE = False
# E-mails are files to read: printed, they would drown what the worker says.
EMAIL_BACKEND = env.str("MESSAGERIE", default="django.core.mail.backends.filebased.EmailBackend")
EMAIL_FILE_PATH = env.str("COURRIELS", default=str(RACINE / ".demo" / "courriels"))
