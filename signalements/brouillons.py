"""Opening the draft of either letter."""

import uuid
from collections.abc import Callable

from django.db import IntegrityError, transaction

from convention.acteur import Acteur, Place
from convention.models import Service
from dossiers.brouillons import commencer as commencer_brouillon
from dossiers.brouillons import retrouver
from dossiers.models import Dossier
from dossiers.models.dossier import Nature
from dossiers.models.participation import Part
from dossiers.ouverture import ouvrir
from dossiers.participations import Octroi, accorder
from fiches.models import ReferenceLegale
from journal.carnet import noter
from signalements import etats
from signalements.voies import Voie
from signalements.workflow import WORKFLOW
from transitions.workflow import TransitionRefusee


def base_de(voie: Voie) -> ReferenceLegale | None:
    """The legal basis that a new letter starts with."""
    return ReferenceLegale.objects.filter(cle=voie.bases[0]).first()


def ouvrir_brouillon(
    *,
    nature: Nature,
    genre: str,
    voie: Voie,
    place: Place,
    cle: uuid.UUID,
    acteur: Acteur,
    ecrire_lettre: Callable[[Dossier, ReferenceLegale | None], object],
) -> Dossier:
    """`cle` is the key of the starting form: sent twice, it gives the same case."""
    try:
        with transaction.atomic():
            brouillon = commencer_brouillon(genre=genre, acteur=acteur, cle=cle)
    except IntegrityError:
        existant = retrouver(cle, acteur)
        if existant is None or existant.dossier is None or existant.dossier.variante != voie.code:
            raise TransitionRefusee("Ce formulaire a déjà servi. Rouvrez la page pour commencer.") from None
        return existant.dossier
    dossier = ouvrir(
        nature=nature,
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
    ecrire_lettre(dossier, base_de(voie))
    nom = Service.objects.values_list("nom_externe", flat=True).get(pk=place.service_id)
    octroi = Octroi(Part.Role.AUTEUR, voie.libelle, "auteur", nom, personne=acteur.utilisateur_id, non_lu=False)
    accorder(dossier=dossier, octrois=[octroi], acteur=acteur)
    noter("commencer", acteur=acteur, objet=genre, cle=dossier.cle, details={"voie": voie.code})
    return dossier
