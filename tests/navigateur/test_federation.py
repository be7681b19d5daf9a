"""SEC-24 in real Chromium: the policy of the pages lets the browser go to the provider, and back from it."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings as reglages
from playwright.sync_api import expect

from accounts.federation import fournisseurs
from tests.accounts.fournisseur import FournisseurDEssai
from tests.navigateur.conftest import Visite

pytestmark = pytest.mark.django_db(transaction=True)


def test_on_relie_puis_on_entre_et_on_sort_par_son_fournisseur(
    visiter: Callable[..., Visite], settings: Any, live_server: Any
) -> None:
    with FournisseurDEssai(1, pkce=False).ouvert() as fournisseur:
        fournisseurs.oublier()
        fournisseur.amr = ["mfa"]
        settings.ADRESSE_PUBLIQUE = live_server.url
        settings.FEDERATION = {"proconnect": fournisseur.reglages()}
        politique = deepcopy(reglages.CONTENT_SECURITY_POLICY)
        politique["DIRECTIVES"]["form-action"].append(fournisseur.adresse)
        settings.CONTENT_SECURITY_POLICY = politique
        visite = visiter("opj", largeur=390)
        page = visite.aller("/confirmer/?next=/compte/")
        page.get_by_label("Mot de passe").fill("demonstration-2025")
        page.get_by_role("button", name="Confirmer").click()
        visite.accessible()
        page.get_by_role("button", name="Relier mon compte ProConnect").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Relier mon compte ProConnect")
        visite.accessible()
        page.get_by_role("button", name="Relier mon compte").click()
        expect(page.get_by_text("Votre identité ProConnect est reliée.")).to_be_visible()
        page.context.clear_cookies()
        page = visite.aller("/connexion/")
        visite.accessible()
        page.get_by_role("button", name="Continuer avec ProConnect").click()
        page.wait_for_url(lambda adresse: "/connexion/" not in adresse)
        assert "/token" in fournisseur.demandes
        page = visite.aller("/compte/")
        page.locator("form[action='/deconnexion/'] button").first.dispatch_event("click")
        page.wait_for_url(f"{live_server.url}/connexion/?state=*")
        assert "/end_session" in fournisseur.demandes
        fournisseur.statuts = {"/token": 500}
        page.get_by_role("button", name="Continuer avec ProConnect").click()
        expect(page.get_by_text("ProConnect ne répond pas.")).to_be_visible()
        visite.accessible()
