from django.apps import AppConfig


class Dossiers(AppConfig):
    name = "dossiers"
    verbose_name = "Dossiers"

    def ready(self) -> None:
        from dossiers import avis, brouillons
        from notifications import battement, boite_envoi

        boite_envoi.traiter_par("dossier.evenement")(avis.prevenir_parties)
        battement.a_chaque_tour(brouillons.effacer_expires)
