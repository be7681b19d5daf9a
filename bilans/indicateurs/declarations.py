"""Figures of the declarations that name no patient: objects, attacks on staff, complaints, protections, alerts.

Their answers are sealed: they are opened one letter at a time and only counted. No text of a letter is read.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from statistics import median, quantiles
from typing import Any

from django.db.models import Count, F, Q

from bilans.indicateurs.periode import Periode, transmis
from bilans.indicateurs.releve import Chiffre, Releve, classer, duree, effectif, repartir, taux
from bilans.secret_statistique import NON_AFFICHE, part
from signalements import onvs
from signalements.declarations.routes import ROUTES
from signalements.models import Declaration, Mesure, Suite, Victime

NATURE = "DECLARATION"
OBJET, VIOLENCE, ALERTE = "OBJET_ILLICITE", "VIOLENCE_PERSONNEL", "ALERTE_SURETE"
REMISE_EN_RETARD = timedelta(hours=48)
RETEX = timedelta(days=30)


def _reponses(p: Periode, code: str) -> list[dict[str, Any]]:
    """What the letters of a route answer, with the moment of their sending: one query."""
    lettres = Declaration.objects.filter(dossier__in=transmis(NATURE, p).filter(variante=code))
    lettres = lettres.select_related("dossier").only("propres", "dossier__transmis_le").order_by()
    return [{**(une.propres or {}), "_dossier": une.pk, "_envoi": une.dossier.transmis_le} for une in lettres]


def _choix(code: str, nom: str) -> list[tuple[str, str]]:
    """The values of a closed question and their words."""
    return list(ROUTES[code].propre(nom).choix)


def _compter(reponses: Iterable[dict[str, Any]], nom: str) -> Counter[str]:
    return Counter(str(une[nom]) for une in reponses if une.get(nom))


def _moment(valeur: Any) -> datetime | None:
    return datetime.fromisoformat(valeur) if valeur else None


def _mediane(delais: Sequence[timedelta]) -> str:
    mediane = median(delai.total_seconds() for delai in delais) if delais else 0
    return duree(timedelta(seconds=mediane), len(delais))


def _conclure(partie: int, tout: int, phrase: str, rien: str) -> str:
    mot = part(partie, tout)
    return rien if mot == NON_AFFICHE else f"{mot.capitalize()} {phrase}"


def objets(p: Periode) -> Releve:
    """I10."""
    trouves = _reponses(p, OBJET)
    remises = Suite.objects.filter(dossier__in=[une["_dossier"] for une in trouves], suite_type="REMIS")
    recus = dict(remises.order_by("-enregistree_le").values_list("dossier_id", "enregistree_le"))
    delais = [
        recus[une["_dossier"]] - debut
        for une in trouves
        if une["_dossier"] in recus and (debut := _moment(une.get("decouvert_le")))
    ]
    tard = sum(delai > REMISE_EN_RETARD for delai in delais)
    tableau = repartir(
        "Objets remis sans identité, par nature apparente",
        "Nature",
        _choix(OBJET, "categorie"),
        _compter(trouves, "categorie"),
        dessin="horizontales",
    )
    return Releve(
        "I10",
        _conclure(
            tard, len(delais), "des objets sont remis après 48 heures", "Trop peu d’objets remis pour mesurer le délai"
        ),
        (
            effectif("objets déclarés", len(trouves)),
            Chiffre("délai médian de la découverte à la remise", _mediane(delais)),
            taux("remises après 48 heures", tard, len(delais)),
        ),
        (tableau,),
    )


def violences(p: Periode) -> Releve:
    """I11."""
    episodes = _reponses(p, VIOLENCE)
    niveaux = Counter(str(onvs.niveau(une.get("faits"))) for une in episodes)
    graves = niveaux["3"] + niveaux["4"]
    autres = Victime.objects.filter(dossier__in=[une["_dossier"] for une in episodes]).order_by()
    jours = sum(int(une.get("arret_jours") or 0) for une in episodes)
    jours += sum(nombre or 0 for nombre in autres.values_list("arret_jours", flat=True))
    metiers = _compter(episodes, "agent_metier") + Counter(autres.values_list("metier", flat=True))
    motifs = Counter(motif for une in episodes for motif in une.get("motif") or ())
    return Releve(
        "I11",
        _conclure(
            graves,
            len(episodes),
            "des épisodes déclarés sont de niveau 3 ou 4",
            "Trop peu de violences déclarées pour conclure",
        ),
        (
            effectif("épisodes déclarés", len(episodes), "une hausse est d’abord celle des déclarations"),
            effectif("professionnels touchés", sum(metiers.values())),
            effectif("jours d’arrêt de travail", jours),
            taux("épisodes déclarés à l’observatoire", _compter(episodes, "onvs_declare")["OUI"], len(episodes)),
        ),
        (
            repartir(
                "Épisodes par niveau de l’observatoire",
                "Niveau",
                [(str(rang), f"Niveau {rang}") for rang in range(1, 5)],
                niveaux,
                dessin="horizontales",
            ),
            classer("Professionnels touchés, par métier", "Métier", dict(_choix(VIOLENCE, "agent_metier")), metiers),
            classer("Ce qui a déclenché l’épisode", "Motif", dict(_choix(VIOLENCE, "motif")), motifs),
        ),
    )


def plaintes(p: Periode) -> Releve:
    """I12."""
    episodes = _reponses(p, VIOLENCE)
    modes = _compter(episodes, "plainte_mode")
    employeur = [une for une in episodes if une.get("plainte_mode") == "EMPLOYEUR"]
    consentis = sum(une.get("consentement") == "OUI" and une.get("consentement_retire") != "OUI" for une in employeur)
    portees = len(episodes) - modes["AUCUNE"] - modes["MAIN_COURANTE"]
    return Releve(
        "I12",
        _conclure(
            portees,
            len(episodes),
            "des violences déclarées donnent une plainte",
            "Trop peu de violences déclarées pour conclure",
        ),
        (
            taux("épisodes suivis d’une plainte", portees, len(episodes)),
            taux("plaintes de l’hôpital avec consentement écrit", consentis, len(employeur)),
        ),
        (
            repartir(
                "Violences déclarées, selon la plainte",
                "Plainte",
                _choix(VIOLENCE, "plainte_mode"),
                modes,
                dessin="horizontales",
            ),
        ),
    )


def protections(p: Periode) -> Releve:
    """I13."""
    demandes = Mesure.objects.filter(
        genre=Mesure.Genre.PROTECTION, demandee_le__gte=p.debut.date(), demandee_le__lt=p.fin.date()
    ).order_by()
    comptes = demandes.aggregate(
        toutes=Count("pk"),
        decidees=Count("pk", filter=~Q(decision="")),
        accordees=Count("pk", filter=Q(decision="ACCORDEE")),
    )
    delais = list(
        demandes.exclude(decision="").annotate(delai=F("decidee_le") - F("demandee_le")).values_list("delai", flat=True)
    )
    return Releve(
        "I13",
        _conclure(
            comptes["accordees"],
            comptes["decidees"],
            "des protections décidées sont accordées",
            "Trop peu de protections demandées pour conclure",
        ),
        (
            effectif("protections fonctionnelles demandées", comptes["toutes"]),
            taux("protections accordées", comptes["accordees"], comptes["decidees"]),
            Chiffre("délai médian de la demande à la décision", _mediane(delais)),
        ),
    )


def alertes(p: Periode) -> Releve:
    """I14."""
    donnees = _reponses(p, ALERTE)
    natures = _compter(donnees, "type_alerte")
    delais = [
        arrivee - appel
        for une in donnees
        if (appel := _moment(une.get("heure_appel17"))) and (arrivee := _moment(une.get("heure_arrivee_fsi")))
    ]
    p90 = quantiles([delai.total_seconds() for delai in delais], n=10)[-1] if len(delais) > 1 else 0
    retours = Mesure.objects.filter(
        dossier__in=[une["_dossier"] for une in donnees], genre=Mesure.Genre.RETEX, faite_le__isnull=False
    ).order_by()
    a_temps = retours.filter(faite_le__lte=F("ouverte_le") + RETEX).count()
    mot = _mediane(delais)
    return Releve(
        "I14",
        "Trop peu d’arrivées notées pour mesurer le délai"
        if mot == NON_AFFICHE
        else f"La police ou la gendarmerie arrive en {mot}, pour la moitié des alertes",
        (
            effectif("alertes de sûreté", len(donnees)),
            Chiffre(
                "délai médian de l’appel à l’arrivée",
                mot,
                f"neuf sur dix en moins de {duree(timedelta(seconds=p90), len(delais))}",
            ),
            taux("retours d’expérience tenus dans le mois", a_temps, len(donnees)),
        ),
        (classer("Alertes par nature", "Nature", dict(_choix(ALERTE, "type_alerte")), natures),),
    )
