from django.apps import AppConfig


class ConventionConfig(AppConfig):
    name = "convention"
    verbose_name = "Convention"

    def ready(self) -> None:
        from accounts import courriels, sessions
        from convention import actes, corrections, fins, importation, inactivite, quatre_yeux, rattachements
        from convention import notifications as avis
        from convention.middleware import noter_fin_de_session
        from notifications import battement, boite_envoi

        actes.enregistrer_actes()
        avis.enregistrer()
        sessions.a_la_fin(noter_fin_de_session)
        courriels.porter_par(boite_envoi.publier)
        boite_envoi.traiter_par(courriels.SUJET)(courriels.composer)
        boite_envoi.traiter_par(corrections.SUJET)(corrections.prevenir_de)
        boite_envoi.traiter_par(quatre_yeux.SUJET)(quatre_yeux.prevenir_seconds)
        boite_envoi.traiter_par(inactivite.AVERTIR)(inactivite.avertir)
        boite_envoi.traiter_par(inactivite.FERME)(inactivite.annoncer)
        battement.a_chaque_tour(importation.oublier)
        battement.a_chaque_tour(inactivite.surveiller)
        battement.a_chaque_tour(rattachements.retirer_groupes_echus)
        battement.a_chaque_tour(fins.appliquer_echeances)
