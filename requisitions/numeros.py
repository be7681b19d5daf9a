"""The numbers of the directory that a page or a letter gives: never the one written on a demand."""

from convention.annuaire import services_sans_numero_sur, valables
from convention.models import Contact, Service
from requisitions.circuit import DAJ, PARQUET


def telephones(services: list[int]) -> dict[int, str]:
    """The first number of the directory of each service."""
    numeros: dict[int, str] = {}
    connus = Contact.objects.filter(valables(), service__in=services).exclude(telephone="")
    for service_id, telephone in connus.values_list("service_id", "telephone"):
        numeros.setdefault(service_id, telephone)
    return numeros


def numero_du_parquet() -> str:
    """Whom one calls at any hour, as the directory has it."""
    return _numero(PARQUET)


def numero_des_juridiques() -> str:
    """The one contact of whoever requires."""
    return _numero(DAJ)


def _numero(code: str) -> str:
    return next(iter(telephones(list(Service.objects.filter(code=code).values_list("pk", flat=True))).values()), "")


def a_verifier(services: list[int]) -> frozenset[int]:
    """The services without one contact verified within ninety days: one does not call before checking."""
    return frozenset(services_sans_numero_sur().filter(pk__in=services).values_list("pk", flat=True))
