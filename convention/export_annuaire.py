"""The directory and the rosters as rows: to import again, to print, to keep for a day without network."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from convention import annuaire, policies
from convention.acteur import Acteur
from convention.importation import contacts, permanences
from convention.importation.plan import Colonne
from convention.models import Institution, Permanence, Service
from documents.tableurs.ecriture import moment
from presentation.temps import a_paris

Rangees = list[tuple[str, ...]]
TITRES_DE_CRISE = (
    "Institution",
    "Service",
    "À appeler",
    "De garde",
    "Jusqu’à",
    "Autres numéros",
    "Horaires",
    "Vérifié le",
)
TITRES_DE_TABLEAU = ("Service", "Début", "Fin", "Appel", "Personne", "Téléphone")


@dataclass(frozen=True, slots=True)
class Maison:
    """The reader of what is printed for everybody of a house."""

    institutions: frozenset[int]


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


def rangees_de_crise(institution: Institution) -> Rangees:
    """The directory that a house prints (TITRES_DE_CRISE): names of its own people only. Three queries."""
    maison = Maison(frozenset({institution.pk}))
    return [
        (
            groupe.nom_court,
            ligne.nom,
            ligne.telephone,
            ligne.titulaire or ("De permanence" if ligne.garde else ""),
            moment(a_paris(ligne.garde.fin)) if ligne.garde else "",
            ", ".join(
                f"{c.libelle} {c.telephone}" for c in ligne.contacts if c.telephone and c.telephone != ligne.telephone
            ),
            ", ".join(contact.horaires for contact in ligne.contacts if contact.horaires),
            ", ".join(contact.verifie_le.strftime("%d/%m/%Y") for contact in ligne.contacts),
        )
        for groupe, lignes in annuaire.par_institution(maison)
        for ligne in lignes
    ]


def tableau_de_crise(institution: Institution, jours: int = 7) -> Rangees:
    """The duty roster that a house prints (TITRES_DE_TABLEAU): its own services, for the days to come. Two queries."""
    maintenant = timezone.now()
    services = list(Service.objects.filter(institution=institution, permanence=True).values_list("pk", flat=True))
    return [
        (
            creneau.service.nom,
            moment(a_paris(creneau.debut)),
            moment(a_paris(creneau.fin)),
            str(creneau.rang),
            str(creneau.titulaire),
            creneau.telephone,
        )
        for creneau in _creneaux(services, maintenant, maintenant + timedelta(days=jours))
    ]


def _creneaux(services: list[int], debut: datetime, fin: datetime | None = None) -> list[Permanence]:
    lignes = Permanence.objects.filter(service__in=services, fin__gt=debut).select_related("service", "titulaire")
    if fin is not None:
        lignes = lignes.filter(debut__lt=fin)
    return list(lignes.order_by("service__nom", "debut", "rang", "pk"))
