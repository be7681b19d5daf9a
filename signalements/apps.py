from django.apps import AppConfig


class Signalements(AppConfig):
    name = "signalements"
    verbose_name = "Signalements"
