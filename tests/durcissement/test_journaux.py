"""SEC-63: the product's own logs hold facts about requests, never what people wrote."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from config.journalisation import FormatSobre, erreur
from dossiers.models import Personne
from tests.canari import PREFIXE, jetons_dans
from tests.durcissement.monde import SORTIES, Monde, sans_effet
from tests.rapport import consigner

NOM = f"{PREFIXE}0123456789ab"
MARQUES = ("CANARI-", "canari-", NOM, "Delcambre", "Élise")


@contextmanager
def journal_technique(niveau: int) -> Iterator[io.StringIO]:
    """Everything that any library logs at this level, as production writes it."""
    sortie = io.StringIO()
    guichet = logging.StreamHandler(sortie)
    guichet.setFormatter(FormatSobre())
    racine = logging.getLogger()
    noms = ["django", "django.request", "django.security", "django.db.backends", "django.template", "celery", "kombu"]
    avant = {nom: (logging.getLogger(nom).level, logging.getLogger(nom).propagate) for nom in noms}
    ancien = racine.level
    racine.addHandler(guichet)
    racine.setLevel(niveau)
    for nom in noms:
        logging.getLogger(nom).setLevel(niveau)
        logging.getLogger(nom).propagate = True
    try:
        yield sortie
    finally:
        racine.removeHandler(guichet)
        racine.setLevel(ancien)
        for nom, (ancien_niveau, propage) in avant.items():
            logging.getLogger(nom).setLevel(ancien_niveau)
            logging.getLogger(nom).propagate = propage


def fuites(texte: str) -> list[str]:
    return [marque for marque in MARQUES if marque in texte] + sorted(jetons_dans(texte))


def nominative(request: Any) -> HttpResponse:
    """A breakdown whose locals, message and cause all name a person."""
    patient = {"nom": NOM, "faits": "CANARI-FAITS"}
    try:
        int(patient["nom"])
    except ValueError as cause:
        raise RuntimeError(f"impossible pour {patient}") from cause
    return HttpResponse()


def contrainte(request: Any) -> HttpResponse:
    """PostgreSQL's DETAIL repeats the row that it refuses."""
    existante = Personne.objects.order_by("pk")[0]
    Personne(pk=existante.pk, dossier_id=existante.dossier_id, nom=NOM).save(force_insert=True)
    return HttpResponse()


class Adresses:
    urlpatterns = [
        path("essai/nominative/", nominative),
        path("essai/contrainte/", contrainte),
        path("", include("config.urls")),
    ]
    handler400, handler403 = "accueil.erreurs.illisible", "accueil.erreurs.refus"
    handler404, handler500 = "accueil.erreurs.introuvable", "accueil.erreurs.panne"


def visites(monde: Monde, sur: int = 2) -> None:
    """Reads, writes, refusals and breakdowns, each with something nominative in every place of the request."""
    for role, pas in (("soignante", 0), ("opj", 1)):
        client = monde.client(role)
        for nom, chemin in monde.chemins[pas::sur]:
            if nom in SORTIES:
                continue
            entetes = {"referer": f"http://testserver/{NOM}", "user-agent": NOM}
            for methode in ("get", "post"):
                with sans_effet(client):
                    client.cookies["essai"] = NOM
                    getattr(client, methode)(f"{chemin}?personne={NOM}", {"nom": NOM, "q": NOM}, headers=entetes)
    anonyme = Client(raise_request_exception=False)
    for chemin in (f"/{NOM}/", f"/signalements/{NOM}/", f"/fiches/1/versions/{NOM}%00/", f"/connexion/?next=/{NOM}"):
        anonyme.get(chemin)
    anonyme.post("/connexion/", {"username": f"{NOM}@demo.test", "password": NOM})
    Client(raise_request_exception=False, headers={"host": f"{NOM}.test:x"}).get("/")
    with override_settings(ROOT_URLCONF=Adresses):
        for chemin in ("/essai/nominative/", "/essai/contrainte/"):
            with sans_effet(monde.clients["soignante"]):
                assert monde.clients["soignante"].post(chemin, {"nom": NOM}).status_code == 500
    for modele in ("dit %s", "dit %(nom)s"):
        logging.getLogger("bibliotheque").error(modele, {"nom": NOM})
    logging.getLogger("bibliotheque").error(f"déjà dit {NOM}")


@pytest.mark.parametrize("niveau", [logging.DEBUG, logging.INFO])
def test_les_journaux_du_produit_ne_disent_rien_de_personne(monde: Monde, niveau: int) -> None:
    with journal_technique(niveau) as sortie, CaptureQueriesContext(connection):
        visites(monde, sur=2 if niveau == logging.DEBUG else 8)  # what is said at INFO is said at DEBUG too
    lignes = sortie.getvalue().splitlines()
    assert fuites(sortie.getvalue()) == []
    lues = [json.loads(ligne) for ligne in lignes]
    permis = {"quand", "niveau", "source", "ou", "message", "valeurs", "methode", "vue", "statut", "erreur"}
    assert all(set(ligne) <= permis for ligne in lues)
    assert all(datetime.fromisoformat(ligne["quand"]).tzinfo == UTC for ligne in lues)
    types = {maillon["type"] for ligne in lues for maillon in ligne.get("erreur", [])}
    assert {"builtins.RuntimeError", "builtins.ValueError", "django.db.utils.IntegrityError"} <= types
    assert any(maillon.get("sqlstate") == "23505" for ligne in lues for maillon in ligne.get("erreur", []))
    assert len(lignes) >= (500 if niveau == logging.DEBUG else 30)
    consigner(f"sec-63-{logging.getLevelName(niveau).lower()}", lignes=len(lignes), canaris=0)


def test_une_erreur_dit_ou_elle_est_nee_sans_dire_de_qui(monde: Monde) -> None:
    with pytest.raises(IntegrityError) as prise, transaction.atomic():
        contrainte(None)
    maillons = erreur(prise.value)
    assert NOM not in json.dumps(maillons)
    assert any("tests/durcissement/test_journaux.py" in cadre for cadre in maillons[0]["cadres"])
    assert maillons[1]["contrainte"] == "dossiers_personne_pkey"
    assert not any(str(Path.home()) in cadre or cadre.startswith("/") for cadre in maillons[0]["cadres"])
