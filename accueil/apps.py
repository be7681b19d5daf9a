from django.apps import AppConfig


class Accueil(AppConfig):
    name = "accueil"
    verbose_name = "Accueil"

    def ready(self) -> None:
        from accueil.acces import taches
        from accueil.secours import papier as papiers
        from accueil.secours import taches as secours
        from dossiers import papier
        from notifications import battement, boite_envoi

        battement.a_chaque_tour(taches.tour_du_journal)
        boite_envoi.traiter_par("journal.ancrer")(taches.relever)
        boite_envoi.traiter_par("journal.horodater")(taches.faire_horodater)
        boite_envoi.traiter_par("journal.envoyer")(taches.envoyer_les_tetes)
        boite_envoi.traiter_par("journal.envoyer_a")(taches.envoyer_a)
        boite_envoi.traiter_par("journal.verifier")(taches.verifier)
        boite_envoi.traiter_par("journal.exporter")(taches.preparer_export)
        papier.enregistrer(papiers.APPELS)
        papier.enregistrer(papiers.TRANSMISSION)
        battement.a_chaque_tour(secours.tour_des_packs)
        boite_envoi.traiter_par("secours.preparer")(secours.preparer)
        boite_envoi.traiter_par("secours.composer")(secours.composer)
