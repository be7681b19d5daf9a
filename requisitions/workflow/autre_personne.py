"""One act that concerns several persons: a case for each, tied together, each with its number and its answer."""

from typing import Any

from django.db import transaction

from convention.acteur import Acteur
from documents import coffre
from documents.models import Fichier
from dossiers.brouillons import commencer
from dossiers.models import Brouillon, Dossier, Lien
from requisitions.policies import peut_demander_pour_une_autre
from requisitions.workflow.depot import ACTE_SIGNE, GENRE, MEME_ACTE, ORIGINE
from transitions.workflow import TransitionRefusee


@transaction.atomic
def preparer_pour_une_autre(*, dossier: Dossier, page: str, saisie: dict[str, Any], acteur: Acteur) -> Brouillon:
    """A draft of the deposit `page` that asks the same for another person; the signed act comes along as a copy."""
    verdict = peut_demander_pour_une_autre(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    brouillon = commencer(genre=GENRE, acteur=acteur)
    copie = _copie_de_l_acte(dossier)
    brouillon.donnees = {page: saisie | ({"fichier_pk": copie.pk} if copie else {}), ORIGINE: str(dossier.cle)}
    brouillon.save()
    return brouillon


def _copie_de_l_acte(dossier: Dossier) -> Fichier | None:
    """A file of its own: what one case erases, another still needs."""
    piece = dossier.pieces.filter(intitule=ACTE_SIGNE).select_related("fichier").first()
    fichier = piece.fichier if piece else None
    if fichier is None or not fichier.servi:
        return None
    octets = coffre.lire(fichier, dossier.cle)
    return coffre.deposer(octets, extension=fichier.extension, type_mime=fichier.type_mime)


def memes_actes(dossier: Dossier, acteur: Acteur) -> list[Dossier]:
    """The other cases of the same act that this reader knows."""
    liens = Lien.objects.filter(nature_lien=MEME_ACTE)
    origine = liens.filter(cible=dossier).values_list("origine", flat=True).first() or dossier.pk
    cles = {origine, *liens.filter(origine=origine).values_list("cible", flat=True)} - {dossier.pk}
    return list(Dossier.objects.visibles_par(acteur).filter(pk__in=cles).order_by("pk"))
