from django.apps import AppConfig


class Bilans(AppConfig):
    name = "bilans"
    verbose_name = "Bilans"

    def ready(self) -> None:
        from bilans import tasks
        from notifications import boite_envoi

        boite_envoi.traiter_par("bilan.exporter")(tasks.exporter)
