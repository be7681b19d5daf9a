"""Reading a version: acknowledged, checked by two questions, asked again by the next version. It never blocks care."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur, Place
from fiches.contenu import Question
from fiches.etats import E
from fiches.models import AccuseLecture, VersionFiche
from journal.carnet import noter
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import TransitionRefusee


@dataclass(frozen=True, slots=True)
class MaLecture:
    """What this reader did with a sheet. `ancienne`: the last version they read, when it is not this one."""

    concerne: bool
    lu_le: datetime | None
    verifie_le: datetime | None
    ancienne: VersionFiche | None
    peut: Verdict

    @property
    def a_lire(self) -> bool:
        return self.concerne and self.lu_le is None


def peut_accuser(version: VersionFiche, acteur: Acteur) -> Verdict:
    if version.etat != E.EN_VIGUEUR:
        return non("Seule la version en vigueur se lit ainsi. Ouvrez-la, puis recommencez.")
    if acteur.principale is None:
        return non("Vous n’êtes rattaché à aucun service. Demandez-le à l’administrateur des comptes.")
    return OUI


def concerne(public: Collection[str], acteur: Acteur) -> bool:
    """Whether a sheet is for one of the roles of this person."""
    return any(place.role in public for place in acteur.places)


def place_de_lecture(public: Collection[str], acteur: Acteur) -> Place | None:
    """The place under which a person reads: one that the sheet is for, else the first."""
    return next((place for place in acteur.places if place.role in public), acteur.principale)


def fausses(questions: Sequence[Question], reponses: Mapping[int, int]) -> list[int]:
    """The ranks, from 1, of the questions whose answer is wrong or missing."""
    return [rang for rang, question in enumerate(questions, 1) if reponses.get(rang) != question.bonne]


@transaction.atomic
def accuser(*, version: VersionFiche, acteur: Acteur) -> AccuseLecture:
    """« J’ai lu cette version ». A second click changes nothing."""
    if not (verdict := peut_accuser(version, acteur)):
        raise TransitionRefusee(verdict.raison)
    place = place_de_lecture(version.contenu["public"], acteur)
    assert place is not None  # noqa: S101  peut_accuser found one
    accuse, nouveau = AccuseLecture.objects.get_or_create(
        version_fiche=version,
        lu_par_id=acteur.utilisateur_id,
        defaults={"lu_le": timezone.now(), "rattachement_id": place.rattachement_id},
    )
    if nouveau:
        noter("accuser_lecture", acteur=acteur, objet="fiche", cle=version.cle)
    return accuse


@transaction.atomic
def attester(*, version: VersionFiche, acteur: Acteur) -> AccuseLecture:
    """Both questions are answered right: the reading is acknowledged and checked. The first date stays."""
    accuser(version=version, acteur=acteur)
    accuse = AccuseLecture.objects.select_for_update().get(version_fiche=version, lu_par_id=acteur.utilisateur_id)
    if accuse.verifie_le is None:
        accuse.verifie_le = timezone.now()
        accuse.save()
        noter("verifier_lecture", acteur=acteur, objet="fiche", cle=version.cle)
    return accuse


def ma_lecture(version: VersionFiche, acteur: Acteur) -> MaLecture:
    accuses = list(
        AccuseLecture.objects.filter(version_fiche__fiche=version.fiche_id, lu_par_id=acteur.utilisateur_id)
        .select_related("version_fiche")
        .order_by("-version_fiche__rang")
    )
    mien = next((accuse for accuse in accuses if accuse.version_fiche_id == version.pk), None)
    avant = next((accuse.version_fiche for accuse in accuses if accuse.version_fiche.rang < version.rang), None)
    return MaLecture(
        concerne=concerne(version.contenu["public"], acteur),
        lu_le=mien.lu_le if mien else None,
        verifie_le=mien.verifie_le if mien else None,
        ancienne=None if mien else avant,
        peut=peut_accuser(version, acteur),
    )


def a_lire(acteur: Acteur, versions: Iterable[VersionFiche]) -> set[int]:
    """Among these versions in force, the keys of those that are for this person and that they have not read."""
    miennes = {version.pk for version in versions if concerne(version.contenu["public"], acteur)}
    lues = AccuseLecture.objects.filter(lu_par_id=acteur.utilisateur_id, version_fiche__in=miennes)
    return miennes - set(lues.values_list("version_fiche", flat=True)) if miennes else set()
