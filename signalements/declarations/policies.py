"""Who may do what with a declaration, besides the acts that every signalement knows."""

from convention.acteur import Acteur, Place
from dossiers.models import Dossier
from dossiers.models.participation import Part
from dossiers.participations import participe
from signalements import etats, policies
from signalements.declarations.modele import Route
from transitions.verdict import OUI, Verdict, non


def place_d_auteur(voie: Route, acteur: Acteur) -> Place | None:
    """The place under which this person writes it."""
    return acteur.place(*voie.auteurs)


def peut_commencer(voie: Route, acteur: Acteur) -> Verdict:
    if place_d_auteur(voie, acteur):
        return OUI
    return non("Votre rôle n’écrit pas cette déclaration. Prévenez le cadre du service ou la direction de garde.")


def peut_ecrire(dossier: Dossier, acteur: Acteur) -> Verdict:
    if dossier.etat != etats.BROUILLON:
        return non("Cette déclaration est figée\u00a0: ajoutez un complément.")
    return policies.est_auteur(dossier, acteur)


def est_partie(dossier: Dossier, acteur: Acteur) -> bool:
    """Its author, its addressee and the services in copy read what was sent; others read by class."""
    return participe(dossier, acteur, Part.Role.AUTEUR, Part.Role.DESTINATAIRE, Part.Role.COPIE)
