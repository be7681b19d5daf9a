"""How long a report is kept: by the age of the person, or as a decision not to report."""

from django.utils import timezone

from dossiers.conservation.conserver import Lecture, fermeture
from dossiers.conservation.regles import MAJORITE, ans
from dossiers.models import Dossier, Personne
from signalements import etats
from signalements.declarations.routes import route_de

ETATS = frozenset({etats.DECISION_NON_SIGNALEMENT})
# Voies that the retention table names; the others follow the age of the person.
REGLES = {"ARME_PREFET": "information-prefet", "DISPARITION": "disparition"}
VICTIMES = (Personne.Role.CONCERNEE, Personne.Role.ENFANT)


def lire(dossier: Dossier) -> Lecture:
    if dossier.etat in etats.SANS_ENVOI:
        return Lecture("non-signalement", timezone.localdate(dossier.derniere_activite))
    ecrit_le = timezone.localdate(dossier.transmis_le or dossier.cree_le)
    mineurs = [
        personne
        for personne in dossier.personnes.filter(role__in=VICTIMES)
        if (personne.naissance and ecrit_le < ans(personne.naissance, MAJORITE))
        or (personne.age is not None and personne.age < MAJORITE)
    ]
    naissances = [personne.naissance for personne in mineurs if personne.naissance]
    regle = REGLES.get(dossier.variante) or ("signalement-mineur" if mineurs else "signalement-majeur")
    return Lecture(regle, fermeture(dossier), naissance=max(naissances, default=None))


def lire_declaration(dossier: Dossier) -> Lecture:
    """Nobody is named: the route says its rule, counted from the closing."""
    return Lecture(route_de(dossier.variante).regle, fermeture(dossier))
