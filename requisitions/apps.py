from django.apps import AppConfig


class Requisitions(AppConfig):
    name = "requisitions"
    verbose_name = "Réquisitions"
