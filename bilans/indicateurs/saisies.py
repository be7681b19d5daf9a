"""Figures of the seizures and searches: who was there, how long they waited, what they took and what came back."""

from dataclasses import replace

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from bilans.indicateurs.delais import centiles
from bilans.indicateurs.periode import Periode
from bilans.indicateurs.releve import Case, Chiffre, Releve, Tableau, duree, en_mots, repartir, taux
from bilans.indicateurs.requisitions import TROP_PEU, compter, lettres, montrees
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
    (nombre,) = montrees(p, "SAISIE")
    total = Chiffre("saisies et perquisitions annoncées ou menées", en_mots(nombre))
    if not isinstance(nombre, int):
        return Releve("I33", TROP_PEU, (total,))
    annoncees = lettres(p).filter(type_acte="SAISIE")
    menees = annoncees.filter(refus_motif="", dossier__etat__in=SORTIE, dossier__volet__debut__isnull=False)
    presences = compter(menees, "dossier__volet__ordre_presence")
    faites = sum(presences.values())
    comptes = _prises_et_reserves(menees)
    reserves = _reserves(comptes["reserves"], faites)
    mot = part(presences.get("present", 0), faites)
    conclusion = TROP_PEU if mot == NON_AFFICHE else f"L’Ordre est présent à {mot} des saisies et perquisitions menées"
    chiffres = (
        total,
        _attente(menees),
        taux("menées en présence de l’Ordre", presences.get("present", 0), faites),
        taux("copie intégrale conservée, quand un original est saisi", comptes["gardees"], comptes["originaux"]),
        _rendus(menees, comptes["originaux"]),
        Chiffre("menées avec des réserves", en_mots(_avec_reserve(reserves))),
    )
    return Releve("I33", conclusion, chiffres, (_suites(annoncees, presences), reserves))


def _suites(annoncees: QuerySet[Requisition], presences: dict[str, int]) -> Tableau:
    """The next table tells how many took place, hence how many did not."""
    comptes = annoncees.aggregate(
        toutes=Count("pk"), avenir=Count("pk", filter=Q(dossier__etat__in=AVANT_REMISE - SORTIE))
    )
    sans = comptes["toutes"] - sum(presences.values()) - comptes["avenir"]
    return repartir(
        "Saisies et perquisitions selon leur suite",
        "Suite",
        [*PRESENCES.items(), *AUTRES.items()],
        {**presences, "avenir": comptes["avenir"], "sans": sans},
        connus=[list(PRESENCES), list(AUTRES)],
        dessin="horizontales",
    )


def _attente(menees: QuerySet[Requisition]) -> Chiffre:
    """From the announcement on: an unplanned search has none, nor a paper that came after the operation."""
    debut, annonce = F("dossier__volet__debut"), F("dossier__transmis_le")
    prevues = menees.filter(inopinee=False, dossier__volet__debut__gte=annonce)
    lus = centiles(prevues.annotate(attente=debut - annonce))
    return Chiffre("délai médian entre l’annonce et la saisie", duree(lus["mediane"], lus["nombre"]))


def _originaux() -> QuerySet[PieceSaisie]:
    retenue, original = PieceSaisie.Sort.RETENUE, PieceSaisie.Support.ORIGINAL
    return PieceSaisie.objects.vivantes().filter(sort=retenue, support=original).order_by()


def _prises_et_reserves(menees: QuerySet[Requisition]) -> dict[str, int]:
    """By seizure: those that took an original, those of them that left a full copy, those with a reservation."""
    return menees.annotate(
        original=Exists(_originaux().filter(dossier=OuterRef("pk"))),
        reserve=Exists(Reserve.objects.vivantes().filter(dossier=OuterRef("pk"))),
    ).aggregate(
        originaux=Count("pk", filter=Q(original=True)),
        gardees=Count("pk", filter=Q(original=True, dossier__inventaire__copie_conservee=True)),
        reserves=Count("pk", filter=Q(reserve=True)),
    )


def _rendus(menees: QuerySet[Requisition], saisies_d_originaux: int) -> Chiffre:
    """By piece: a seal comes back whole. Said when five seizures or more took one."""
    revenus = Restitution.objects.filter(
        dossier=OuterRef("dossier"), scelle=OuterRef("scelle__numero"), restituee_le__isnull=False
    )
    pieces = _originaux().filter(dossier__in=menees.values("pk")).annotate(rendue=Exists(revenus))
    comptes = pieces.aggregate(rendus=Count("pk", filter=Q(rendue=True)), tous=Count("pk"))
    chiffre = taux("originaux saisis et restitués", comptes["rendus"], comptes["tous"])
    return chiffre if saisies_d_originaux >= SEUIL else replace(chiffre, valeur=NON_AFFICHE)


def _reserves(avec: int, faites: int) -> Tableau:
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
