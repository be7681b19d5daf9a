"""Medians and ninth deciles of delays, each shown only when five cases or more stand behind it."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, QuerySet

from bilans.indicateurs.periode import Centile, Periode
from bilans.indicateurs.releve import Case, Tableau, duree
from bilans.secret_statistique import NON_AFFICHE, SEUIL


def centiles(lignes: QuerySet) -> dict[str, Any]:
    """`nombre`, `mediane` and `p90` of rows that carry a delay `attente`."""
    return lignes.order_by().aggregate(nombre=Count("pk"), mediane=Centile("attente"), p90=Centile("attente", 0.9))


def neuf_sur_dix(lus: dict[str, Any]) -> str:
    return f"neuf sur dix en moins de {duree(lus['p90'], lus['nombre'])}" if lus["nombre"] >= SEUIL else ""


def centiles_par(lignes: QuerySet, champ: str) -> dict[Any, dict[str, Any]]:
    """The same for each value of a field, in one query."""
    lus = (
        lignes.order_by()
        .values(champ)
        .annotate(nombre=Count("pk"), mediane=Centile("attente"), p90=Centile("attente", 0.9))
    )
    return {ligne[champ]: ligne for ligne in lus}


def medianes_par_mois(titre: str, unite: str, p: Periode, lignes: QuerySet, pas: timedelta, **dessin: Any) -> Tableau:
    """A line chart of monthly medians, counted in `pas`, of rows that carry `mois` and `attente`."""
    par_mois = centiles_par(lignes, "mois")
    rangs: list[tuple[Case, ...]] = []
    for mois, mot in p.mois:
        lus = par_mois.get(mois)
        rangs.append((mot, round(lus["mediane"] / pas, 1) if lus and lus["nombre"] >= SEUIL else NON_AFFICHE))
    return Tableau(titre, ("Mois", unite), tuple(rangs), "courbes", unite.lower(), **dessin)
