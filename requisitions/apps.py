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
        from requisitions import conservation, notifications, policies, relances
        from requisitions.papier import FORMULAIRE
        from requisitions.types_acte import libelles
        from requisitions.workflow import WORKFLOW

        registre.enregistrer(
            registre.TypeDossier(
                nature="REQUISITION",
                prefixe="REQ",
                libelle="Réquisition",
                workflow=WORKFLOW,
                adresse=lambda dossier, acteur: reverse("requisitions:ouvrir", args=[dossier.cle]),
                variantes=libelles(),
                peut_lire_piece=policies.peut_lire_piece,
                reprise=lambda cle: reverse("requisitions:depot", args=[cle]),
            )
        )
        papier.enregistrer(FORMULAIRE)
        actes.enregistrer(
            "requisition", lambda code: reverse("requisitions:nouvelle"), permise=policies.peut_enregistrer
        )
        boite_envoi.traiter_par(notifications.SUJET)(notifications.prevenir_la_maison)
        boite_envoi.traiter_par(notifications.SUJET_MESSAGE)(notifications.prevenir_du_message)
        boite_envoi.traiter_par(notifications.SUJET_FRAIS)(notifications.prevenir_du_memoire)
        boite_envoi.traiter_par(notifications.SUJET_REPRISE)(notifications.prevenir_de_la_reprise)
        boite_envoi.traiter_par(notifications.SUJET_COMPTE_RENDU)(notifications.prevenir_du_compte_rendu)
        boite_envoi.traiter_par(notifications.SUJET_TITRE)(notifications.prevenir_du_titre_revoque)
        boite_envoi.traiter_par(notifications.SUJET_REFUS)(notifications.prevenir_du_refus)
        for sujet, traiter in relances.TRAITEMENTS.items():
            boite_envoi.traiter_par(sujet)(traiter)
        for tour in relances.TOURS:
            battement.a_chaque_tour(tour)
        conserver("REQUISITION", conservation.lire, conservation.passagers)
