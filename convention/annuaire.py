"""The directory as one reader may read it: who to call, and who is on duty now.

Outside its own institution a reader knows neither a ward nor a specialty: services that share an outer name are one
line, with the numbers of the front desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet
from django.utils import timezone

from convention.gardes import de_garde
from convention.models import Contact, Institution, Permanence, Service
from convention.portee import Lecteur, institutions_de

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
    def sans_garde(self) -> bool:
        """The service keeps a roster and nobody is on it now."""
        return self.service.permanence and self.garde is None

    @property
    def libelle(self) -> str:
        """What composants/contact.html calls the name."""
        return self.nom

    @property
    def telephone(self) -> str:
        """The number to call now: the duty number when somebody is on duty, else the first one."""
        if self.garde and self.garde.telephone:
            return self.garde.telephone
        return next((contact.telephone for contact in self.contacts if contact.telephone), "")

    @property
    def precision(self) -> str:
        """« De garde : … » with the hours of the desk; the name inside one's institution only."""
        mots = [f"De garde\u00a0: {self.titulaire}" if self.titulaire else "De permanence"] if self.garde else []
        return " · ".join(mots + [contact.horaires for contact in self.contacts[:1] if contact.horaires])


def lignes(services: QuerySet[Service], lecteur: Lecteur) -> list[Ligne]:
    """The directory lines of these services, in their order: three queries whatever their number."""
    complets = services.select_related("institution").prefetch_related(
        "contacts", Prefetch("permanences", de_garde(timezone.now()), to_attr="gardes_en_cours")
    )
    return [_ligne(service, lecteur) for service in fondre(complets, lecteur)]


def lignes_de(codes: Iterable[str], lecteur: Lecteur) -> list[Ligne]:
    """The same for these service codes, in the order given; a ward of another institution is its front desk."""
    rangs = {code: rang for rang, code in reversed(list(enumerate(codes)))}
    demandes = list(Service.objects.filter(code__in=rangs).only("code", "institution_id", "nom_externe"))
    dehors = {(s.institution_id, s.nom_externe) for s in demandes if s.institution_id not in lecteur.institutions}
    guichets = Q(pk__in=[])
    for institution, nom in dehors:
        guichets |= Q(institution=institution, nom_externe=nom, domaine=GUICHET)
    place: dict[tuple[int, str], int] = {}
    for service in demandes:
        cle = _cle(service, lecteur)
        place[cle] = min(place.get(cle, len(rangs)), rangs[service.code])
    trouvees = lignes(Service.objects.filter(Q(code__in=rangs) | guichets).order_by("institution__nom", "nom"), lecteur)
    return sorted(trouvees, key=lambda ligne: place[_cle(ligne.service, lecteur)])


def connus(codes: Iterable[str], lecteur: Lecteur) -> list[str]:
    """Among these services, those of the houses that this reader works with, in the order given."""
    maisons = institutions_de(lecteur).order_by().values("pk")
    lus = set(Service.objects.filter(code__in=codes, institution__in=maisons).values_list("code", flat=True))
    return [code for code in codes if code in lus]


def par_institution(
    lecteur: Lecteur, maisons: QuerySet[Institution] | None = None
) -> list[tuple[Institution, list[Ligne]]]:
    """The reader's own institutions first, then those it works with, or those given, by name."""
    groupes: dict[int, tuple[Institution, list[Ligne]]] = {}
    connues = (institutions_de(lecteur) if maisons is None else maisons).order_by().values("pk")
    services = Service.objects.filter(institution__in=connues)
    for ligne in lignes(services.order_by("institution__nom", "nom"), lecteur):
        institution = ligne.service.institution
        groupes.setdefault(institution.pk, (institution, []))[1].append(ligne)
    return sorted(groupes.values(), key=lambda groupe: groupe[0].pk not in lecteur.institutions)


def fondre(services: Iterable[Service], lecteur: Lecteur) -> list[Service]:
    """One service for each outer name of another institution: its front desk when it has one."""
    retenus: dict[tuple[int, str], Service] = {}
    for service in services:
        cle = _cle(service, lecteur)
        a_moi = service.institution_id in lecteur.institutions
        if cle not in retenus or (not a_moi and service.domaine == GUICHET):
            retenus[cle] = service
    return list(retenus.values())


def est_lu(service: Service, lecteur: Lecteur) -> bool:
    """Whether this reader knows that this service exists: a page of its own, or 404."""
    if service.institution_id in lecteur.institutions:
        return True
    if not institutions_de(lecteur).filter(pk=service.institution_id).exists():
        return False
    semblables = Service.objects.filter(institution=service.institution_id, nom_externe=service.nom_externe)
    return fondre(semblables.order_by("institution__nom", "nom"), lecteur)[0].pk == service.pk


def perime(contact: Contact) -> bool:
    return contact.expire or contact.verifie_le < timezone.localdate() - ANCIENNETE


def valables() -> Q:
    """The numbers whose last day is not over."""
    return Q(valable_jusqu_au=None) | Q(valable_jusqu_au__gte=timezone.localdate())


def services_sans_numero_sur() -> QuerySet[Service]:
    """The services without one contact in use and verified within ninety days."""
    surs = Contact.objects.filter(valables(), verifie_le__gte=timezone.localdate() - ANCIENNETE)
    return Service.objects.exclude(pk__in=surs.order_by().values("service"))


def fraicheur(service: Service | None) -> dict[str, Any]:
    """For C39. Days since a number in use was last verified, None without one; whether all numbers are out of date."""
    if service is None:
        return {"contact_jours": None, "contact_expire": False}
    lu = service.contacts.aggregate(le=Max("verifie_le", filter=valables()), tous=Count("pk"))
    jours = (timezone.localdate() - lu["le"]).days if lu["le"] else None
    return {"contact_jours": jours, "contact_expire": jours is None and bool(lu["tous"])}


def _cle(service: Service, lecteur: Lecteur) -> tuple[int, str]:
    a_moi = service.institution_id in lecteur.institutions
    return service.institution_id, service.code if a_moi else service.nom_externe


def _ligne(service: Service, lecteur: Lecteur) -> Ligne:
    a_moi = service.institution_id in lecteur.institutions
    contacts = sorted(service.contacts.all(), key=lambda contact: contact.expire)
    gardes: list[Permanence] = service.gardes_en_cours  # type: ignore[attr-defined]
    garde = gardes[0] if gardes else None
    return Ligne(
        service=service,
        nom=service.nom if a_moi else service.nom_externe,
        contacts=contacts,
        garde=garde,
        titulaire=str(garde.titulaire) if garde and a_moi else "",
        a_verifier=any(perime(contact) for contact in contacts),
    )
