"""Figures of what takes place at the hospital: seizures and hearings.

Their counts are shown when the volume of their act is: nothing here tells a number that I23 hides.
"""

from collections import Counter

from django.db.models import Count

from bilans.indicateurs.periode import Periode
from bilans.indicateurs.releve import Case, Chiffre, Releve, Tableau, en_mots, repartir, taux
from bilans.indicateurs.requisitions import TROP_PEU, lettres, par_acte
from bilans.secret_statistique import MOINS, NON_AFFICHE, part
from requisitions import etats
from requisitions.policies import SORTIE
from requisitions.types_acte import libelles


def _nombre(p: Periode, code: str) -> Case:
    """What the volume of requisitions shows of this act."""
    return next((ligne[1] for ligne in par_acte(p).lignes if ligne[0] == libelles()[code]), MOINS)


def saisies(p: Periode) -> Releve:
    """I33."""
    comptes: Counter[str] = Counter()
    bruts = lettres(p).filter(type_acte="SAISIE").values_list("dossier__etat", "dossier__convocation__reponse")
    for etat, reponse, nombre in bruts.annotate(nombre=Count("pk")):
        comptes[("jamais" if reponse is None else reponse or "muet") if etat in SORTIE else "autres"] += nombre
    menees = {
        "vient": "Un conseiller annoncé",
        "empeche": "Aucun conseiller disponible",
        "muet": "Ordre convoqué, sans réponse",
        "jamais": "Ordre non convoqué",
    }
    faites = sum(comptes[code] for code in menees)
    mot, nombre = part(comptes["vient"], faites), _nombre(p, "SAISIE")
    conclusion = TROP_PEU if mot == NON_AFFICHE else f"L’Ordre annonce un conseiller pour {mot} des saisies menées"
    tableau = repartir(
        "Saisies selon la réponse de l’Ordre à sa convocation",
        "Réponse de l’Ordre",
        [*menees.items(), ("autres", "Saisie à venir, refusée ou annulée")],
        comptes,
        connus=[list(menees)],
        dessin="horizontales",
    )
    chiffres = (
        Chiffre("saisies annoncées ou menées", en_mots(nombre)),
        taux("saisies menées avec un conseiller annoncé", comptes["vient"], faites),
    )
    return Releve("I33", conclusion, chiffres, (tableau,) if isinstance(nombre, int) else ())


def auditions(p: Periode) -> Releve:
    """I34."""
    chiffres, tableaux = [], []
    for code, qui in (("AUD_PAT", "patients"), ("AUD_PRO", "professionnels")):
        nombre = _nombre(p, code)
        chiffres.append(Chiffre(f"auditions de {qui} demandées", en_mots(nombre)))
        if isinstance(nombre, int):
            tableaux.append(_suites(p, code, f"Auditions de {qui} selon leur suite"))
    conclusion = "Les auditions à l’hôpital et leur suite" if tableaux else TROP_PEU
    return Releve("I34", conclusion, tuple(chiffres), tuple(tableaux))


def _suites(p: Periode, code: str, titre: str) -> Tableau:
    comptes: Counter[str] = Counter()
    bruts = lettres(p).filter(type_acte=code).values_list("dossier__etat", "dossier__phase")
    for etat, phase, nombre in bruts.annotate(nombre=Count("pk")):
        sort = "menees" if etat in SORTIE else "refusees" if etat == etats.REFUSEE else phase
        comptes[sort if sort in {"menees", "refusees", "clos"} else "cours"] += nombre
    suites = [
        ("menees", "Menées, écrit prêt ou remis"),
        ("refusees", "Refusées"),
        ("clos", "Annulées ou classées"),
        ("cours", "En cours ou à venir"),
    ]
    return repartir(titre, "Suite", suites, comptes, dessin="horizontales")
