"""The same act asked again, after the deposit, for somebody else: another case, tied to the first."""

from typing import Any

from django.db import transaction

from convention.acteur import Acteur
from dossiers.brouillons import commencer
from dossiers.models import Brouillon, Dossier, Lien
from requisitions.policies import peut_demander_pour_une_autre
from requisitions.workflow.enregistrement import GENRE, MEME_ACTE, ORIGINE, copie_de_l_acte
from transitions.workflow import TransitionRefusee


@transaction.atomic
def preparer_pour_une_autre(*, dossier: Dossier, page: str, saisie: dict[str, Any], acteur: Acteur) -> Brouillon:
    """A draft of the deposit `page` that asks the same for another person; the signed act comes along as a copy."""
    verdict = peut_demander_pour_une_autre(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    brouillon = commencer(genre=GENRE, acteur=acteur)
    copie = copie_de_l_acte(dossier)
    brouillon.donnees = {page: saisie | ({"fichier_pk": copie.pk} if copie else {}), ORIGINE: str(dossier.cle)}
    brouillon.save()
    return brouillon


def memes_actes(dossier: Dossier, acteur: Acteur) -> list[Dossier]:
    """The other cases of the same act that this reader knows."""
    liens = Lien.objects.filter(nature_lien=MEME_ACTE)
    origine = liens.filter(cible=dossier).values_list("origine", flat=True).first() or dossier.pk
    cles = {origine, *liens.filter(origine=origine).values_list("cible", flat=True)} - {dossier.pk}
    return list(Dossier.objects.visibles_par(acteur).filter(pk__in=cles).order_by("pk"))
