from django.apps import AppConfig


class Dossiers(AppConfig):
    name = "dossiers"
    verbose_name = "Dossiers"

    def ready(self) -> None:
        from convention import departs
        from documents.reception import a_l_infection
        from dossiers import avis, bris_de_glace, brouillons, fichiers, garde, passation, veille
        from dossiers.conservation import inscrire
        from notifications import battement, boite_envoi

        boite_envoi.traiter_par("dossier.evenement")(avis.prevenir_parties)
        boite_envoi.traiter_par(bris_de_glace.SUJET)(bris_de_glace.prevenir_responsables)
        boite_envoi.traiter_par(garde.SUJET)(garde.prevenir_la_protection)
        boite_envoi.traiter_par(passation.SUJET)(passation.prevenir_successeur)
        departs.enregistrer(passation)
        battement.a_chaque_tour(brouillons.effacer_expires)
        battement.a_chaque_tour(bris_de_glace.relancer)
        inscrire.inscrire()
        a_l_infection(fichiers.signaler)
        boite_envoi.traiter_par(fichiers.CONTROLER)(fichiers.controler)
        boite_envoi.traiter_par(fichiers.INFECTE)(fichiers.prevenir_infection)
        battement.a_chaque_tour(fichiers.relancer)
        battement.a_chaque_tour(veille.veiller)
