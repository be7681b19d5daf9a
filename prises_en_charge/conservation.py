"""How long a detained person's trip is kept, and its medical part, which stays with the hospital and goes first."""

from datetime import date

from django.utils import timezone

from documents.chiffrement import ChampChiffre
from documents.models import Fichier
from dossiers.classes import Classe
from dossiers.conservation.conserver import FERMEES, Lecture, Passager, fermeture
from dossiers.conservation.effacement import gel_suspendu
from dossiers.conservation.fichiers import effacer_fichiers
from dossiers.models import Dossier, Piece
from prises_en_charge.models import Extraction

MEDICAUX = tuple(
    champ.name
    for champ in Extraction._meta.concrete_fields
    if isinstance(champ, ChampChiffre) and Extraction.CLASSES.get(champ.name) == Classe.MEDICAL
)


def lire(dossier: Dossier) -> Lecture:
    return Lecture("extraction", _depart(dossier))


def _depart(dossier: Dossier) -> date | None:
    """The return of the person; a trip that never left counts from the end of its case."""
    if dossier.phase not in FERMEES:
        return None
    lettre = Extraction.objects.filter(dossier=dossier).only("retour_le").first()
    retour = timezone.localdate(lettre.retour_le) if lettre and lettre.retour_le else None
    fin = fermeture(dossier)
    return max(retour, fin) if retour and fin else fin


def passagers(dossier: Dossier) -> list[Passager]:
    depart = _depart(dossier)
    if depart is None or not (_textes(dossier) or _fichiers(dossier)):
        return []
    return [Passager("extraction-medical", depart, None, lambda: _effacer(dossier))]


def _textes(dossier: Dossier) -> bool:
    lettre = Extraction.objects.filter(dossier=dossier).first()
    return lettre is not None and any(getattr(lettre, nom) for nom in MEDICAUX)


def _fichiers(dossier: Dossier) -> list[int]:
    pieces = Piece.objects.filter(dossier=dossier, classe=Classe.MEDICAL)
    return list(pieces.exclude(fichier__etat_fichier=Fichier.Etat.EFFACE).values_list("fichier_id", flat=True))


def _effacer(dossier: Dossier) -> None:
    """Empty the sealed medical texts, of the letter and of its history. The frozen letter opens for this act alone."""
    vides = dict.fromkeys(MEDICAUX, "")
    Extraction.history.model._base_manager.filter(dossier_id=dossier.pk).update(**vides)
    with gel_suspendu(Extraction):
        Extraction._base_manager.filter(dossier=dossier).update(**vides)
    effacer_fichiers(_fichiers(dossier), motif=f"medical:{dossier.cle}")
