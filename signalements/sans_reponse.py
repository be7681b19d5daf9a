"""What an author sent and nobody answered: the list, and one request for all that wait for six months (C45)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier, Evenement, ParticipationPersonnelle
from dossiers.models.dossier import Nature
from dossiers.models.participation import Part
from dossiers.registre import type_de
from dossiers.suivi import relater, verrouiller
from signalements import etats
from signalements.controles import CONTROLES, Faits

EN_ATTENTE = (etats.TRANSMIS, etats.AR_RECU, etats.SUITES_EN_COURS)
DEMANDE = "demander_suite"
# Asked again a month later at the earliest.
PAUSE = timedelta(days=30)
MONTREES = 50


@dataclass(frozen=True, slots=True)
class Attente:
    """One report that waits: what for, since when, and what the control C45 says of it."""

    dossier: Dossier
    titre: str
    url: str
    attendu: str
    demandee_le: datetime | None
    constat: str


def en_attente(acteur: Acteur) -> QuerySet[Dossier]:
    """One's own sent cases whose next deadline is over: no acknowledgement, or no outcome."""
    miens = ParticipationPersonnelle.objects.vivantes().filter(user_id=acteur.utilisateur_id, role=Part.Role.AUTEUR)
    return (
        Dossier.objects.visibles_par(acteur)
        .filter(
            pk__in=miens.values("content_object"),
            nature__in=(Nature.SIGNALEMENT, Nature.DECLARATION),
            etat__in=EN_ATTENTE,
            echeance_suspendue=False,
            echeance_le__lt=timezone.now(),
        )
        .order_by("transmis_le", "pk")
    )


def attentes(acteur: Acteur) -> list[Attente]:
    """The oldest first: two queries."""
    dossiers = list(en_attente(acteur)[:MONTREES])
    demandes = dict(
        Evenement.objects.filter(dossier__in=dossiers, nom=DEMANDE).order_by("le").values_list("dossier_id", "le")
    )
    return [_attente(dossier, acteur, demandes.get(dossier.pk)) for dossier in dossiers]


def _attente(dossier: Dossier, acteur: Acteur, demandee_le: datetime | None) -> Attente:
    genre = type_de(dossier)
    return Attente(
        dossier=dossier,
        titre=genre.variantes[dossier.variante],
        url=genre.adresse(dossier, acteur),
        attendu="l’accusé de réception" if dossier.etat == etats.TRANSMIS else "une suite",
        demandee_le=demandee_le,
        constat=_message(dossier),
    )


def _message(dossier: Dossier) -> str:
    jours = (timezone.now() - dossier.transmis_le).days if dossier.transmis_le else None
    constat = CONTROLES["C45"](Faits(voie=dossier.variante, sans_suite_jours=jours))
    return constat.message if constat else ""


def a_demander(lignes: list[Attente]) -> list[Attente]:
    """Those that the control names and that were not asked of late."""
    limite = timezone.now() - PAUSE
    return [ligne for ligne in lignes if ligne.constat and (ligne.demandee_le is None or ligne.demandee_le < limite)]


@transaction.atomic
def demander_les_suites(*, acteur: Acteur) -> int:
    """Ask the recipients for an outcome, in one move; how many cases were asked of."""
    lignes = a_demander(attentes(acteur))
    for ligne in lignes:
        relater(
            dossier=verrouiller(ligne.dossier),
            nom=DEMANDE,
            libelle="L’auteur demande quelle suite est donnée",
            acteur=acteur,
        )
    return len(lignes)
