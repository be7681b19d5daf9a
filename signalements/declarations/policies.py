"""Who may do what with a declaration, besides the acts that every signalement knows."""

from accounts.roles import Role
from convention.acteur import Acteur, Place
from dossiers.models import Dossier
from dossiers.models.participation import Part
from dossiers.participations import participe
from signalements import etats, policies
from signalements.declarations.modele import Route
from signalements.declarations.routes import route_de
from signalements.declarations.tables import Mesure
from signalements.models import Complement
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


def peut_exporter(dossier: Dossier, acteur: Acteur) -> Verdict:
    """The observatory is told by the house that declares, its author or its legal affairs and direction."""
    if not est_partie(dossier, acteur) or dossier.service_emetteur.institution_id not in acteur.institutions:
        return non("L’observatoire est renseigné par l’hôpital qui déclare.")
    return OUI


def peut_reprendre(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Legal affairs write the complaint of the hospital from what an agent declared to them."""
    route = route_de(dossier.variante)
    if not route.reprise or place_d_auteur(route, acteur) is None:
        return non("Cette déclaration ne se reprend pas.")
    if dossier.etat not in etats.ENVOYES or dossier.etat == etats.CLOS:
        return non("Une plainte se prépare à partir d’une déclaration transmise et non close.")
    return policies.est_destinataire(dossier, acteur)


# Who answers a request for protection; the others of the house follow the rest.
REPONDENT = (Role.JURISTE, Role.DIRECTION)


def peut_voir_le_suivi(dossier: Dossier, acteur: Acteur) -> Verdict:
    """What the hospital does afterwards is read by its own parties: never by a partner."""
    if dossier.etat not in etats.ENVOYES or not route_de(dossier.variante).suivis:
        return non("Le suivi commence après la transmission.")
    if not est_partie(dossier, acteur) or dossier.service_emetteur.institution_id not in acteur.institutions:
        return non("Ce suivi est interne à l’hôpital.")
    return OUI


def peut_suivre(dossier: Dossier, acteur: Acteur, genre: str) -> Verdict:
    verdict = peut_voir_le_suivi(dossier, acteur)
    if not verdict:
        return verdict
    if genre not in route_de(dossier.variante).suivis:
        return non("Cette déclaration n’appelle pas cette mesure.")
    if genre == Mesure.Genre.PROTECTION and acteur.place(*REPONDENT) is None:
        return non("L’agent adresse sa demande écrite aux affaires juridiques ou à la direction, qui l’enregistrent.")
    return OUI


def peut_identifier(dossier: Dossier, acteur: Acteur) -> Verdict:
    """Said once, by the author, while the recipient still searches."""
    if not route_de(dossier.variante).recherche:
        return non("Cette déclaration ne cherche personne.")
    if dossier.complements.filter(objet=Complement.Objet.FIN).exists():
        return non("L’identité est déjà dite établie.")
    return policies.peut_completer(dossier, acteur)
