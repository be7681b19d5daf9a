from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig


class Fiches(AppConfig):
    name = "fiches"
    verbose_name = "Fiches"

    def ready(self) -> None:
        from fiches import consultation, echeances_avis, effets, notifications  # noqa: F401  register what the outbox carries out
        from fiches.recueil.demande import SUJET
        from fiches.recueil.nuit import SUJET as NUIT
        from fiches.recueil.nuit import refaire, tour_des_recueils
        from notifications import battement, boite_envoi

        battement.a_chaque_tour(effets.appliquer_effets)
        battement.a_chaque_tour(echeances_avis.rappeler)

        battement.a_chaque_tour(tour_des_recueils)
        boite_envoi.traiter_par(NUIT)(refaire)

        @boite_envoi.traiter_par(SUJET)
        def exporter(charge: Mapping[str, Any]) -> None:
            from fiches.recueil.production import exporter as produire  # loads the PDF engine

            produire(charge)
