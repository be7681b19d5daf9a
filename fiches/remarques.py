"""Remarks pinned to a passage of a version, and their thread, until they are resolved."""

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from fiches import policies
from fiches.models import Remarque, ReponseRemarque, VersionFiche
from fiches.workflow import exiger, exiger_passages, tracer, verrouiller
from presentation.typographie import typographier
from transitions.workflow import TransitionRefusee


@transaction.atomic
def remarquer(*, version: VersionFiche, acteur: Acteur, passage: str, texte: str) -> Remarque:
    """Pin a remark to a block of the version."""
    version = verrouiller(version)
    exiger(policies.peut_remarquer(version, acteur))
    exiger_passages(version, [passage])
    place = policies.place_de_remarque(version, acteur)
    assert place is not None  # noqa: S101  peut_remarquer found it
    remarque = Remarque.objects.create(
        version_fiche=version,
        institution_id=place.institution_id,
        passage=passage,
        texte=typographier(texte),
        posee_par_id=acteur.utilisateur_id,
    )
    tracer(version, "remarquer", acteur, str(remarque.pk), passage=passage)
    return remarque


def _verrouiller(remarque: Remarque) -> Remarque:
    """A remark that is being resolved is not answered meanwhile."""
    verrouiller(remarque.version_fiche)
    return Remarque.objects.select_related("version_fiche__fiche__thematique__convention").get(pk=remarque.pk)


@transaction.atomic
def repondre(*, remarque: Remarque, acteur: Acteur, texte: str) -> ReponseRemarque:
    """Answer in the thread of an open remark; its author is told."""
    remarque = _verrouiller(remarque)
    exiger(policies.peut_repondre(remarque, acteur))
    place = policies.place_de_reponse(remarque.version_fiche, acteur)
    assert place is not None  # noqa: S101  peut_repondre found it
    if not texte.strip():
        raise TransitionRefusee("Écrivez votre réponse.")
    reponse = ReponseRemarque.objects.create(
        remarque=remarque,
        institution_id=place.institution_id,
        texte=typographier(texte),
        posee_par_id=acteur.utilisateur_id,
    )
    tracer(remarque.version_fiche, "repondre_remarque", acteur, str(reponse.pk), remarque=remarque.pk)
    return reponse


@transaction.atomic
def resoudre(*, remarque: Remarque, acteur: Acteur) -> None:
    remarque = _verrouiller(remarque)
    exiger(policies.peut_resoudre(remarque, acteur))
    remarque.resolue_le, remarque.resolue_par_id = timezone.now(), acteur.utilisateur_id
    remarque.save()
    tracer(remarque.version_fiche, "resoudre", acteur, str(remarque.pk), passage=remarque.passage, remarque=remarque.pk)
