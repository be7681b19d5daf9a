from django.apps import AppConfig


class Signalements(AppConfig):
    name = "signalements"
    verbose_name = "Signalements"

    def ready(self) -> None:
        from dossiers import papier, registre
        from dossiers.conservation.conserver import conserver
        from fiches import actes
        from signalements import adresses, conservation, rappels
        from signalements.declarations.papier import FORMULAIRES
        from signalements.declarations.routes import ROUTES
        from signalements.papier import FORMULAIRE
        from signalements.voies import EN_MAIN_PROPRE, VOIES
        from signalements.workflow import WORKFLOW

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
        rappels.inscrire()
        actes.enregistrer("signalement", adresses.de_situation)
        conserver("SIGNALEMENT", conservation.lire, etats=conservation.ETATS)
        conserver("DECLARATION", conservation.lire_declaration)
