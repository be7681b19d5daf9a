"""Opening a case and giving it its number."""

from django.db.models import F
from django.utils import timezone

from convention.acteur import Acteur, Place
from dossiers.models import Compteur, Dossier
from fiches.models import VersionFiche
from transitions.workflow import Workflow


def ouvrir(
    *,
    nature: str,
    variante: str,
    workflow: Workflow,
    etat: str,
    place: Place,
    acteur: Acteur,
    urgence: str = "ORDINAIRE",
    fiche_code: str = "",
) -> Dossier:
    """Create an envelope in its first state, with the version of the fiche in force today pinned on it."""
    dossier = Dossier(
        nature=nature,
        variante=variante,
        urgence=urgence,
        service_emetteur_id=place.service_id,
        cree_par_id=acteur.utilisateur_id,
        fiche_version=VersionFiche.objects.filter(fiche__code=fiche_code, etat=VersionFiche.Etat.EN_VIGUEUR).first()
        if fiche_code
        else None,
    )
    workflow.initialiser(dossier, etat)
    if dossier.phase != "brouillon":
        numeroter(dossier, workflow.nom)
    dossier.save()
    return dossier


def numeroter(dossier: Dossier, prefixe: str) -> None:
    """Give the next number of the year, without gap: the counter's row stays locked until the transaction ends.

    The caller saves the envelope.
    """
    if dossier.reference:
        return
    annee = timezone.localdate().year
    Compteur.objects.get_or_create(prefixe=prefixe, annee=annee)
    Compteur.objects.filter(prefixe=prefixe, annee=annee).update(dernier=F("dernier") + 1)
    dernier = Compteur.objects.values_list("dernier", flat=True).get(prefixe=prefixe, annee=annee)
    dossier.reference = f"{prefixe}-{annee}-{dernier:04d}"
