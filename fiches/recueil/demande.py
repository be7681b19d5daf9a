"""Asking for the book: one job at a time, whoever asks."""

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from convention.documents import LIVRE, cle_de
from convention.models import Convention
from documents.models import Document
from documents.travaux import SILENCE
from fiches.models import ExportRecueil, VersionFiche
from journal.carnet import noter
from notifications.boite_envoi import publier

SUJET = "recueil.exporter"


@transaction.atomic
def demander(*, convention: Convention, acteur: Acteur) -> ExportRecueil:
    """A second click, or a second person, joins the job already under way."""
    Convention.objects.select_for_update().get(pk=convention.pk)
    en_route = ExportRecueil.objects.filter(
        convention=convention,
        statut__in=[ExportRecueil.Statut.EN_ATTENTE, ExportRecueil.Statut.EN_COURS],
        dernier_signe__gt=timezone.now() - SILENCE,
    ).first()
    if en_route:
        return en_route
    export = ExportRecueil.objects.create(convention=convention, demande_par_id=acteur.utilisateur_id)
    _publier(export)
    noter("exporter", acteur=acteur, objet="convention", details={"export": export.cle})
    return export


@transaction.atomic
def relancer(*, export: ExportRecueil, acteur: Acteur) -> ExportRecueil:
    """« Réessayer » : only what failed, or has given no sign of life, starts again."""
    export = ExportRecueil.objects.select_for_update().get(pk=export.pk)
    if export.relancable:
        export.repartir()
        _publier(export)
        noter("exporter", acteur=acteur, objet="convention", details={"export": export.cle})
    return export


def _publier(export: ExportRecueil) -> None:
    publier(SUJET, cle_unique=f"recueil:{export.cle}:{export.tentatives}", charge={"export": export.pk})


def dernier(convention: Convention) -> Document | None:
    """The file that says what is in force; else the last one that did, with its status."""
    livres = Document.objects.filter(genre=LIVRE, objet_cle=cle_de(convention)).select_related("fichier")
    courant = livres.filter(statut=Document.Statut.EN_VIGUEUR).first()
    return courant or livres.exclude(statut=Document.Statut.RETIRE).order_by("-statut_le", "-pk").first()


def depasse(document: Document, convention: Convention) -> bool:
    """An article or a sheet of this convention changed since that file was made: it says what was."""
    if document.statut == Document.Statut.REMPLACE:
        return True
    effets = (VersionFiche.Etat.EN_VIGUEUR, VersionFiche.Etat.REMPLACEE, VersionFiche.Etat.ABROGEE)
    mouvements = VersionFiche.history.filter(
        history_date__gt=document.produit_le, etat__in=effets, fiche__thematique__convention=convention.pk
    )
    return bool(mouvements.exists())
