"""The three acts of an import: read the file, show the plan, apply it. Nothing of the file is kept in clear."""

from datetime import timedelta
from types import ModuleType
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from convention.acteur import Acteur
from convention.importation import contacts, permanences
from convention.importation.plan import Plan, ranger
from convention.models import ImportAnnuaire
from documents.tableurs import TableurRefuse, lire
from journal.carnet import noter

DUREE = timedelta(hours=1)
GENRES: dict[str, ModuleType] = {
    ImportAnnuaire.Genre.CONTACTS: contacts,
    ImportAnnuaire.Genre.PERMANENCES: permanences,
}
CHANGE = "L’annuaire a changé depuis l’aperçu\u00a0: rien n’est enregistré. Relisez l’aperçu, puis confirmez."
FAUTES = "Ce fichier a des erreurs\u00a0: rien n’est enregistré. Corrigez-les, puis importez-le de nouveau."
RIEN = "Ce fichier ne change rien."


class ImportRefuse(Exception):
    """The French sentence says what to do; nothing was written."""


@transaction.atomic
def deposer(*, genre: str, octets: bytes, acteur: Acteur) -> ImportAnnuaire:
    """Read the file and keep its rows sealed for an hour."""
    try:
        lignes = ranger(lire(octets), GENRES[genre].COLONNES)
    except TableurRefuse as refus:
        raise ImportRefuse(str(refus)) from refus
    ImportAnnuaire.objects.filter(lu_par_id=acteur.utilisateur_id, applique_le=None).delete()
    depot = ImportAnnuaire.objects.create(genre=genre, lignes=lignes, lu_par_id=acteur.utilisateur_id)
    noter("lire_import", objet="import", cle=depot.cle, acteur=acteur, details={"genre": genre, "lignes": len(lignes)})
    return depot


def ouvert(cle: UUID, acteur: Acteur) -> ImportAnnuaire | None:
    """The import of this person, while it lasts."""
    return ImportAnnuaire.objects.filter(
        cle=cle, lu_par_id=acteur.utilisateur_id, lu_le__gt=timezone.now() - DUREE
    ).first()


def apercu(*, depot: ImportAnnuaire, acteur: Acteur) -> Plan:
    """What it would change now."""
    return _plan(depot.genre, depot.lignes, acteur)


@transaction.atomic
def appliquer(*, depot: ImportAnnuaire, empreinte: str, acteur: Acteur) -> ImportAnnuaire:
    """Write everything that the page `empreinte` showed, or nothing. A second call changes nothing."""
    depot = ImportAnnuaire.objects.select_for_update().get(pk=depot.pk)
    if depot.applique_le is not None:
        return depot
    plan = _plan(depot.genre, depot.lignes, acteur, verrou=True)
    if plan.fautes:
        raise ImportRefuse(FAUTES)
    if plan.empreinte != empreinte:
        raise ImportRefuse(CHANGE)
    if not plan.utiles:
        raise ImportRefuse(RIEN)
    try:
        with transaction.atomic():
            GENRES[depot.genre].ecrire(plan.utiles, f"import {depot.cle}", acteur)
    except IntegrityError as erreur:
        raise ImportRefuse(CHANGE) from erreur
    depot.lignes, depot.changements = [], len(plan.utiles)
    depot.applique_le, depot.applique_par_id = timezone.now(), acteur.utilisateur_id
    depot.save()
    details = {"genre": depot.genre, **{str(statut): nombre for statut, nombre in plan.comptes.items()}}
    noter("appliquer_import", objet="import", cle=depot.cle, acteur=acteur, details=details)
    return depot


def oublier() -> None:
    """What nobody confirmed goes after an hour."""
    ImportAnnuaire.objects.filter(applique_le=None, lu_le__lte=timezone.now() - DUREE).delete()


def _plan(genre: str, lignes: list[dict[str, str]], acteur: Acteur, *, verrou: bool = False) -> Plan:
    return Plan(GENRES[genre].planifier(lignes, acteur, verrou=verrou))
