"""WSGI entry point of the web processes."""

import os

from django.core.wsgi import get_wsgi_application

from config.exigences import refuser_une_mauvaise_base

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
application = get_wsgi_application()
refuser_une_mauvaise_base()
