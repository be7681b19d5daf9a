from django.apps import AppConfig


class Fiches(AppConfig):
    name = "fiches"
    verbose_name = "Fiches"
