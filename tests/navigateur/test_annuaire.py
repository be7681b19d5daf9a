"""The directory lived in a real browser: a correction, a roster that refuses an overlap, an import with its preview."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from convention.models import Contact, Permanence, Service
from convention.permanences import Saisie, inscrire
from documents.tableurs import ods
from fiches.chargement.ecriture import ecrire
from fiches.chargement.verification import lire_dossier
from tests.distribution import DONNEES, Distribution
from tests.navigateur.conftest import Visite

pytestmark = pytest.mark.django_db(transaction=True)
VUES = os.environ.get("TDU_VUES", "")


def voir(visite: Visite, nom: str) -> None:
    """No accessibility fault, nothing wider than the screen; a picture when a folder is given."""
    visite.accessible()
    if VUES:
        visite.page.screenshot(path=str(Path(VUES) / f"{nom}.png"), full_page=True)
    assert visite.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), nom


@pytest.mark.parametrize("largeur", [1280, 390])
def test_corriger_tenir_le_tableau_et_importer(
    visiter: Callable[..., Visite], distribution: Distribution, tmp_path: Path, largeur: int
) -> None:
    ecrire(lire_dossier(DONNEES))
    social, urgences = (Service.objects.get(code=code) for code in ("CHV-SOCIAL", "CHV-URG"))
    vieux = social.contacts.first()
    vieux.verifie_le = timezone.localdate() - timedelta(days=100)
    vieux.save()
    for nom in ("soignante", "infirmiere", "referente"):
        distribution.utilisateur(nom)

    # A nurse finds a wrong number and says so.
    soignante = visiter("soignante", largeur=largeur)
    page = soignante.aller("/annuaire/")
    page.get_by_label("Service ou institution").fill("social")
    page.get_by_role("button", name="Chercher").last.click()
    voir(soignante, f"annuaire-{largeur}")
    page.get_by_role("link", name=social.nom).click()
    page.get_by_text("Numéro non vérifié depuis plus de 90 jours.").wait_for()
    voir(soignante, f"service-{largeur}")
    page.get_by_role("link", name="Proposer une correction").click()
    page.get_by_label("Nouvelle valeur").fill("12345")
    page.get_by_role("button", name="Proposer cette correction").click()
    page.get_by_role("alert").get_by_text("Écrivez un numéro français").wait_for()
    voir(soignante, f"corriger-{largeur}")
    page.get_by_label("Nouvelle valeur").fill("0353017777")
    page.get_by_role("button", name="Proposer cette correction").click()
    page.get_by_text("Proposition envoyée").wait_for()

    # The keeper accepts it.
    referente = visiter("referente", largeur=largeur)
    page = referente.aller("/annuaire/corrections/")
    voir(referente, f"corrections-{largeur}")
    page.get_by_role("button", name="Accepter").click()
    page.get_by_text("Correction acceptée").wait_for()
    voir(referente, f"service-tenu-{largeur}")
    assert Contact.objects.get(pk=vieux.pk).telephone == "03 53 01 77 77"

    # The house's administrator keeps the roster: an overlap is refused beside its field, what was typed stays.
    demain = timezone.localtime().replace(hour=20, minute=0, second=0, microsecond=0) + timedelta(days=1)
    tenue = Saisie(distribution.utilisateur("soignante"), demain, demain + timedelta(hours=12))
    inscrire(service=urgences, saisie=tenue, acteur=distribution.acteur("admin_chv"))
    admin = visiter("admin_chv", largeur=largeur)
    page = admin.aller(f"/annuaire/{urgences.cle}/permanences/?semaine={demain:%Y-%m-%d}")
    voir(admin, f"tableau-{largeur}")
    page.get_by_role("link", name="Inscrire").click()
    page.get_by_label("Personne").select_option(label=str(distribution.utilisateur("infirmiere")))
    page.get_by_label("Début").fill(f"{demain + timedelta(hours=11):%Y-%m-%dT%H:%M}")
    page.get_by_label("Fin").fill(f"{demain + timedelta(hours=23):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("alert").get_by_text("Deux personnes sur le même créneau").wait_for()
    voir(admin, f"creneau-{largeur}")
    page.get_by_label("Début").fill(f"{demain + timedelta(hours=12):%Y-%m-%dT%H:%M}")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Permanence inscrite").wait_for()
    assert Permanence.objects.filter(service=urgences).count() == 2

    # A spreadsheet with a wrong column, then a right one: seen, confirmed.
    faux, juste = tmp_path / "faux.ods", tmp_path / "juste.ods"
    faux.write_bytes(ods("f", ["Service", "Téléfone"], [["CHV-URG", "03 53 01 88 88"]]))
    juste.write_bytes(ods("f", ["Service", "Téléphone"], [["CHV-URG", "03 53 01 88 88"]]))
    page = referente.aller("/annuaire/importer/")
    page.get_by_label("Numéros des services").check()
    page.get_by_label("Fichier", exact=True).set_input_files(str(faux))
    page.get_by_role("button", name="Voir ce qui changera").click()
    page.get_by_role("alert").get_by_text("La colonne « Téléfone » n’est pas connue").wait_for()
    voir(referente, f"importer-{largeur}")
    page.get_by_label("Numéros des services").check()
    page.get_by_label("Fichier", exact=True).set_input_files(str(juste))
    page.get_by_role("button", name="Voir ce qui changera").click()
    page.get_by_text("Rien n’est encore enregistré").wait_for()
    voir(referente, f"apercu-{largeur}")
    page.get_by_role("button", name="Enregistrer ces changements").click()
    page.get_by_text("Import enregistré").wait_for()
    assert urgences.contacts.filter(telephone="03 53 01 88 88").exists()
