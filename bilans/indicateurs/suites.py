"""What §13 and §14 want said every year of what did not go by itself: points lifted, fees, incidents."""

from decimal import Decimal

from django.db.models import Count, Sum

from bilans.indicateurs.periode import Periode, transmis
from bilans.indicateurs.releve import Chiffre, Releve, classer, effectif, repartir
from bilans.indicateurs.requisitions import NATURE, TROP_PEU, compter
from bilans.secret_statistique import NON_AFFICHE, SEUIL
from dossiers.models import BrisDeGlace
from requisitions.controles.intitules import ANCIENS, INTITULES
from requisitions.mentions import LIBELLES
from requisitions.models import Derogation, Incident, Memoire
from requisitions.types_acte import libelles

MENTIONS = {numero: mot.lower() for numero, (mot, _) in LIBELLES.items()}
CONTROLES = {numero: f"{numero}, {mot}" for numero, mot in {**MENTIONS, **INTITULES, **ANCIENS}.items()}


def levees(p: Periode) -> Releve:
    """I35."""
    ecrits = Derogation.objects.filter(dossier__in=transmis(NATURE, p)).order_by()
    leves = ecrits.filter(niveau=Derogation.Niveau.BLOQUANT)
    passees = compter(ecrits.filter(niveau=Derogation.Niveau.ALERTE), "controle")
    nombre = leves.count()
    vitales = leves.filter(vitale=True).count()
    tableaux = (
        repartir(
            "Points bloquants levés, selon qui lève",
            "Qui lève",
            [("ecrit", "Par écrit, affaires juridiques ou direction"), ("vitale", "Par une urgence vitale")],
            {"ecrit": nombre - vitales, "vitale": vitales},
            dessin="horizontales",
        ),
        classer("Points bloquants levés, par contrôle", "Contrôle", CONTROLES, compter(leves, "controle")),
        classer("Alertes passées outre, par contrôle", "Contrôle", CONTROLES, passees),
    )
    chiffres = (
        effectif("points bloquants levés", nombre),
        effectif("alertes passées outre", sum(passees.values())),
    )
    conclusion = TROP_PEU if nombre < SEUIL else "Ce qui part malgré un contrôle, et qui en répond"
    return Releve("I35", conclusion, chiffres, tableaux)


def frais(p: Periode) -> Releve:
    """I36."""
    memoires = Memoire.objects.filter(dossier__in=transmis(NATURE, p)).order_by()
    comptes: dict[str, int] = {}
    montants: dict[str, Decimal] = {}
    lignes = memoires.values_list("situation").annotate(nombre=Count("pk"), somme=Sum("montant"))
    for situation, nombre, somme in lignes:
        comptes[situation], montants[situation] = nombre, somme or Decimal(0)
    payes, a_etablir = comptes.get(Memoire.Situation.PAYE, 0), comptes.get(Memoire.Situation.A_ETABLIR, 0)
    factures = sum(comptes.values()) - a_etablir
    facture = sum(montants.values(), Decimal(0)) - montants.get(Memoire.Situation.A_ETABLIR, Decimal(0))
    # Both sums together would tell the amount of the few that are not paid.
    isole = 0 < factures - payes < SEUIL
    encaisse = NON_AFFICHE if isole else _euros(montants.get(Memoire.Situation.PAYE, Decimal(0)), payes)
    tableau = repartir(
        "Mémoires de frais selon leur situation",
        "Situation",
        [(str(code), str(mot)) for code, mot in Memoire.Situation.choices],
        comptes,
        dessin="horizontales",
    )
    chiffres = (
        Chiffre("frais facturés", _euros(facture, factures)),
        Chiffre("frais encaissés", encaisse),
    )
    conclusion = TROP_PEU if factures < SEUIL else "Ce que l’hôpital facture à la justice, et ce qu’il encaisse"
    return Releve("I36", conclusion, chiffres, (tableau,))


def _euros(somme: Decimal, effectif: int) -> str:
    """« 1 182 € », when five bills or more make it."""
    if effectif < SEUIL:
        return NON_AFFICHE
    return f"{round(somme):,}".replace(",", "\u00a0") + "\u00a0€"


def echeances_depassees(p: Periode) -> Releve:
    """I37."""
    incidents = Incident.objects.filter(dossier__in=transmis(NATURE, p)).order_by()
    comptes = compter(incidents, "dossier__variante")
    nombre = sum(comptes.values())
    tableau = classer("Échéances dépassées, par type d’acte", "Type d’acte", libelles(), comptes, dessin="horizontales")
    conclusion = TROP_PEU if nombre < SEUIL else "Les échéances qui n’ont pas été tenues"
    chiffres = (effectif("échéances dépassées au registre des incidents", nombre),)
    return Releve("I37", conclusion, chiffres, (tableau,))


def confidentialite(p: Periode) -> Releve:
    """I38."""
    ouvertures = BrisDeGlace.objects.filter(ouvert_le__gte=p.debut, ouvert_le__lt=p.fin).order_by()
    comptes = compter(ouvertures, "constat")
    constats = [(str(code), str(mot)) for code, mot in BrisDeGlace.Constat.choices]
    tableau = repartir(
        "Accès exceptionnels selon leur examen",
        "Constat",
        [*constats, ("", "Pas encore examiné")],
        comptes,
        dessin="horizontales",
    )
    incidents = comptes.get(BrisDeGlace.Constat.INJUSTIFIE, 0)
    # Beside their total, a small number would be guessed: the table says when it may be shown.
    montre = next((ligne[1] for ligne in tableau.lignes if ligne[0] == BrisDeGlace.Constat.INJUSTIFIE.label), 0)
    chiffre = (
        effectif("incidents de confidentialité, accès injustifiés", incidents)
        if isinstance(montre, int)
        else Chiffre("incidents de confidentialité, accès injustifiés", str(montre))
    )
    conclusion = "Les dossiers ouverts hors de son rôle, et ce que leur examen en dit"
    return Releve("I38", conclusion, (chiffre,), (tableau,))
