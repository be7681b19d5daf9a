"""The directory as one reader may read it: who to call, and who is on duty now.

Outside its own institution a reader knows neither a ward nor a specialty: services that share an outer name are one
line, with the numbers of the front desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from convention.acteur import Acteur
from convention.models import Contact, Institution, Permanence, Service

ANCIENNETE = timedelta(days=90)
GUICHET = "admissions"


@dataclass(frozen=True, slots=True)
class Ligne:
    """One line of the directory. `titulaire` is named inside one's own institution only."""

    service: Service
    nom: str
    contacts: list[Contact]
    garde: Permanence | None
    titulaire: str
    a_verifier: bool

    @property
    def famille(self) -> str:
        return self.service.institution.famille

    @property
    def telephone(self) -> str:
        """The number to call now: the duty number when somebody is on duty, else the first one."""
        if self.garde and self.garde.telephone:
            return self.garde.telephone
        return self.contacts[0].telephone if self.contacts else ""


def lignes(services: QuerySet[Service], acteur: Acteur) -> list[Ligne]:
    """The directory lines of these services, in their order: three queries whatever their number."""
    maintenant = timezone.now()
    en_cours = Permanence.objects.filter(debut__lte=maintenant, fin__gt=maintenant).select_related("titulaire")
    complets = services.select_related("institution").prefetch_related(
        "contacts", Prefetch("permanences", en_cours.order_by("debut", "pk"), to_attr="gardes_en_cours")
    )
    return [_ligne(service, acteur) for service in _fondre(complets, acteur)]


def lignes_de(codes: list[str], acteur: Acteur) -> list[Ligne]:
    """The same for these service codes, in the order given."""
    rangs = {code: rang for rang, code in enumerate(codes)}
    trouvees = lignes(Service.objects.filter(code__in=codes), acteur)
    return sorted(trouvees, key=lambda ligne: rangs[ligne.service.code])


def par_institution(acteur: Acteur) -> list[tuple[Institution, list[Ligne]]]:
    """The whole directory: the reader's own institutions first, then the others by name."""
    groupes: dict[int, tuple[Institution, list[Ligne]]] = {}
    for ligne in lignes(Service.objects.order_by("institution__nom", "nom"), acteur):
        institution = ligne.service.institution
        groupes.setdefault(institution.pk, (institution, []))[1].append(ligne)
    return sorted(groupes.values(), key=lambda groupe: groupe[0].pk not in acteur.institutions)


def _fondre(services: Iterable[Service], acteur: Acteur) -> list[Service]:
    """One service for each outer name of another institution: its front desk when it has one."""
    retenus: dict[tuple[int, str], Service] = {}
    for service in services:
        a_moi = service.institution_id in acteur.institutions
        cle = (service.institution_id, service.code if a_moi else service.nom_externe)
        if cle not in retenus or (not a_moi and service.domaine == GUICHET):
            retenus[cle] = service
    return list(retenus.values())


def _ligne(service: Service, acteur: Acteur) -> Ligne:
    a_moi = service.institution_id in acteur.institutions
    contacts = list(service.contacts.all())
    gardes: list[Permanence] = getattr(service, "gardes_en_cours", [])
    garde = gardes[0] if gardes else None
    limite = timezone.localdate() - ANCIENNETE
    return Ligne(
        service=service,
        nom=service.nom if a_moi else service.nom_externe,
        contacts=contacts,
        garde=garde,
        titulaire=str(garde.titulaire) if garde and a_moi else "",
        a_verifier=any(contact.verifie_le < limite for contact in contacts),
    )
