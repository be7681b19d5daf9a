from django.apps import AppConfig


class Bilans(AppConfig):
    name = "bilans"
    verbose_name = "Bilans"
