"""Watches the journal at each tick for the patterns of `dossiers/abus.py`, and alerts data protection (SEC-61)."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import User
from convention.acteur import Acteur, acteur_de
from convention.models import Permanence
from documents.chiffrement import index_aveugle
from dossiers import abus, quotas
from dossiers.abus import HEURE, Activite, Trace
from dossiers.devoilement import AFFICHAGES
from dossiers.garde import alerter
from dossiers.models import Dossier, Personne
from journal.models import Entree

# The clock ticks every thirty seconds; whoever did something since is looked at.
ACTIFS = timedelta(minutes=2)
SEMAINE, MOIS = timedelta(days=7), timedelta(days=30)
# `agir` says that a form was posted, a reveal or a search included; an act has a line of its own beside it.
SANS_ACTE = frozenset({"agir", "telecharger", "ouvrir_lettre", "ouvrir_homonyme", "bris_de_glace"})
HORS_DU_DOSSIER = ("accounts:", "accueil:", "convention:", "documents:", "fiches:", "bilans:")


def veiller() -> None:
    """One alert a person and a pattern: each hour for what an hour shows, each day for the others."""
    recents = Entree.objects.filter(le__gt=timezone.now() - ACTIFS, acteur__isnull=False).order_by()
    for compte in User.objects.filter(cle__in=recents.values("acteur"), is_active=True).order_by("pk"):
        acteur = acteur_de(compte)
        for genre in abus.reconnaitre(activite(acteur, compte)):
            alerter(genre, acteur, par_jour=genre in {"nuit", "lent", "proche"})


def activite(acteur: Acteur, compte: User) -> Activite:
    """What the rules read, in a constant number of queries."""
    maintenant = timezone.now()
    siennes = Entree.objects.filter(acteur=acteur.cle, resultat="fait").order_by()
    traces = list(_traces(siennes.filter(le__gt=maintenant - HEURE)))
    sans_acte = {t.cle for t in traces if t.genre == "ouverture"} - {t.cle for t in traces if t.genre == "acte"}
    lus = Personne.objects.filter(dossier__cle__in=[cle for cle in sans_acte if cle]).order_by()
    nuit = _debut_de_nuit(timezone.localtime(maintenant))
    ouvertures = siennes.filter(action="lire", cle__in=Dossier.objects.values("cle"))
    return Activite(
        maintenant=timezone.localtime(maintenant),
        traces=traces,
        limite_horaire=quotas.limites(acteur).ouverture,
        ouverts_en_sept_jours=_distincts(ouvertures.filter(le__gt=maintenant - SEMAINE)),
        ouverts_cette_nuit=_distincts(ouvertures.filter(le__gt=nuit)),
        nuits_du_mois=_distincts(_de_nuit(ouvertures.filter(le__gt=maintenant - MOIS, le__lte=nuit))),
        de_garde=Permanence.objects.filter(titulaire=compte, debut__lte=maintenant, fin__gt=maintenant).exists(),
        noms_lus=frozenset(lus.values_list("index_nom", flat=True)) - {""},
        nom=index_aveugle(compte.nom),
    )


def _traces(entrees: QuerySet[Entree]) -> Iterator[Trace]:
    lignes = entrees.values_list("le", "action", "objet", "cle")
    dossiers = _cles_de_dossiers({cle for *_, cle in lignes if cle})
    for le, action, objet, cle in lignes:
        genre = _genre(action, objet)
        if genre == "recherche" or (genre and cle in dossiers):
            yield Trace(le, genre, str(cle) if cle in dossiers else "")


def _genre(action: str, objet: str) -> str:
    if action == "chercher":
        return "recherche"
    if action in AFFICHAGES:
        return "devoilement"
    if action == "lire":
        return "ouverture"
    return "" if action in SANS_ACTE or objet.startswith(HORS_DU_DOSSIER) else "acte"


def _cles_de_dossiers(cles: set[uuid.UUID]) -> set[uuid.UUID]:
    return set(Dossier.objects.filter(cle__in=cles).order_by().values_list("cle", flat=True))


def _distincts(entrees: QuerySet[Entree]) -> int:
    return entrees.values("cle").distinct().count()


def _de_nuit(entrees: QuerySet[Entree]) -> QuerySet[Entree]:
    debut, fin = abus.NUIT
    return entrees.filter(Q(le__hour__gte=debut) | Q(le__hour__lt=fin))


def _debut_de_nuit(moment: datetime) -> datetime:
    """Ten in the evening, of today or of yesterday."""
    soir = moment.replace(hour=abus.NUIT[0], minute=0, second=0, microsecond=0)
    return soir if soir <= moment else soir - timedelta(days=1)
