from django.apps import AppConfig


class Accueil(AppConfig):
    name = "accueil"
    verbose_name = "Accueil"
