"""Before the sending: opening a draft, and a validated page that leaves it for the letter."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from convention.acteur import Acteur
from dossiers.brouillons import commencer as commencer_brouillon
from dossiers.brouillons import valider_page
from dossiers.models import Brouillon, Dossier, Lien
from dossiers.models.dossier import Nature
from dossiers.suivi import relater
from journal.carnet import noter
from signalements.brouillons import ouvrir_brouillon
from signalements.champs import Genre
from signalements.declarations import policies
from signalements.declarations.contenu import Lue
from signalements.declarations.forms import PageForm
from signalements.declarations.modele import Route
from signalements.declarations.routes import route_de
from signalements.models import Declaration
from signalements.parcours import Page
from transitions.workflow import TransitionRefusee

GENRE = "declaration"


@transaction.atomic
def commencer(*, voie: Route, cle: uuid.UUID, acteur: Acteur) -> Dossier:
    """Open a draft. `cle` is the key of the starting form: sent twice, it gives the same case."""
    place = policies.place_d_auteur(voie, acteur)
    if place is None:
        raise TransitionRefusee(policies.peut_commencer(voie, acteur).raison)
    return ouvrir_brouillon(
        nature=Nature.DECLARATION,
        genre=GENRE,
        voie=voie,
        place=place,
        cle=cle,
        acteur=acteur,
        ecrire_lettre=lambda dossier, base: Declaration.objects.create(dossier=dossier, base_legale=base),
    )


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
