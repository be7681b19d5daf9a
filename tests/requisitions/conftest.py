"""A requisition at each stage of its life, made by the people of the cast through the real verbs."""

import io
import re
import uuid
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from documents import coffre
from documents.models import Fichier
from dossiers.models import Dossier, Personne
from requisitions.levees import a_justifier, points_bloquants
from requisitions.models import Requisition
from requisitions.table import charger, lire
from requisitions.workflow import affecter, controler, deposer, noter_mentions, proposer_refus, refuser, valider
from tests.distribution import Distribution

TABLE = Path(__file__).resolve().parents[2] / "donnees" / "table-requisitions.yaml"


def octets_pdf(texte: str = "") -> bytes:
    """A small valid PDF; `texte` is stored in its title."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Title"] = texte or "Acte"
    sortie = io.BytesIO()
    pdf.save(sortie, deterministic_id=True)  # the same words, the same bytes, whatever the second
    return sortie.getvalue()


@pytest.fixture(autouse=True)
def rendu_rapide(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Documents are typeset for real where they are read, and replaced by a blank page elsewhere."""
    if not request.module.__name__.endswith(
        (
            "test_parcours",
            "test_documents",
            "test_volets",
            "test_medecin_requis",
            "test_papiers_internes",
            "test_recherche_criteres",
            "test_papiers_de_saisie",
        )
    ):
        monkeypatch.setattr("documents.render.rendre_pdf", lambda gabarit, contexte, **_: octets_pdf(gabarit))


@pytest.fixture
def ecrits(rendu_rapide: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """The papers as they are typeset, by template, without their QR code."""
    vus: dict[str, list[str]] = {}

    def rendre(gabarit: str, contexte: Mapping[str, Any], **_: Any) -> bytes:
        texte = render_to_string(gabarit, dict(contexte))
        vus.setdefault(gabarit, []).append(re.sub(r'src="data:[^"]*"', "", texte))
        return octets_pdf(gabarit)

    monkeypatch.setattr("documents.render.rendre_pdf", rendre)
    return vus


@pytest.fixture
def table(db: None) -> None:
    """The decision table in force."""
    charger(lire(TABLE))


@pytest.fixture
def police(distribution: Distribution, table: None) -> Client:
    """The officer's browser, before a table in force."""
    return distribution.client("opj")


@pytest.fixture
def fichier(db: None) -> Callable[[], Fichier]:
    def faire(texte: str = "") -> Fichier:
        return coffre.deposer(octets_pdf(texte), extension="pdf", type_mime="application/pdf")

    return faire


@pytest.fixture
def deposee(
    distribution: Distribution, table: None, fichier: Callable[[], Fichier], opj: Any
) -> Callable[..., Dossier]:
    """Deposit a requisition: `deposee("VIDEO", cadre="PRELIM")`."""

    def faire(type_acte: str = "DOSSIER", *, urgence: str = "ORDINAIRE", par: Any = None, **champs: Any) -> Dossier:
        maintenant = timezone.now()
        champs.setdefault("cadre", "FLAG")
        champs.setdefault("mission", "Compte rendu du passage aux urgences du 21 novembre et certificat descriptif.")
        champs.setdefault("num_procedure", "2026/018834")
        if type_acte == "VIDEO":
            champs.setdefault("cible", "Entrée des urgences")
            champs.setdefault("periode_du", maintenant - timedelta(days=2))
            champs.setdefault("periode_au", maintenant - timedelta(days=2, hours=-1))
        if type_acte == "RECH_CRIT":
            champs.setdefault("critere_signe", "plaie à la main")
            champs.setdefault("periode_du", maintenant - timedelta(hours=9))
            champs.setdefault("periode_au", maintenant - timedelta(hours=5))
        lucie = Personne(nom="Delcambre", prenoms="Lucie", age=champs.pop("age", 34), sexe="F")
        personne = None if type_acte in {"VIDEO", "RH", "RECH_CRIT"} else lucie
        return deposer(
            cle_depot=uuid.uuid4(),
            lettre=Requisition(type_acte=type_acte, **champs),
            personne=personne,
            fichier=fichier(),
            urgence=urgence,
            acteur=par or opj,
        )

    return faire


def tout_conforme(dossier: Dossier, acteur: Any) -> None:
    """A jurist who finds every mention right."""
    noter_mentions(
        dossier=dossier,
        acteur=acteur,
        mentions={
            mention.numero: ("conforme" if mention.resultat == "a_verifier" else mention.resultat, "")
            for mention in dossier.mentions.all()
        },
    )


def motifs_du_controle(dossier: Dossier) -> dict[str, str]:
    """A sentence for each alert that the control shows."""
    lettre = Requisition.objects.get(pk=dossier.pk)
    return {point.cle: "Vu avec le requérant." for point in a_justifier(points_bloquants(dossier, lettre)[2])}


@pytest.fixture
def validee(deposee: Callable[..., Dossier], juriste: Any) -> Callable[..., Dossier]:
    def faire(type_acte: str = "DOSSIER", **champs: Any) -> Dossier:
        dossier = controler(dossier=deposee(type_acte, **champs), acteur=juriste)
        tout_conforme(dossier, juriste)
        return valider(dossier=dossier, acteur=juriste, motifs=motifs_du_controle(dossier))

    return faire


@pytest.fixture
def affectee(validee: Callable[..., Dossier], distribution: Distribution, juriste: Any) -> Callable[..., Dossier]:
    def faire(type_acte: str = "DOSSIER", **champs: Any) -> Dossier:
        medecin = distribution.utilisateur("medecin") if type_acte == "DOSSIER" else None
        return affecter(
            dossier=validee(type_acte, **champs), acteur=juriste, consigne="Passage du 21 novembre.", medecin=medecin
        )

    return faire


@pytest.fixture
def directrice(distribution: Distribution) -> Any:
    return distribution.acteur("directrice")


@pytest.fixture
def refusee(directrice: Any, juriste: Any) -> Callable[..., Dossier]:
    """Refuse in two persons: proposed by legal affairs, signed by the direction."""

    def faire(dossier: Dossier, motif: str = "secret", texte: str = "Le médecin n’a pas donné son accord.") -> Dossier:
        refus = proposer_refus(dossier=dossier, acteur=juriste, motif=motif, texte=texte)
        return refuser(dossier=dossier, acteur=directrice, proposition=refus.cle)

    return faire
