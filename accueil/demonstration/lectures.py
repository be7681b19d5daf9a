"""Readings spread over the services, through the verbs themselves."""

from convention.acteur import acteur_de, rattachements_valides
from fiches import accuses
from fiches.models import VersionFiche

LECTEURS = 80


def peupler() -> None:
    """Two sheets in three are read, one reading in four is checked."""
    versions = list(VersionFiche.objects.filter(etat=VersionFiche.Etat.EN_VIGUEUR).order_by("fiche__numero"))
    places = rattachements_valides().select_related("utilisateur")[:LECTEURS]
    for rang, place in enumerate(places):
        acteur = acteur_de(place.utilisateur)
        for version in versions:
            if accuses.concerne(version.contenu["public"], acteur) and (rang + version.pk) % 3:
                verbe = accuses.attester if (rang + version.pk) % 4 == 0 else accuses.accuser
                verbe(version=version, acteur=acteur)
