from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.urls import reverse

if TYPE_CHECKING:
    from convention.acteur import Acteur
    from dossiers.models import Dossier, Piece


class PrisesEnCharge(AppConfig):
    name = "prises_en_charge"
    verbose_name = "Prises en charge"

    def ready(self) -> None:
        from dossiers import papier, registre
        from dossiers.conservation.conserver import conserver
        from dossiers.models.dossier import Nature
        from fiches import actes
        from prises_en_charge import conservation, policies
        from prises_en_charge.models import Extraction
        from prises_en_charge.papier import FORMULAIRE
        from prises_en_charge.table import WORKFLOW

        registre.enregistrer(
            registre.TypeDossier(
                nature=Nature.EXTRACTION,
                prefixe="DET",
                libelle="Extraction médicale",
                workflow=WORKFLOW,
                adresse=_adresse,
                variantes=dict(Extraction.Venue.choices),
                peut_lire_piece=_peut_lire_piece,
                reprise=lambda cle: reverse("prises_en_charge:reprendre", args=[cle]),
            )
        )
        papier.enregistrer(FORMULAIRE)
        actes.enregistrer(
            "extraction", lambda code: reverse("prises_en_charge:extraction"), permise=policies.peut_demander
        )
        conserver("EXTRACTION", conservation.lire, conservation.passagers)


def _adresse(dossier: "Dossier", acteur: "Acteur") -> str:
    return reverse("prises_en_charge:dossier", args=[dossier.cle])


def _peut_lire_piece(piece: "Piece", acteur: "Acteur") -> bool:
    """Beyond what is addressed to a service: the house that deposited a piece reads it again."""
    return piece.service_id in acteur.services
