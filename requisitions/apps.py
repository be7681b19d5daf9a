from django.apps import AppConfig


class Requisitions(AppConfig):
    name = "requisitions"
    verbose_name = "Réquisitions"

    def ready(self) -> None:
        from django.urls import reverse

        from dossiers import papier, registre
        from dossiers.conservation.conserver import conserver
        from fiches import actes
        from notifications import battement, boite_envoi
        from requisitions import conservation, disponibilite, ecrits_dus, notifications, policies
        from requisitions.annonces import alertes, circuit, levee, relances
        from requisitions.audition import annonces as auditions
        from requisitions.documents.papier import FORMULAIRE
        from requisitions.types_acte import libelles
        from requisitions.workflow import WORKFLOW
        from requisitions.workflow.acte import est_du_requerant

        registre.enregistrer(
            registre.TypeDossier(
                nature="REQUISITION",
                prefixe="REQ",
                libelle="Réquisition",
                workflow=WORKFLOW,
                adresse=lambda dossier, acteur: reverse("requisitions:ouvrir", args=[dossier.cle]),
                variantes=libelles(),
                peut_lire_piece=policies.peut_lire_piece,
                piece_propre=est_du_requerant,
                arret_des_pieces=disponibilite.arret_des_pieces,
                reprise=lambda cle: reverse("requisitions:depot", args=[cle]),
            )
        )
        papier.enregistrer(FORMULAIRE)
        actes.enregistrer(
            "requisition", lambda code: reverse("requisitions:nouvelle"), permise=policies.peut_enregistrer
        )
        for module in (notifications, relances, alertes, ecrits_dus, auditions, circuit, levee):
            for sujet, traitement in module.TRAITEMENTS.items():
                boite_envoi.traiter_par(sujet)(traitement)
            for tour in getattr(module, "TOURS", ()):
                battement.a_chaque_tour(tour)
        conserver("REQUISITION", conservation.lire, conservation.passagers)
