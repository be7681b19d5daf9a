"""Figures of the convention itself: sheets revised, verified, read; feedback and how fast it is answered.

What counts texts hides nothing; what counts what people wrote is protected like a case."""

from datetime import date

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from bilans.indicateurs.delais import centiles, neuf_sur_dix
from bilans.indicateurs.periode import Periode
from bilans.indicateurs.releve import Case, Chiffre, Releve, Tableau, duree, effectif, repartir, taux
from bilans.models import RetourExperience
from convention.textes import PRINCIPALE
from fiches.models import AccuseLecture, VersionFiche

DEUX_ANS = 2


def _versions() -> QuerySet[VersionFiche]:
    """The sheets of the convention that is reviewed, never those of another kind."""
    return VersionFiche.objects.filter(fiche__thematique__convention__genre=PRINCIPALE)


def fiches(p: Periode) -> Releve:
    """I20."""
    vigueur = _versions().filter(etat=VersionFiche.Etat.EN_VIGUEUR).order_by()
    fin = p.fin.date()
    limite = date(fin.year - DEUX_ANS, fin.month, min(fin.day, 28))
    a_jour = vigueur.aggregate(toutes=Count("pk"), recentes=Count("pk", filter=Q(verifie_le__gte=limite)))
    revisees = _versions().filter(effet_le__year=p.annee, rang__gt=1).select_related("fiche").order_by("effet_le")
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


def lectures(p: Periode) -> Releve:
    """I21, its part on reading: which sheets nobody has acknowledged in their present version."""
    vigueur = _versions().filter(etat=VersionFiche.Etat.EN_VIGUEUR).select_related("fiche")
    lues = AccuseLecture.objects.filter(version_fiche=OuterRef("pk"), lu_le__lt=p.fin)
    jamais = list(vigueur.filter(~Exists(lues)).order_by("fiche__numero"))
    nombre, toutes = len(jamais), vigueur.count()
    lignes: tuple[tuple[Case, ...], ...] = tuple(
        (f"Fiche {version.fiche.numero}, {version.titre}", version.numero) for version in jamais
    )
    conclusion = (
        "Toutes les fiches en vigueur ont été lues"
        if not nombre
        else f"{nombre} fiche{'s' if nombre > 1 else ''} en vigueur sur {toutes} sans aucune lecture attestée"
    )
    tableau = Tableau("Fiches jamais lues dans leur version en vigueur", ("Fiche", "Version"), lignes)
    return Releve("I21", conclusion, (Chiffre("fiches jamais lues", str(nombre)),), (tableau,) if lignes else ())


def retours(p: Periode) -> Releve:
    """I31: « cette étape ne marche pas », by what does not work, and how it is answered."""
    deposes = RetourExperience.objects.filter(
        depose_le__gte=p.debut, depose_le__lt=p.fin, version_fiche__in=_versions()
    ).order_by()
    lus = centiles(
        deposes.filter(repondu_le__lt=p.fin).annotate(
            attente=ExpressionWrapper(F("repondu_le") - F("depose_le"), output_field=DurationField())
        )
    )
    recus, repondus = deposes.count(), lus["nombre"]
    categories = dict(deposes.values_list("categorie").annotate(Count("pk")))
    tableau = repartir(
        "Retours selon ce qui ne marche pas",
        "Ce qui ne marche pas",
        RetourExperience.Categorie.choices,
        categories,
        dessin="horizontales",
        unite="retours",
    )
    chiffres = (
        effectif("retours reçus", recus),
        taux("retours répondus", repondus, recus),
        Chiffre("délai médian de réponse", duree(lus["mediane"], repondus), neuf_sur_dix(lus)),
    )
    return Releve("I31", "Ce que le terrain dit des fiches", chiffres, (tableau,))
