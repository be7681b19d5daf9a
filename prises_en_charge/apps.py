from django.apps import AppConfig


class PrisesEnCharge(AppConfig):
    name = "prises_en_charge"
    verbose_name = "Prises en charge"
