"""Accounts, seen and used in a real browser: invite, approve, suspend, leave, review; narrow and wide."""

import os
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.courriels import composer
from accounts.models import User
from accounts.roles import Role
from convention.acteur import acteur_de
from notifications.models import Envoi
from tests.accounts.identite import enroler
from tests.convention.gens import MOTIF, administrateur, compte
from tests.distribution import Distribution
from tests.navigateur.conftest import Visite
from tests.signalements.situation import brouillon, transmis

pytestmark = pytest.mark.django_db(transaction=True)
VUES = os.environ.get("TDU_VUES", "")


def eleve(visite: Visite) -> None:
    """A fresh proof of identity in the browser's session."""
    biscuits = {biscuit["name"]: biscuit["value"] for biscuit in visite.page.context.cookies()}
    ligne = Session.objects.get(session_key=biscuits["tdu_session"])
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore(ligne.session_key)
    session["eleve_le"] = int(time.time())
    session.save()


def voir(visite: Visite, nom: str) -> None:
    """No accessibility fault, nothing wider than the screen; a picture when a folder is given."""
    visite.accessible()
    assert visite.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), nom
    if VUES:
        visite.page.screenshot(path=str(Path(VUES) / f"{nom}.png"), full_page=True)


@pytest.mark.parametrize("largeur", [1280, 390])
def test_ouvrir_suspendre_et_laisser_partir(
    visiter: Callable[..., Visite], distribution: Distribution, largeur: int
) -> None:
    distribution.utilisateur("parquet")
    soignante, infirmiere = distribution.utilisateur("soignante"), distribution.utilisateur("infirmiere")
    soignante.rattachements.update(debut_le=timezone.localdate() - timedelta(days=400))
    envoye, ecrit = transmis(acteur_de(soignante)), brouillon(acteur_de(soignante))
    compte(distribution, "renfort@demo.test", "CHV-CHIR", Role.SOIGNANT, nom="Renfort", profession="INFIRMIER")
    seconde = administrateur(distribution, "CHV", 2)
    admin = visiter("admin_chv", largeur=largeur)
    eleve(admin)
    page = admin.aller("/comptes/")
    voir(admin, f"comptes-{largeur}")
    page.get_by_role("link", name="Inviter").click()
    page.get_by_label("Prénom").fill("Ada")
    page.get_by_label("Nom", exact=True).fill("Courtois")
    page.get_by_label("Adresse électronique professionnelle").fill("ada.courtois@demo.test")
    page.get_by_label("Service").select_option(label="Affaires juridiques")
    page.get_by_label("Rôle").select_option("JURISTE")
    voir(admin, f"inviter-{largeur}")
    page.get_by_label("Motif").fill(MOTIF)
    page.get_by_role("button", name="Demander l’ouverture").click()
    page.get_by_text("attend un second administrateur").wait_for()

    distribution._utilisateurs["seconde"] = seconde
    autre = visiter("seconde", largeur=largeur)
    eleve(autre)
    autre.aller("/comptes/approbations/")
    voir(autre, f"approbations-{largeur}")
    autre.page.get_by_role("button", name="Approuver").click()
    autre.page.get_by_text("Vous avez approuvé").wait_for()
    assert User.objects.filter(courriel="ada.courtois@demo.test").exists()

    admin.aller(f"/comptes/{soignante.cle}/")
    voir(admin, f"compte-{largeur}")
    page.get_by_role("link", name="Enregistrer un départ").click()
    page.get_by_role("heading", name="À qui les confier").wait_for()
    page.get_by_role("button", name="Enregistrer le départ").click()
    page.get_by_role("alert").first.wait_for()
    voir(admin, f"depart-{largeur}")
    page.get_by_label("Confier tous les dossiers à").select_option(label=str(infirmiere))
    page.get_by_role("button", name="Enregistrer le départ").click()
    page.get_by_text("Dossiers confiés").wait_for()
    tenus = infirmiere.participationpersonnelle_set.filter(content_object__in=[envoye, ecrit], fin_le=None)
    assert tenus.count() == 2

    admin.aller("/comptes/revue/CHV/")
    page.get_by_role("button", name="Ouvrir la revue").click()
    page.get_by_role("button", name="Confirmer").first.wait_for()
    voir(admin, f"revue-{largeur}")
    page.get_by_role("button", name="Confirmer").first.click()
    page.get_by_role("cell", name="Confirmé").first.wait_for()


@pytest.mark.parametrize("largeur", [1280, 390])
def test_un_acces_perdu_se_demande_s_approuve_et_se_retrouve(
    visiter: Callable[..., Visite], distribution: Distribution, mailoutbox: list[Any], largeur: int
) -> None:
    opj = distribution.utilisateur("opj")
    enroler(opj)
    for nom in ("premiere", "seconde"):
        distribution._utilisateurs[nom] = administrateur(distribution, "POLICE", len(nom))
    admin, autre = (visiter(nom, largeur=largeur) for nom in ("premiere", "seconde"))
    eleve(admin)
    page = admin.aller(f"/comptes/{opj.cle}/")
    voir(admin, f"acces-perdu-{largeur}")
    page.get_by_role("button", name="Demander la remise à zéro").click()
    page.get_by_role("heading", name="Accès perdu").wait_for()
    page.get_by_role("form", name="Accès perdu").get_by_label("Motif").fill(MOTIF)
    page.get_by_role("button", name="Demander la remise à zéro").click()
    page.get_by_text("attend un second administrateur").wait_for()
    eleve(autre)
    autre.aller("/comptes/approbations/")
    voir(autre, f"approbation-acces-{largeur}")
    autre.page.get_by_role("button", name="Approuver").click()
    autre.page.get_by_text("Vous avez approuvé").wait_for()
    composer(Envoi.objects.filter(charge__modele="retour").latest("pk").charge)
    lien = next(mot for mot in mailoutbox[-1].body.split() if mot.startswith("http"))
    page = autre.page.context.browser.new_page(viewport={"width": largeur, "height": 900})  # type: ignore[union-attr]
    page.goto(autre.page.url.split("/comptes/")[0] + urlsplit(lien).path)
    page.get_by_role("heading", name="Choisir un mot de passe").wait_for()
    assert "Étape 1 sur 2" in page.inner_text("main, body")
    if VUES:
        page.screenshot(path=str(Path(VUES) / f"retour-{largeur}.png"), full_page=True)
    page.close()
