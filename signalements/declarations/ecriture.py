"""Before the sending: opening a draft, and a validated page that leaves it for the letter."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from convention.acteur import Acteur
from convention.models import Service
from dossiers.brouillons import commencer as commencer_brouillon
from dossiers.brouillons import retrouver, valider_page
from dossiers.models import Brouillon, Dossier, Lien
from dossiers.models.dossier import Nature
from dossiers.models.participation import Part
from dossiers.ouverture import ouvrir
from dossiers.participations import Octroi, accorder
from dossiers.suivi import relater
from fiches.models import ReferenceLegale
from journal.carnet import noter
from signalements import etats
from signalements.champs import Genre
from signalements.declarations import policies
from signalements.declarations.contenu import Lue
from signalements.declarations.forms import PageForm
from signalements.declarations.modele import Route
from signalements.declarations.routes import route_de
from signalements.models import Declaration
from signalements.parcours import Page
from signalements.workflow import WORKFLOW
from transitions.workflow import TransitionRefusee

GENRE = "declaration"


@transaction.atomic
def commencer(*, voie: Route, cle: uuid.UUID, acteur: Acteur) -> Dossier:
    """Open a draft. `cle` is the key of the starting form: sent twice, it gives the same case."""
    place = policies.place_d_auteur(voie, acteur)
    if place is None:
        raise TransitionRefusee(policies.peut_commencer(voie, acteur).raison)
    try:
        with transaction.atomic():
            brouillon = commencer_brouillon(genre=GENRE, acteur=acteur, cle=cle)
    except IntegrityError:
        existant = retrouver(cle, acteur)
        if existant is None or existant.dossier is None:
            raise TransitionRefusee("Ce formulaire a déjà servi. Rouvrez la page pour commencer.") from None
        return existant.dossier
    dossier = ouvrir(
        nature=Nature.DECLARATION,
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
    base = ReferenceLegale.objects.filter(cle=voie.bases[0]).first()
    Declaration.objects.create(dossier=dossier, base_legale=base)
    nom = Service.objects.values_list("nom_externe", flat=True).get(pk=place.service_id)
    octroi = Octroi(Part.Role.AUTEUR, voie.libelle, "auteur", nom, personne=acteur.utilisateur_id, non_lu=False)
    accorder(dossier=dossier, octrois=[octroi], acteur=acteur)
    noter("commencer", acteur=acteur, objet=GENRE, cle=dossier.cle, details={"voie": voie.code})
    return dossier


@transaction.atomic
def reprendre(*, dossier: Dossier, cle: uuid.UUID, acteur: Acteur) -> Dossier:
    """The recipient writes the next declaration from this one: the answers are copied, each page is read again."""
    verdict = policies.peut_reprendre(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    suivant = commencer(voie=route_de(dossier.variante), cle=cle, acteur=acteur)
    lettre = Declaration.objects.get(pk=suivant.pk)
    if not lettre.propres:
        lettre.propres = Declaration.objects.get(pk=dossier.pk).propres
        lettre.save()
        Lien.objects.get_or_create(origine=dossier, cible=suivant, defaults={"nature_lien": "plainte"})
        relater(dossier=dossier, nom="reprendre", libelle="Plainte en préparation", acteur=acteur, reserve=True)
    return suivant


def brouillon_de(dossier: Dossier, acteur: Acteur) -> Brouillon:
    """The draft of a case being written; recreated if it was lost, so that autosave never fails."""
    existant = Brouillon.objects.filter(dossier=dossier, proprietaire_id=acteur.utilisateur_id).first()
    return existant or commencer_brouillon(genre=GENRE, acteur=acteur, dossier=dossier)


def initial(lue: Lue, page: Page) -> dict[str, Any]:
    """What the letter holds for a page, as its form shows it."""
    return {propre.nom: propre.relire(lue.reponses.get(propre.nom)) for propre in lue.voie.propres_de(page.code)}


def depuis_brouillon(lue: Lue, page: Page, brut: Mapping[str, Any]) -> dict[str, Any]:
    """The raw values of an autosaved page, as an unbound form shows them again, valid or not."""
    valeurs = dict(brut)
    for propre in lue.voie.propres_de(page.code):
        if propre.genre is Genre.PLUSIEURS and isinstance(valeurs.get(propre.nom), str):
            valeurs[propre.nom] = [valeurs[propre.nom]]
    return valeurs


@transaction.atomic
def enregistrer_page(*, lue: Lue, page: Page, form: PageForm, acteur: Acteur) -> None:
    """A validated page leaves the draft for the letter."""
    verdict = policies.peut_ecrire(lue.dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    lettre = lue.lettre
    lettre.propres = lue.reponses | {p.nom: p.garder(form.cleaned_data.get(p.nom)) for p in form.attendus}
    if page.code not in lettre.etapes:
        lettre.etapes = [*lettre.etapes, page.code]
    lettre.save()
    valider_page(brouillon=brouillon_de(lue.dossier, acteur), page=page.code)
    noter("enregistrer_etape", acteur=acteur, objet=GENRE, cle=lue.dossier.cle, details={"etape": page.code})
