"""Celery application. Tasks receive opaque ids only; the outbox relay feeds them."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")
app = Celery("trait_d_union")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
