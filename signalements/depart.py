"""Before the sending: opening a draft, and changing its voie."""

import uuid

from django.db import transaction

from convention.acteur import Acteur
from dossiers.models import Dossier
from dossiers.models.dossier import Nature
from dossiers.suivi import relater, verrouiller
from fiches.models import VersionFiche
from signalements import policies
from signalements.brouillons import base_de, ouvrir_brouillon
from signalements.contenu import lire
from signalements.models import Signalement
from signalements.voies import EN_MAIN_PROPRE, Voie, voie_de
from transitions.workflow import TransitionRefusee

GENRE = "signalement"


@transaction.atomic
def commencer(*, voie: Voie, cle: uuid.UUID, acteur: Acteur) -> Dossier:
    """Open a draft. `cle` is the key of the starting form: sent twice, it gives the same case."""
    place = policies.place_d_auteur(acteur)
    verdict = policies.peut_commencer_voie(voie, acteur)
    if place is None or not verdict:
        raise TransitionRefusee(verdict.raison)
    return ouvrir_brouillon(
        nature=Nature.SIGNALEMENT,
        genre=GENRE,
        voie=voie,
        place=place,
        cle=cle,
        acteur=acteur,
        ecrire_lettre=lambda dossier, base: Signalement.objects.create(
            dossier=dossier, base_legale=base, caractere=voie.caractere
        ),
    )


def suivre_l_age(*, dossier: Dossier, acteur: Acteur) -> bool:
    """A minor written in an adult's route moves to the child's; says whether it moved."""
    lu = lire(dossier)
    concernee = lu.concernee
    if not lu.voie.si_mineur or concernee is None or concernee.age is None or concernee.age in lu.voie.ages:
        return False
    basculer(dossier=dossier, vers=voie_de(lu.voie.si_mineur), acteur=acteur)
    return True


@transaction.atomic
def basculer(*, dossier: Dossier, vers: Voie, acteur: Acteur) -> None:
    """Change the voie of a draft: what was written stays, the legal basis and the fiche follow."""
    verdict = policies.peut_ecrire(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    dossier = verrouiller(dossier)
    if {vers.code, dossier.variante} & EN_MAIN_PROPRE.keys():
        raise TransitionRefusee("Un certificat ne devient pas un signalement\u00a0: chacun a son propre dossier.")
    dossier.variante, dossier.urgence = vers.code, vers.urgence
    dossier.fiche_version = VersionFiche.objects.filter(
        fiche__code=vers.fiche_code, etat=VersionFiche.Etat.EN_VIGUEUR
    ).first()
    dossier.save()
    lettre = dossier.signalement
    lettre.base_legale, lettre.caractere = base_de(vers), vers.caractere
    lettre.save()
    relater(dossier=dossier, nom="basculer", libelle=f"Voie changée\u00a0: {vers.libelle}", acteur=acteur, reserve=True)
