from django.apps import AppConfig


class Journal(AppConfig):
    name = "journal"
    verbose_name = "Journal"
