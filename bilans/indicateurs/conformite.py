"""Figures of how well a requisition is written: what stood at its first reading, what was asked, what was joined."""

from django.db.models import Count, Exists, Func, OuterRef, Q, TextField

from bilans.indicateurs.periode import Periode, transmis
from bilans.indicateurs.releve import Releve, Tableau, classer, taux
from bilans.indicateurs.requisitions import NATURE, TROP_PEU, compter, lettres
from bilans.secret_statistique import NON_AFFICHE, part
from dossiers.models import Evenement
from requisitions.mentions import LIBELLES
from requisitions.models import Cadre, Derogation, Regularisation, Requisition


def conformite(p: Periode) -> Releve:
    """I24. A point lifted once the demand is validated says nothing of how it was written."""
    faits = Evenement.objects.filter(dossier=OuterRef("pk"))
    ici, leve = OuterRef("dossier"), Derogation.Niveau.BLOQUANT
    valides = faits.filter(nom="valider")
    malgre = valides.filter(Exists(Derogation.objects.filter(dossier=ici, niveau=leve, levee_le__lte=OuterRef("le"))))
    reprise = Exists(Regularisation.objects.filter(dossier=OuterRef("pk")))
    finis = transmis(NATURE, p).filter(Exists(faits.filter(nom__in=("valider", "refuser", "classer"))))
    conforme = Exists(valides) & ~Exists(malgre) & ~Exists(faits.filter(nom="refuser")) & ~reprise
    comptes = finis.annotate(conforme=conforme).aggregate(
        tous=Count("pk"), conformes=Count("pk", filter=Q(conforme=True))
    )
    conformes, tous = comptes["conformes"], comptes["tous"]
    mot = part(conformes, tous)
    conclusion = (
        TROP_PEU if mot == NON_AFFICHE else f"{mot.capitalize()} des réquisitions sont complètes du premier coup"
    )
    chiffre = taux("conformes du premier coup", conformes, tous)
    points = _points(p)
    return Releve("I24", conclusion, (chiffre,), (_tableau(points),) if points else ())


def _points(p: Periode) -> dict[str, int]:
    """A request to put right may name several points: each is counted."""
    demandes = Regularisation.objects.filter(dossier__in=transmis(NATURE, p)).order_by()
    point = Func("points", function="jsonb_array_elements_text", output_field=TextField(), set_returning=True)
    return compter(demandes.annotate(point=point), "point")


def _tableau(points: dict[str, int]) -> Tableau:
    noms = {numero: mot for numero, (mot, _) in LIBELLES.items()}
    titre = "Points à régulariser, les cinq plus demandés"
    return classer(titre, "Point demandé", noms, points, premiers=5, dessin="horizontales")


def autorisations(p: Periode) -> Releve:
    """I32."""
    attendues = lettres(p).filter(cadre=Cadre.PRELIM).exclude(type_acte="EX_GAV")
    comptes = compter(attendues.exclude(autorisation_mode=Requisition.Autorisation.DIRECTE), "autorisation_mode")
    jointes, toutes = comptes.get(Requisition.Autorisation.ECRITE, 0), sum(comptes.values())
    mot = part(jointes, toutes)
    conclusion = (
        TROP_PEU
        if mot == NON_AFFICHE
        else f"L’autorisation du procureur est jointe à {mot} des réquisitions préliminaires"
    )
    return Releve("I32", conclusion, (taux("autorisation écrite du procureur jointe", jointes, toutes),))
