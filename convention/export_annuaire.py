"""The directory and the rosters as rows, in the columns of the import."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from convention import annuaire, policies
from convention.acteur import Acteur
from convention.importation import contacts, permanences
from convention.importation.plan import Colonne
from convention.models import Permanence, Service
from documents.tableurs.ecriture import moment
from presentation.temps import a_paris

Rangees = list[tuple[str, ...]]


def titres(colonnes: Sequence[Colonne]) -> list[str]:
    return [colonne.titre for colonne in colonnes]


def rangees_contacts(acteur: Acteur) -> Rangees:
    """One row a number, in the columns of the import; what this reader knows, and nothing else."""
    return [
        (
            ligne.service.code,
            ligne.nom,
            contact.libelle,
            contact.telephone,
            contact.courriel,
            contact.horaires,
            contact.verifie_le.strftime("%d/%m/%Y"),
            f"{contact.valable_jusqu_au:%d/%m/%Y}" if contact.valable_jusqu_au else "",
        )
        for _, lignes in annuaire.par_institution(acteur)
        for ligne in lignes
        for contact in ligne.contacts
    ]


def rangees_permanences(acteur: Acteur) -> Rangees:
    """One row a slot that is not over, for the services whose roster this person keeps."""
    tenus = [
        service.pk
        for service in Service.objects.filter(institution__in=acteur.institutions)
        if policies.peut_tenir_permanences(acteur, service)
    ]
    return [
        (
            creneau.service.code,
            moment(a_paris(creneau.debut)),
            moment(a_paris(creneau.fin)),
            creneau.titulaire.courriel,
            str(creneau.titulaire),
            str(creneau.rang),
            creneau.telephone,
        )
        for creneau in _creneaux(tenus, timezone.now())
    ]


COLONNES = {"contacts": contacts.COLONNES, "permanences": permanences.COLONNES}
RANGEES = {"contacts": rangees_contacts, "permanences": rangees_permanences}


def _creneaux(services: list[int], debut: datetime) -> list[Permanence]:
    lignes = Permanence.objects.filter(service__in=services, fin__gt=debut).select_related("service", "titulaire")
    return list(lignes.order_by("service__nom", "debut", "rang", "pk"))
