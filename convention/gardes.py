"""Who can be reached now: a service, its best number at this hour, and the person on duty."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch
from django.utils import timezone

from convention.models import Contact, Permanence, Service

PEREMPTION = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Joignable:
    """One line of a directory, in the words its reader may read."""

    code: str
    libelle: str
    famille: str
    institution: str
    telephone: str
    precision: str
    perime: bool


def joignables(
    codes: Iterable[str] | None, *, lecteur: frozenset[int], maintenant: datetime | None = None
) -> list[Joignable]:
    """The services of these codes, in that order (all of them for None); `lecteur`: the reader's institutions.

    A duty number, when the roster has one now, comes before the ordinary one. Three queries whatever the number.
    """
    maintenant = maintenant or timezone.now()
    en_cours = Permanence.objects.filter(debut__lte=maintenant, fin__gt=maintenant).select_related("titulaire")
    services = (
        Service.objects.select_related("institution")
        .prefetch_related(
            Prefetch("permanences", queryset=en_cours, to_attr="en_cours"),
            Prefetch("contacts", queryset=Contact.objects.order_by("ordre", "pk")),
        )
        .order_by("institution__nom", "nom")
    )
    if codes is not None:
        demandes = list(codes)
        par_code = {service.code: service for service in services.filter(code__in=demandes)}
        trouves = [par_code[code] for code in demandes if code in par_code]
    else:
        trouves = list(services)
    return [_joignable(service, lecteur, timezone.localdate(maintenant)) for service in trouves]


def _joignable(service: Service, lecteur: frozenset[int], jour: object) -> Joignable:
    sien = service.institution_id in lecteur
    contact = next(iter(service.contacts.all()), None)
    garde = next(iter(service.en_cours), None)  # type: ignore[attr-defined]
    precisions = []
    if garde and sien:
        precisions.append(f"De garde : {garde.titulaire}")
    elif garde:
        precisions.append("De permanence")
    if contact and contact.horaires:
        precisions.append(contact.horaires)
    return Joignable(
        code=service.code,
        libelle=service.nom if sien else service.nom_externe,
        famille=service.institution.famille,
        institution=service.institution.nom_court,
        telephone=(garde.telephone if garde else "") or (contact.telephone if contact else ""),
        precision=" · ".join(precisions),
        perime=contact is None or contact.verifie_le + PEREMPTION < jour,  # type: ignore[operator]
    )
