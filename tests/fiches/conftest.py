from collections.abc import Callable
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from convention.acteur import acteur_de
from convention.rattachements import rattacher
from fiches import workflow
from fiches.chargement.ecriture import ecrire
from fiches.chargement.verification import Donnees, lire_dossier
from fiches.models import Fiche, VersionFiche, Visa
from tests.distribution import DONNEES, Distribution

# One person who may speak for each signatory, in the order of the signatures.
REPRESENTANTS = ("prefecture", "parquet", "referente", "ordre", "opj", "gendarme", "douanes", "epm", "maison_arret")


@cache
def _donnees() -> Donnees:
    return lire_dossier(DONNEES)


@pytest.fixture
def convention(distribution: Distribution) -> None:
    """The convention and its eighteen sheets, as `charger_convention` loads them."""
    ecrire(_donnees())


def suppleer(distribution: Distribution) -> Any:
    """A second référente: her account, her Acteur and a browser-like client of hers."""
    compte = User.objects.create_user(
        "suppleante@demo.test", "demonstration-2025", civilite="Mme", prenom="Agnès", nom="Vautrin"
    )
    rattacher(utilisateur=compte, service=distribution.service("CHV-CONV"), role=Role.REFERENT, acteur=None)
    client = Client()
    client.force_login(compte, backend="accounts.connexion.CourrielBackend")
    return SimpleNamespace(compte=compte, acteur=acteur_de(compte), client=client)


@pytest.fixture
def suppleante(distribution: Distribution) -> Any:
    return suppleer(distribution)


@pytest.fixture
def projet(convention: None, referente: Any) -> VersionFiche:
    """Version 1.1 of sheet 1, opened by the référente and changed by one word."""
    version = workflow.proposer(fiche=Fiche.objects.get(numero=1), acteur=referente)
    return reecrire(version, referente, essentiel=["Recevez la personne seule, dans un lieu fermé."])


def reecrire(version: VersionFiche, acteur: Any, **champs: Any) -> VersionFiche:
    """Change some blocks of a version."""
    workflow.modifier(
        version=version,
        acteur=acteur,
        titre=version.titre,
        contenu={**version.contenu, **champs},
        motif="Retour du terrain",
        version_lue=VersionFiche.objects.get(pk=version.pk).version,
    )
    return relire(version)


def relire(version: VersionFiche) -> VersionFiche:
    return VersionFiche.objects.select_related("fiche__thematique__convention").get(pk=version.pk)


@pytest.fixture
def en_approbation(projet: VersionFiche, referente: Any) -> VersionFiche:
    workflow.soumettre_lecture(version=projet, acteur=referente)
    workflow.ouvrir_approbation(version=projet, acteur=referente)
    return relire(projet)


@pytest.fixture
def approuver(distribution: Distribution) -> Callable[..., None]:
    """`approuver(version)`: all nine approve; `sauf=("ordre",)` leaves some out."""

    def faire(version: VersionFiche, sauf: tuple[str, ...] = ()) -> None:
        for nom in REPRESENTANTS:
            if nom not in sauf:
                version = relire(version)
                acteur = distribution.acteur(nom)
                workflow.donner_avis(
                    version=version, acteur=acteur, avis=Visa.Avis.APPROUVE, empreinte=version.empreinte
                )

    return faire
