from django.apps import AppConfig


class Bilans(AppConfig):
    name = "bilans"
    verbose_name = "Bilans"

    def ready(self) -> None:
        from bilans import conservation, decisions, retours, tasks
        from fiches.retours import enregistrer
        from notifications import battement, boite_envoi

        boite_envoi.traiter_par("bilan.exporter")(tasks.exporter)
        boite_envoi.traiter_par("bilan.retour")(retours.prevenir_de)
        boite_envoi.traiter_par("bilan.comite")(decisions.prevenir_de_reunion)
        boite_envoi.traiter_par("bilan.decision")(decisions.prevenir_de_decision)
        battement.a_chaque_tour(decisions.rappeler)
        boite_envoi.traiter_par(conservation.SUJET)(conservation.effacer_les_echus)
        battement.a_chaque_tour(conservation.demander)
        enregistrer(retours.vus_par, page="bilans:retours")
