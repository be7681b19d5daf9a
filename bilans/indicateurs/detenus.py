"""Figures of detained persons' trips to the hospital."""

from django.db.models import Count

from bilans.indicateurs.periode import Periode, ouverts
from bilans.indicateurs.releve import Releve, Tableau, effectif, repartir, taux
from bilans.secret_statistique import NON_AFFICHE, part
from prises_en_charge.models import Extraction

NATURE = "EXTRACTION"
OBJECTIF = 8
FAITES = ("SORTIE", "RETOUR_CONFIRME", "CLOTUREE")


def extractions(p: Periode) -> Releve:
    """I30."""
    etats = dict(ouverts(NATURE, p).values_list("etat").annotate(nombre=Count("pk")))
    total = sum(etats.values())
    par_escorte, par_soin = etats.get("ANNULEE_ESCORTE", 0), etats.get("ANNULEE_SOIN", 0)
    refus, faites = etats.get("REFUS_PATIENT", 0), sum(etats.get(etat, 0) for etat in FAITES)
    annulees = par_escorte + par_soin
    issues = repartir(
        "Extractions selon leur issue",
        "Issue",
        [
            ("faites", "Réalisées"),
            ("escorte", "Annulées par l’établissement"),
            ("soin", "Annulées par l’hôpital"),
            ("refus", "Refusées par la personne"),
            ("cours", "En cours ou à venir"),
        ],
        {
            "faites": faites,
            "escorte": par_escorte,
            "soin": par_soin,
            "refus": refus,
            "cours": total - faites - annulees - refus,
        },
        connus=[["escorte", "soin"]],
        dessin="horizontales",
    )
    mot = part(annulees, total)
    conclusion = (
        "Trop peu d’extractions pour conclure"
        if mot == NON_AFFICHE
        else f"{mot.capitalize()} des extractions sont annulées"
    )
    precision = f"objectif proposé\u00a0: {OBJECTIF}\u00a0% au plus"
    chiffres = (
        effectif("extractions demandées", total),
        taux("extractions annulées", annulees, total, precision, au_plus=OBJECTIF),
    )
    return Releve("I30", conclusion, chiffres, (issues, _motifs(p)))


def _motifs(p: Periode) -> Tableau:
    """The coded grounds of cancellation: never the reason of the trip."""
    lettres = Extraction.objects.filter(dossier__in=ouverts(NATURE, p)).order_by()
    comptes: dict[str, int] = {}
    noms: dict[str, str] = {}
    for prefixe, auteur, champ, etat, choix in (
        ("E", "Établissement", "annulation_escorte_motif", "ANNULEE_ESCORTE", Extraction.AnnulationEscorte.choices),
        ("S", "Hôpital", "annulation_soin_motif", "ANNULEE_SOIN", Extraction.AnnulationSoin.choices),
    ):
        noms |= {f"{prefixe}:{code}": f"{auteur}\u00a0: {mot[0].lower()}{mot[1:]}" for code, mot in choix}
        bruts = lettres.filter(dossier__etat=etat).values_list(champ).annotate(nombre=Count("pk"))
        comptes |= {f"{prefixe}:{motif}": nombre for motif, nombre in bruts}
    connus = [[code for code in noms if code.startswith(prefixe)] for prefixe in ("E", "S")]
    return repartir("Annulations par motif", "Motif", list(noms.items()), comptes, connus=connus, dessin="horizontales")
