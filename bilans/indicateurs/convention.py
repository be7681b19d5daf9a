"""Figures of the convention itself: sheets revised, sheets verified. They count texts, so nothing is hidden."""

from datetime import date

from django.db.models import Count, Q

from bilans.indicateurs.periode import Periode
from bilans.indicateurs.releve import Case, Chiffre, Releve, Tableau
from fiches.models import VersionFiche

DEUX_ANS = 2


def fiches(p: Periode) -> Releve:
    """I20."""
    vigueur = VersionFiche.objects.filter(etat=VersionFiche.Etat.EN_VIGUEUR).order_by()
    fin = p.fin.date()
    limite = date(fin.year - DEUX_ANS, fin.month, min(fin.day, 28))
    a_jour = vigueur.aggregate(toutes=Count("pk"), recentes=Count("pk", filter=Q(verifie_le__gte=limite)))
    revisees = (
        VersionFiche.objects.filter(effet_le__year=p.annee, rang__gt=1).select_related("fiche").order_by("effet_le")
    )
    lignes: list[tuple[Case, ...]] = [
        (f"Fiche {version.fiche.numero}, {version.titre}", version.numero, version.effet_le.strftime("%d/%m/%Y"))
        for version in revisees
        if version.effet_le
    ]
    tableau = Tableau("Fiches révisées dans l’année", ("Fiche", "Version", "En vigueur le"), tuple(lignes))
    nombre = len(lignes)
    conclusion = (
        "Aucune fiche n’a été révisée dans l’année"
        if not nombre
        else f"{nombre} fiche{'s' if nombre > 1 else ''} révisée{'s' if nombre > 1 else ''} dans l’année"
    )
    chiffres = (
        Chiffre("fiches révisées dans l’année", str(nombre)),
        Chiffre(
            "fiches en vigueur", str(a_jour["toutes"]), f"dont {a_jour['recentes']} vérifiées depuis moins de deux ans"
        ),
    )
    return Releve("I20", conclusion, chiffres, (tableau,) if lignes else ())
