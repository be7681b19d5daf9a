"""The registry of routes without a named patient. A new one is a module here and a line below."""

from signalements.declarations.modele import Route
from signalements.declarations.routes import (
    alerte_surete,
    infraction_etab,
    objet_illicite,
    sans_identite,
    violence_personnel,
)

_MODULES = (objet_illicite, violence_personnel, sans_identite, infraction_etab, alerte_surete)
ROUTES: dict[str, Route] = {module.ROUTE.code: module.ROUTE for module in _MODULES}


def route_de(code: str) -> Route:
    return ROUTES[code]


def par_adresse(situation: str) -> Route | None:
    """The route of an address, or None when it is not one of these."""
    return ROUTES.get(situation.upper().replace("-", "_"))


__all__ = ["ROUTES", "Route", "par_adresse", "route_de"]
