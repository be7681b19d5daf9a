"""Who is on duty at a moment, and whom to call when that person does not answer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.models import User
from convention.creneaux import HORIZON, Trou, chaine, trous
from convention.models import Permanence, Service


@dataclass(frozen=True, slots=True)
class Appel:
    """One call to try. `titulaire` is None for a desk that answers without a duty slot; a page never shows the name
    outside the institution of the service."""

    service: Service
    telephone: str
    rang: int
    titulaire: User | None = None
    jusqu_a: datetime | None = None


def appels(service: Service, moment: datetime | None = None) -> list[Appel]:
    """Whom to call for this service at this moment, in order: its duty slots by rank, its first number, then the same
    for its substitute, and so on. « Automatic next person » takes the one after the last that was tried.

    Four queries whatever the length of the chain.
    """
    moment = moment or timezone.now()
    lignes = Service.objects.only("pk", "remplacant_id")
    suite = [maillon.pk for maillon in chaine(service, list(lignes))]
    complets = Service.objects.select_related("institution").prefetch_related(
        Prefetch("permanences", de_garde(moment), to_attr="gardes_en_cours"), "contacts"
    )
    par_cle = complets.in_bulk(suite)
    return [appel for cle in suite for appel in _appels(par_cle[cle])]


def _appels(service: Service) -> list[Appel]:
    gardes: list[Permanence] = service.gardes_en_cours  # type: ignore[attr-defined]
    guichet = next(
        (contact.telephone for contact in service.contacts.all() if contact.telephone and not contact.expire), ""
    )
    tenus = [
        Appel(service, garde.telephone or guichet, garde.rang, garde.titulaire, garde.fin)
        for garde in gardes
        if garde.telephone or guichet
    ]
    dits = {appel.telephone for appel in tenus}
    return tenus + ([Appel(service, guichet, len(tenus) + 1)] if guichet and guichet not in dits else [])


def de_garde(moment: datetime) -> QuerySet[Permanence]:
    """The slots that hold this moment, the first to call first; a closed account is on duty nowhere."""
    return (
        Permanence.objects.filter(debut__lte=moment, fin__gt=moment, titulaire__is_active=True)
        .select_related("titulaire")
        .order_by("rang", "debut", "pk")
    )


def prochaine(service: Service, moment: datetime) -> Permanence | None:
    """The next slot to begin."""
    suivantes = Permanence.objects.filter(service=service, debut__gt=moment).select_related("titulaire")
    return suivantes.order_by("debut", "rang", "pk").first()


def trous_de(services: list[int], moment: datetime) -> dict[int, list[Trou]]:
    """What nobody holds in the next thirty days, by service: one query."""
    fin = moment + HORIZON
    creneaux: dict[int, list[Permanence]] = {pk: [] for pk in services}
    for creneau in Permanence.objects.filter(
        service__in=services, fin__gt=moment, debut__lt=fin, titulaire__is_active=True
    ).order_by("debut"):
        creneaux[creneau.service_id].append(creneau)
    return {pk: trous(lot, moment, fin) for pk, lot in creneaux.items()}
