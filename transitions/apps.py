from django.apps import AppConfig


class Transitions(AppConfig):
    name = "transitions"
    verbose_name = "Machines à états"
