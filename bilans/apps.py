from django.apps import AppConfig


class Bilans(AppConfig):
    name = "bilans"
    verbose_name = "Bilans"

    def ready(self) -> None:
        from bilans import retours, tasks
        from fiches.retours import enregistrer
        from notifications import boite_envoi

        boite_envoi.traiter_par("bilan.exporter")(tasks.exporter)
        boite_envoi.traiter_par("bilan.retour")(retours.prevenir_de)
        enregistrer(retours.vus_par, page="bilans:retours")
