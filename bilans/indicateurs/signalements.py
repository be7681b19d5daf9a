"""Figures of the signalements: how many, how fast, with what information, with what outcome."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import ExtractMonth

from bilans.indicateurs.delais import centiles, medianes_par_mois, neuf_sur_dix
from bilans.indicateurs.periode import Periode, comparable, transmis
from bilans.indicateurs.releve import (
    Chiffre,
    Releve,
    Tableau,
    croiser,
    duree,
    effectif,
    repartir,
    taux,
)
from bilans.secret_statistique import NON_AFFICHE, SEUIL, part
from dossiers.echeances import PARIS
from dossiers.models import Evenement
from dossiers.registre import types
from signalements.models import Complement, Signalement, Suite
from signalements.reponses import SuiteType

NATURE = "SIGNALEMENT"
SANS_ACCORD = "VC_SANS_ACCORD"
ENGAGEMENT = timedelta(hours=1)
ISSUES = (
    ("enquete", "Enquête ou poursuites", ("ENQUETE", "GAV", "POURSUITES", "EXPERTISE")),
    ("protection", "Protection de la personne", ("TGD", "OPPI", "OP")),
    ("enfance", "Protection de l’enfance", ("OPP", "AUDITION_UAPED")),
    ("classement", "Classement ou alternative", ("CLASSEMENT", "ALTERNATIVE")),
    ("recherche", "Personne recherchée ou retrouvée", ("RECHERCHES", "RETROUVEE")),
    ("forces", "Plainte reçue ou intervention", ("PLAINTE_RECUE", "INTERVENTION")),
    ("armes", "Arme remise ou retirée", ("DESSAISISSEMENT", "REMISE_VOLONTAIRE")),
    ("rien", "Sans suite", ("SANS_SUITE",)),
    ("transmis", "Transmis à un autre parquet", ("TRANSMIS_AUTRE_PARQUET",)),
    ("secret", "Suite non communicable", (SuiteType.SANS_RETOUR.value,)),
)


def _libelles() -> dict[str, str]:
    return next((genre.variantes for genre in types() if genre.nature == NATURE), {})


def par_mois(p: Periode) -> Releve:
    """I01."""
    bruts = (
        transmis(NATURE, p)
        .annotate(mois=ExtractMonth("transmis_le", tzinfo=PARIS))
        .values_list("mois", "variante")
        .annotate(nombre=Count("pk"))
    )
    libelles, comptes = _libelles(), {(mois, variante): nombre for mois, variante, nombre in bruts}
    vues = {variante for _, variante in comptes}
    # In the order of the registry, without the situations that nobody met this year.
    voies = [voie for voie in libelles if voie in vues] + sorted(vues - set(libelles)) or list(libelles)[:2]
    total = sum(comptes.values())
    avant = transmis(NATURE, p.precedente).count() if comparable(NATURE, p) else 0
    tableau = _dans_le_temps(p, voies, libelles, comptes)
    return Releve(
        "I01",
        _tendance(tableau),
        (effectif("signalements transmis", total, _evolution(total, avant, p.annee - 1)),),
        (tableau,),
    )


def _dans_le_temps(p: Periode, voies: list[str], libelles: dict[str, str], comptes: dict[Any, int]) -> Tableau:
    """By month, or by quarter when months would hide more than a tenth of the cells."""
    colonnes = [(voie, libelles.get(voie, voie)) for voie in voies]
    if len(colonnes) > 3:
        colonnes, comptes = _regrouper(colonnes, comptes)
    dessin = {"dessin": "barres", "unite": "signalements"}
    mensuel = croiser("Signalements par mois et par situation", "Mois", p.mois, colonnes, comptes, **dessin)
    cases = [case for ligne in mensuel.lignes for case in ligne[1:]]
    if sum(isinstance(case, str) for case in cases) * 10 <= len(cases):
        return mensuel
    trimestriels: dict[Any, int] = {}
    for (mois, voie), nombre in comptes.items():
        trimestriels[(mois + 2) // 3, voie] = trimestriels.get(((mois + 2) // 3, voie), 0) + nombre
    titre = "Signalements par trimestre et par situation"
    return croiser(titre, "Trimestre", p.trimestres, colonnes, trimestriels, **dessin)


def _regrouper(colonnes: list[Any], comptes: dict[Any, int]) -> tuple[list[Any], dict[Any, int]]:
    """The two most frequent voies, and the others together."""
    poids = {voie: sum(n for (_, v), n in comptes.items() if v == voie) for voie, _ in colonnes}
    premieres = sorted(colonnes, key=lambda colonne: -poids[colonne[0]])[:2]
    gardees = {voie for voie, _ in premieres}
    groupes: dict[Any, int] = {}
    for (mois, voie), nombre in comptes.items():
        cle = (mois, voie if voie in gardees else "AUTRES")
        groupes[cle] = groupes.get(cle, 0) + nombre
    return [*premieres, ("AUTRES", "Autres situations")], groupes


def _evolution(total: int, avant: int, annee: int) -> str:
    if total < SEUIL or avant < SEUIL:
        return ""
    ecart = round(100 * (total - avant) / avant)
    return f"{'+' if ecart >= 0 else '−'}\u00a0{abs(ecart)}\u00a0% par rapport à {annee}, sur la même durée"


def _tendance(tableau: Tableau) -> str:
    """Compare the last three finished months (or the last finished quarter) with those before."""
    totaux = [ligne[-1] for ligne in tableau.lignes[:-1]][:-1]
    pas = 3 if tableau.colonnes[0] == "Mois" else 1
    recents, anciens = totaux[-pas:], totaux[-2 * pas : -pas]
    if len(anciens) < pas or not all(isinstance(case, int) for case in recents + anciens):
        return "Les signalements de l’année"
    avant, apres = sum(map(int, anciens)), sum(map(int, recents))
    quand = "depuis trois mois" if pas == 3 else "au dernier trimestre complet"
    if abs(apres - avant) * 10 < avant:
        return f"Les signalements restent stables {quand}"
    return f"Les signalements {'augmentent' if apres > avant else 'reculent'} {quand}"


def accords(p: Periode) -> Releve:
    """I02."""
    lignes = dict(transmis(NATURE, p).values_list("variante").annotate(nombre=Count("pk")))
    non_signales = (
        Evenement.objects.filter(
            apres="DECISION_NON_SIGNALEMENT", le__gte=p.debut, le__lt=p.fin, dossier__nature=NATURE
        )
        .values("dossier")
        .distinct()
        .count()
    )
    sans, avec = lignes.get(SANS_ACCORD, 0), sum(lignes.values()) - lignes.get(SANS_ACCORD, 0)
    tableau = repartir(
        "Signalements transmis, selon l’accord de la personne",
        "Voie",
        [("sans", "Sans l’accord (226-14, 3°)"), ("avec", "Avec l’accord, ou autre voie")],
        {"avec": avec, "sans": sans},
        dessin="horizontales",
    )
    conclusion = f"{part(sans, sans + avec)} des signalements partent sans l’accord de la personne".capitalize()
    return Releve("I02", conclusion, (effectif("décisions motivées de ne pas signaler", non_signales),), (tableau,))


def information(p: Periode) -> Releve:
    """I03."""
    lettres = Signalement.objects.filter(dossier__in=transmis(NATURE, p).filter(variante=SANS_ACCORD))
    complement = Exists(Complement.objects.filter(dossier=OuterRef("pk"), objet="INFORMATION"))
    informee = Q(information="FAITE") | Q(complement)
    comptes = lettres.aggregate(
        toutes=Count("pk"), tracees=Count("pk", filter=~Q(information="")), informees=Count("pk", filter=informee)
    )
    toutes, informees = comptes["toutes"], comptes["informees"]
    mot = part(informees, toutes)
    return Releve(
        "I03",
        "Trop peu de signalements sans accord pour conclure"
        if mot == NON_AFFICHE
        else f"{mot.capitalize()} des personnes signalées sans leur accord en sont informées",
        (
            taux("information tracée, signalements sans accord", comptes["tracees"], toutes),
            taux("personnes informées du signalement", informees, toutes),
        ),
    )


def delais(p: Periode) -> Releve:
    """I04."""
    accuses = Evenement.objects.filter(
        nom="accuser_reception", le__gte=p.debut, dossier__in=transmis(NATURE, p)
    ).annotate(attente=F("le") - F("dossier__transmis_le"))
    vital = accuses.filter(dossier__urgence="IMMEDIATE")
    tous, urgents = centiles(accuses), centiles(vital)
    envoi = centiles(
        Signalement.objects.filter(dossier__in=transmis(NATURE, p), date_constat__isnull=False).annotate(
            attente=F("dossier__transmis_le") - F("date_constat")
        )
    )
    tenu = urgents["mediane"] is not None and urgents["mediane"] <= ENGAGEMENT
    mot = duree(urgents["mediane"], urgents["nombre"])
    ton = "" if mot == NON_AFFICHE else "ok" if tenu else "danger"
    chiffres = (
        Chiffre("délai médian du parquet, vie en danger", mot, "engagement proposé\u00a0: 1\u00a0h", ton),
        Chiffre(
            "délai médian du constat à la transmission", duree(envoi["mediane"], envoi["nombre"]), neuf_sur_dix(envoi)
        ),
        Chiffre(
            "délai médian de la transmission à la réception", duree(tous["mediane"], tous["nombre"]), neuf_sur_dix(tous)
        ),
    )
    conclusion = (
        "Trop peu de signalements pour mesurer le délai du parquet"
        if mot == NON_AFFICHE
        else f"Vie en danger\u00a0: l’engagement d’une heure {'' if tenu else 'n’'}est {'' if tenu else 'pas '}tenu "
        "pour la moitié des envois"
    )
    tableau = medianes_par_mois(
        "Délai médian de la transmission à l’accusé de réception, vie en danger, en minutes",
        "Minutes",
        p,
        vital.annotate(mois=ExtractMonth("dossier__transmis_le", tzinfo=PARIS)),
        timedelta(minutes=1),
        cible=60,
        cible_libelle="Engagement proposé\u00a0: 60\u00a0min",
    )
    return Releve("I04", conclusion, chiffres, (tableau,))


def suites(p: Periode) -> Releve:
    """I16."""
    derniere = Suite.objects.filter(dossier=OuterRef("pk")).order_by("-date", "-pk").values("suite_type")[:1]
    bruts = (
        transmis(NATURE, p)
        .annotate(suite=Subquery(derniere))
        .values_list("suite")
        .annotate(nombre=Count("pk"))
        .order_by()
    )
    par_type: dict[str | None, int] = dict(bruts)
    comptes = {code: sum(par_type.get(genre, 0) for genre in genres) for code, _, genres in ISSUES}
    comptes["attente"] = par_type.get(None, 0)
    total = sum(comptes.values())
    connues = total - comptes["attente"]
    tableau = repartir(
        "Suites connues des signalements transmis",
        "Suite",
        [*((code, mot) for code, mot, _ in ISSUES), ("attente", "Sans retour à ce jour")],
        comptes,
        connus=[[code for code, _, _ in ISSUES]],
        dessin="horizontales",
        teinte=4,
    )
    mot = part(connues, total)
    conclusion = (
        "Trop peu de signalements pour conclure"
        if mot == NON_AFFICHE
        else f"{mot.capitalize()} des signalements ont une suite connue"
    )
    return Releve("I16", conclusion, (taux("signalements dont la suite est connue", connues, total),), (tableau,))
