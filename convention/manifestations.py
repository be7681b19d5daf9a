"""Stands of an event: registered, withdrawn. They name trades and numbers, never a person."""

from django.db import transaction
from django.utils import timezone

from convention import regles_programme as regles
from convention.acteur import Acteur
from convention.models import Etape, Institution, Stand
from convention.workflow import exiger
from journal.carnet import noter
from transitions.workflow import TransitionRefusee


@transaction.atomic
def inscrire_stand(
    *,
    etape: Etape,
    acteur: Acteur,
    intitule: str,
    institution: Institution | None,
    structure: str,
    metiers: str,
    professionnels: int,
    source: str,
) -> Stand:
    """Register a stand and how many professionals and volunteers hold it."""
    etape = _verrouiller(etape.pk)
    exiger(regles.peut_inscrire_pour(etape.manifestation, acteur, institution.pk if institution else None))
    if bool(institution) == bool(structure.strip()):
        raise TransitionRefusee("Dites qui tient le stand\u00a0: une institution, ou une association nommée.")
    if etape.stands.filter(intitule__iexact=intitule.strip(), retire_le=None).exists():
        raise TransitionRefusee("Un stand de ce nom est déjà inscrit ici.")
    stand = Stand.objects.create(
        etape=etape,
        intitule=intitule.strip(),
        institution=institution,
        structure=structure.strip(),
        metiers=metiers.strip(),
        professionnels=professionnels,
        source=source.strip(),
        inscrit_par_id=acteur.utilisateur_id,
    )
    details = {"etape": etape.commune, "professionnels": professionnels}
    noter("inscrire_stand", acteur=acteur, objet="stand", cle=stand.cle, details=details)
    return stand


@transaction.atomic
def retirer_stand(*, stand: Stand, acteur: Acteur) -> Stand:
    """It leaves the list and the counts; its row stays."""
    _verrouiller(stand.etape_id)
    stand = Stand.objects.select_related("etape__manifestation__convention__resiliation").get(pk=stand.pk)
    exiger(regles.peut_retirer(stand, acteur))
    stand.retire_le, stand.retire_par_id = timezone.now(), acteur.utilisateur_id
    stand.save()
    noter("retirer_stand", acteur=acteur, objet="stand", cle=stand.cle)
    return stand


def _verrouiller(etape_id: int) -> Etape:
    Etape.objects.select_for_update().get(pk=etape_id)
    relations = "manifestation__convention__resiliation", "manifestation__pilote"
    return Etape.objects.select_related(*relations).get(pk=etape_id)
