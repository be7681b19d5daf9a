"""Before the sending: opening a draft, and changing its voie."""

import uuid

from django.db import IntegrityError, transaction

from convention.acteur import Acteur
from convention.models import Service
from dossiers.brouillons import commencer as commencer_brouillon
from dossiers.brouillons import retrouver
from dossiers.models import Dossier
from dossiers.models.dossier import Nature
from dossiers.models.participation import Part
from dossiers.ouverture import ouvrir
from dossiers.participations import Octroi, accorder
from dossiers.suivi import relater, verrouiller
from fiches.models import ReferenceLegale, VersionFiche
from journal.carnet import noter
from signalements import etats, policies
from signalements.contenu import lire
from signalements.models import Signalement
from signalements.voies import EN_MAIN_PROPRE, Voie, voie_de
from signalements.workflow import WORKFLOW
from transitions.workflow import TransitionRefusee

GENRE = "signalement"


@transaction.atomic
def commencer(*, voie: Voie, cle: uuid.UUID, acteur: Acteur) -> Dossier:
    """Open a draft. `cle` is the key of the starting form: sent twice, it gives the same case."""
    place = policies.place_d_auteur(acteur)
    verdict = policies.peut_commencer_voie(voie, acteur)
    if place is None or not verdict:
        raise TransitionRefusee(verdict.raison)
    try:
        with transaction.atomic():
            brouillon = commencer_brouillon(genre=GENRE, acteur=acteur, cle=cle)
    except IntegrityError:
        existant = retrouver(cle, acteur)
        if existant is None or existant.dossier is None:
            raise TransitionRefusee("Ce formulaire a déjà servi. Rouvrez la page pour commencer.") from None
        return existant.dossier
    dossier = ouvrir(
        nature=Nature.SIGNALEMENT,
        variante=voie.code,
        workflow=WORKFLOW,
        etat=etats.BROUILLON,
        place=place,
        acteur=acteur,
        urgence=voie.urgence,
        fiche_code=voie.fiche_code,
    )
    brouillon.dossier = dossier
    brouillon.save()
    Signalement.objects.create(dossier=dossier, base_legale=_base(voie), caractere=voie.caractere)
    nom = Service.objects.values_list("nom_externe", flat=True).get(pk=place.service_id)
    octroi = Octroi(Part.Role.AUTEUR, voie.libelle, "auteur", nom, personne=acteur.utilisateur_id, non_lu=False)
    accorder(dossier=dossier, octrois=[octroi], acteur=acteur)
    noter("commencer", acteur=acteur, objet=GENRE, cle=dossier.cle, details={"voie": voie.code})
    return dossier


def _base(voie: Voie) -> ReferenceLegale | None:
    return ReferenceLegale.objects.filter(cle=voie.bases[0]).first()


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
    lettre.base_legale, lettre.caractere = _base(vers), vers.caractere
    lettre.save()
    relater(dossier=dossier, nom="basculer", libelle=f"Voie changée\u00a0: {vers.libelle}", acteur=acteur, reserve=True)
