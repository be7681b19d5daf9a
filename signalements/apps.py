from django.apps import AppConfig


class Signalements(AppConfig):
    name = "signalements"
    verbose_name = "Signalements"

    def ready(self) -> None:
        from dossiers import papier, registre
        from dossiers.conservation.conserver import conserver
        from fiches import actes
        from notifications import battement, boite_envoi
        from signalements import adresses, conservation, rappels
        from signalements.declarations.papier import FORMULAIRES
        from signalements.declarations.routes import ROUTES
        from signalements.papier import FORMULAIRE
        from signalements.voies import EN_MAIN_PROPRE, VOIES
        from signalements.workflow import JOUR_PREVU, WORKFLOW

        registre.enregistrer(
            registre.TypeDossier(
                nature="SIGNALEMENT",
                prefixe="SIG",
                libelle="Signalement",
                workflow=WORKFLOW,
                adresse=adresses.de_dossier,
                variantes={voie.code: voie.libelle for voie in (VOIES | EN_MAIN_PROPRE).values()},
                peut_lire_piece=adresses.peut_lire_piece,
            )
        )
        registre.enregistrer(
            registre.TypeDossier(
                nature="DECLARATION",
                prefixe="SIG",
                libelle="Déclaration sans patient nommé",
                workflow=WORKFLOW,
                adresse=adresses.de_declaration,
                variantes={route.code: route.libelle for route in ROUTES.values()},
                peut_lire_piece=adresses.peut_lire_piece,
            )
        )
        for formulaire in (FORMULAIRE, *FORMULAIRES):
            papier.enregistrer(formulaire)
        boite_envoi.traiter_par(rappels.ECHEANCE)(rappels.rappeler)
        boite_envoi.traiter_par(rappels.PRET)(rappels.rappeler_le_pret)
        boite_envoi.traiter_par(JOUR_PREVU)(rappels.rappeler_le_jour)
        battement.a_chaque_tour(rappels.balayer)
        actes.enregistrer("signalement", adresses.de_situation)
        conserver("SIGNALEMENT", conservation.lire, etats=conservation.ETATS)
        conserver("DECLARATION", conservation.lire_declaration)
