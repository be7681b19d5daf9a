"""Every address of the URLconf, and an address to visit for each."""

import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver

from fiches.chargement.ecriture import ecrire
from fiches.chargement.verification import lire_dossier
from tests.contrats.fabrique import fabriques
from tests.distribution import DONNEES, Distribution

# Open without an account, each with its reason.
PUBLIQUES = {
    "accounts:connexion": "where one signs in",
    "account_login": "the same page, under the name by which allauth looks for it",
    "accounts:code": "the second factor, once the first one is proved",
    "mfa_authenticate": "the same page, under the name by which allauth looks for it",
    "accounts:oubli": "asks for a link, with one answer for every address",
    "accounts:lien_oubli": "behind the link of an e-mail, with its token",
    "accounts:lien_invitation": "behind the link of an e-mail, with its token",
    "accounts:lien_retour": "the same, for a person whose factors two administrators cleared",
    "accounts:nouveau_mot_de_passe": "once that link was followed",
    "accounts:federation_partir": "where one signs in by a provider; does not exist when none is configured",
    "accounts:federation_retour": "where the provider sends back, with the state of that very session",
    "accounts:federation_fermeture": "the provider’s own farewell, proved by its signed token",
    "accueil:aide": "help to sign in",
    "accueil:accessibilite": "the law wants it public",
    "accueil:donnees_personnelles": "the law wants it public",
    "accueil:etat": "the health check of the proxy: no data",
    "convention:publiques": "what may be public of the published conventions",
    "convention:publique": "the same, of one convention: no contact, no service, no article, no content of a sheet",
    "documents:verifier": "behind the QR code of a document: in force, replaced or withdrawn",
    "presentation:galerie": "does not exist outside debug",
}
# Values that designate something real besides the cases: the convention and its sheets are loaded.
REELLES = {"numero": 1, "version": "1.0", "a": "1.0", "b": "1.0", "annee": 2026, "situation": "VC_SANS_ACCORD"}
QUELCONQUE = {"uuid": str(uuid.UUID(int=1)), "int": "1", "slug": "rien", "str": "rien", "path": "rien"}


class Adresse(NamedTuple):
    nom: str
    motif: str
    parametres: tuple[tuple[str, str], ...]

    def visite(self, valeurs: Mapping[str, Any]) -> str:
        """The path with these values; a parameter without value takes one that designates nothing."""
        chemin = self.motif
        for genre, nom in self.parametres:
            valeur = str(valeurs.get(nom, REELLES.get(nom, QUELCONQUE.get(genre, "1"))))
            chemin = re.sub(rf"<(?:\w+:)?{nom}>", lambda _, valeur=valeur: valeur, chemin)
        return f"/{chemin}"


def adresses() -> list[Adresse]:
    return sorted(_parcourir(get_resolver().url_patterns, "", ""))


def _parcourir(motifs: list[Any], prefixe: str, espace: str) -> Iterator[Adresse]:
    for motif in motifs:
        chemin = prefixe + str(motif.pattern)
        if isinstance(motif, URLResolver):
            sous_espace = f"{espace}{motif.namespace}:" if motif.namespace else espace
            yield from _parcourir(motif.url_patterns, chemin, sous_espace)
        elif isinstance(motif, URLPattern):
            parametres = tuple((genre or "str", nom) for genre, nom in re.findall(r"<(?:(\w+):)?(\w+)>", chemin))
            yield Adresse(f"{espace}{motif.name}", chemin, parametres)


def valeurs_d_exemple(distribution: Distribution) -> dict[str, dict[str, Any]]:
    """For each namespace, the values that open something real: a case of each type, and the draft of an author."""
    ecrire(lire_dossier(DONNEES))
    valeurs: dict[str, dict[str, Any]] = {"convention": {"code": "chv-2025"}}
    for espace, fabrique in fabriques().items():
        dossier = fabrique.ouvrir(distribution)
        valeurs[espace] = {"cle": dossier.cle, **fabrique.valeurs(dossier)}
        valeurs.setdefault("dossiers", {"cle": dossier.cle})
    return valeurs
