"""The day by which each partner gives its opinion: moved by the référente, recalled by the clock.

It only recalls. A partner that says nothing has not approved, before that day or after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from convention.acteur import Acteur
from convention.models import Institution
from fiches import policies
from fiches.etats import E
from fiches.lecture import adresse_de_comparaison, pour
from fiches.models import VersionFiche
from fiches.notifications import porte_paroles, referentes_de
from fiches.positions import Position, positions
from fiches.workflow import exiger, tracer, verrouiller
from notifications.avis import prevenir
from notifications.boite_envoi import publier, traiter_par
from presentation.temps import date_fr

# Days left when partners that have not answered are reminded, the nearest last.
RAPPELS = (7, 1)
RETARD = "retard"


@dataclass(frozen=True, slots=True)
class Attente:
    """A text in approval and the partners whose opinion is still awaited."""

    version: VersionFiche
    restants: list[Institution]
    jours: int | None
    adresse: str

    @property
    def en_retard(self) -> bool:
        return self.jours is not None and self.jours < 0


def palier(avis_avant: date, aujourd_hui: date) -> str:
    """The reminder due on a day: the number of days it was planned before, `retard` once the day is over, or none."""
    restent = (avis_avant - aujourd_hui).days
    if restent < 0:
        return RETARD
    return next((str(jours) for jours in reversed(RAPPELS) if restent <= jours), "")


def sans_avis(version: VersionFiche) -> list[Position]:
    """The partners that said nothing of this very text. A reserve is an opinion: it was given."""
    return [position for position in positions(version) if position.visa is None]


@transaction.atomic
def fixer_echeance(*, version: VersionFiche, acteur: Acteur, avis_avant: date) -> VersionFiche:
    """Move the day of a text in approval; the opinions given stay."""
    version = verrouiller(version)
    exiger(policies.peut_fixer_echeance(version, acteur))
    exiger(policies.echeance_d_avis(avis_avant, timezone.localdate()))
    version.avis_avant = avis_avant
    version.version += 1
    version.save()
    tracer(version, "fixer_echeance", acteur, str(version.version), jour=avis_avant.isoformat())
    return version


def en_attente(acteur: Acteur) -> list[Attente]:
    """The texts in approval that this reader may see and that still await somebody, the nearest day first."""
    versions = (
        VersionFiche.objects.filter(pour(acteur), etat=E.EN_APPROBATION)
        .select_related("fiche__thematique__convention")
        .prefetch_related("fiche__thematique__membres")
    )
    jour = timezone.localdate()
    lignes = []
    for version in versions.order_by("avis_avant", "fiche__numero"):
        restants = [position.institution for position in sans_avis(version)]
        jours = (version.avis_avant - jour).days if version.avis_avant else None
        if restants:
            lignes.append(Attente(version, restants, jours, adresse_de_comparaison(version)))
    return lignes


def a_donner(attentes: Iterable[Attente], acteur: Acteur) -> list[Attente]:
    """Those on which this person may speak for a partner that has not."""
    miennes = []
    for attente in attentes:
        place = policies.place_d_avis(attente.version, acteur)
        if place and place.institution_id in {institution.pk for institution in attente.restants}:
            miennes.append(attente)
    return miennes


def suivies(attentes: Iterable[Attente], acteur: Acteur) -> list[Attente]:
    """Those of the conventions that this person follows as référente."""
    return [attente for attente in attentes if policies.est_referente(attente.version, acteur)]


def rappeler(jour: date | None = None) -> None:
    """Publish each reminder once. A day that was moved starts its reminders again."""
    jour = jour or timezone.localdate()
    versions = VersionFiche.objects.filter(etat=E.EN_APPROBATION, avis_avant__isnull=False)
    for version in versions.order_by("pk"):
        assert version.avis_avant is not None  # noqa: S101  the filter says so
        if nom := palier(version.avis_avant, jour):
            publier(
                "fiche.rappel_avis",
                cle_unique=f"fiche:{version.pk}:rappel:{version.avis_avant}:{nom}",
                charge={"version": version.pk, "avant": version.avis_avant.isoformat(), "palier": nom},
            )


@traiter_par("fiche.rappel_avis")
def envoyer_rappel(charge: Mapping[str, Any]) -> None:
    """Tell those who may still speak; nobody when the day was moved or the opinions came meanwhile."""
    version = VersionFiche.objects.select_related("fiche__thematique__convention").get(pk=charge["version"])
    avant = date.fromisoformat(charge["avant"])
    restants = [position.institution.pk for position in sans_avis(version)]
    if version.etat != E.EN_APPROBATION or version.avis_avant != avant or not restants:
        return
    fiche, cle = version.fiche.numero, f"fiche:{version.pk}:rappel:{avant}:{charge['palier']}"
    attendu = f"Votre avis est attendu au plus tard le {date_fr(avant)} : fiche {fiche}, version {version.numero}."
    passe = f"Votre avis était attendu le {date_fr(avant)} et manque : fiche {fiche}, version {version.numero}."
    _prevenir(
        porte_paroles(version, restants),
        version,
        cle,
        passe if charge["palier"] == RETARD else attendu,
        adresse_de_comparaison(version),
    )
    if charge["palier"] == RETARD:
        phrase = f"Des avis sont en retard : fiche {fiche}, version {version.numero}. Le silence n’approuve pas."
        _prevenir(referentes_de(version), version, f"{cle}:referente", phrase, reverse("fiches:avis_attendus"))


def _prevenir(qui: Any, version: VersionFiche, cle: str, texte: str, adresse: str) -> None:
    destinataires: Iterable[User] = qui.distinct()
    prevenir(destinataires, cle_unique=cle, texte=texte, adresse=adresse, reference=f"fiche {version.fiche.numero}")
