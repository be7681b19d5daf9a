"""Figures of the seizures and searches: who was there, how long they waited, what they took and what came back."""

from django.db.models import Exists, F, OuterRef, QuerySet

from bilans.indicateurs.delais import centiles
from bilans.indicateurs.periode import Periode
from bilans.indicateurs.releve import Case, Chiffre, Releve, Tableau, duree, en_mots, repartir, taux
from bilans.indicateurs.requisitions import TROP_PEU, compter, lettres, volume
from bilans.secret_statistique import NON_AFFICHE, SEUIL, part
from requisitions.etats import AVANT_REMISE
from requisitions.models import PieceSaisie, Requisition, Reserve, Restitution
from requisitions.policies import SORTIE

PRESENCES = {
    "present": "Menée, l’Ordre présent",
    "excuse": "Menée, l’Ordre excusé",
    "absent": "Menée, l’Ordre absent",
    "": "Menée, présence de l’Ordre non notée",
}
AUTRES = {"avenir": "À venir ou en cours", "sans": "Refusée, annulée, classée ou close sans opération"}
AVEC = "Avec réserve"


def saisies(p: Periode) -> Releve:
    """I33. An operation took place when its beginning was noted and its answer left."""
    annoncees = lettres(p).filter(type_acte="SAISIE")
    menees = annoncees.filter(refus_motif="", dossier__etat__in=SORTIE, dossier__volet__debut__isnull=False)
    presences = compter(menees, "dossier__volet__ordre_presence")
    faites, nombre = sum(presences.values()), volume(p, "SAISIE")
    mot = part(presences.get("present", 0), faites)
    conclusion = TROP_PEU if mot == NON_AFFICHE else f"L’Ordre est présent à {mot} des saisies et perquisitions menées"
    reserves = _reserves(menees, faites)
    tableaux = (_suites(annoncees, presences), reserves) if isinstance(nombre, int) else ()
    chiffres = (
        Chiffre("saisies et perquisitions annoncées ou menées", en_mots(nombre)),
        _attente(menees),
        taux("menées en présence de l’Ordre", presences.get("present", 0), faites),
        *_originaux(menees),
        Chiffre("menées avec des réserves", en_mots(_avec_reserve(reserves)) if tableaux else NON_AFFICHE),
    )
    return Releve("I33", conclusion, chiffres, tableaux)


def _suites(annoncees: QuerySet[Requisition], presences: dict[str, int]) -> Tableau:
    """The next table tells how many took place, hence how many did not."""
    avenir = annoncees.filter(dossier__etat__in=AVANT_REMISE - SORTIE).count()
    sans = annoncees.count() - sum(presences.values()) - avenir
    return repartir(
        "Saisies et perquisitions selon leur suite",
        "Suite",
        [*PRESENCES.items(), *AUTRES.items()],
        {**presences, "avenir": avenir, "sans": sans},
        connus=[list(PRESENCES), list(AUTRES)],
        dessin="horizontales",
    )


def _attente(menees: QuerySet[Requisition]) -> Chiffre:
    """From the announcement on: an unplanned search has none, nor a paper that came after the operation."""
    debut, annonce = F("dossier__volet__debut"), F("dossier__transmis_le")
    prevues = menees.filter(inopinee=False, dossier__volet__debut__gte=annonce)
    lus = centiles(prevues.annotate(attente=debut - annonce))
    return Chiffre("délai médian entre l’annonce et la saisie", duree(lus["mediane"], lus["nombre"]))


def _originaux(menees: QuerySet[Requisition]) -> tuple[Chiffre, Chiffre]:
    """By piece for what came back, when five seizures or more took one: a seal comes back whole."""
    prises = PieceSaisie.objects.vivantes().filter(sort=PieceSaisie.Sort.RETENUE, support=PieceSaisie.Support.ORIGINAL)
    avec = menees.filter(Exists(prises.filter(dossier=OuterRef("pk"))))
    total, gardees = avec.count(), avec.filter(dossier__inventaire__copie_conservee=True).count()
    pieces = prises.filter(dossier__in=menees.values("pk")).order_by()
    revenus = Restitution.objects.filter(
        dossier=OuterRef("dossier"), scelle=OuterRef("scelle__numero"), restituee_le__isnull=False
    )
    rendus = taux("originaux saisis et restitués", pieces.filter(Exists(revenus)).count(), pieces.count())
    return (
        taux("copie intégrale conservée, quand un original est saisi", gardees, total),
        rendus if total >= SEUIL else Chiffre(rendus.libelle, NON_AFFICHE),
    )


def _reserves(menees: QuerySet[Requisition], faites: int) -> Tableau:
    avec = menees.filter(Exists(Reserve.objects.vivantes().filter(dossier=OuterRef("pk")))).count()
    return repartir(
        "Saisies et perquisitions menées, selon les réserves",
        "Réserves",
        [("avec", AVEC), ("sans", "Sans réserve")],
        {"avec": avec, "sans": faites - avec},
        dessin="horizontales",
    )


def _avec_reserve(reserves: Tableau) -> Case:
    """As the table may show it: beside its total, a small number would be guessed."""
    return next(ligne[1] for ligne in reserves.lignes if ligne[0] == AVEC)
