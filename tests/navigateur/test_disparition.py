"""A patient has left: the carer writes the sheet, the police reads it and nothing more."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dossiers.models import Dossier
from tests.navigateur.conftest import Visite
from tests.navigateur.test_signalement import continuer
from tests.signalements.situation import references

pytestmark = pytest.mark.django_db(transaction=True)


def ecrire(visite: Visite) -> Page:
    page = visite.aller("/signalements/nouveau/disparition/")
    visite.accessible()
    page.get_by_role("button", name="Commencer le signalement").click()
    page.get_by_label("Nom (facultatif)", exact=True).fill("Ozanne")
    page.get_by_label("Homme").check()
    page.get_by_label("Âge, même approché").fill("71")
    page.get_by_label("Comment la reconnaître").fill("1,70 m, mince, cheveux gris.")
    page.get_by_label("Sa tenue").fill("Pyjama bleu, veste noire")
    page.get_by_label("Mesure de protection").select_option("TUTELLE")
    page.get_by_label("Cadre des soins").select_option("SDRE")
    page.locator("#id_detenue_1").check()
    visite.accessible()
    continuer(page)
    page.get_by_label("Absence constatée le").fill("2026-11-22T14:25")
    page.get_by_label("Circonstances de l’absence").fill("Chambre vide, porte du hall ouverte.")
    page.get_by_label("Vue pour la dernière fois").fill("2026-11-22T14:10")
    continuer(page)
    page.locator("#id_caractere_inquietant_0").check()
    page.get_by_label("Pourquoi, sans diagnostic").fill("Démence, ne connaît pas la ville.")
    page.get_by_label("Médecin qui l’évalue").fill("Dr Sellier")
    page.get_by_label("Peut se perdre").check()
    continuer(page)
    page.get_by_label("Recherches faites").fill("Chambre, service, parking à 14 h 25.")
    page.get_by_label("Poste de sécurité prévenu").fill("2026-11-22T14:30")
    page.get_by_label("Cadre prévenu").fill("2026-11-22T14:32")
    visite.accessible()
    continuer(page)
    page.get_by_role("link", name="Continuer").click()
    return page


def test_une_absence_part_a_la_police_sans_dire_les_soins(visiter: Callable[..., Visite]) -> None:
    references()
    lecteur = visiter("opj")
    visite = visiter("soignante")
    page = ecrire(visite)
    expect(page.get_by_role("heading", name="Vérifier et transmettre")).to_be_visible()
    expect(page.get_by_text("Vous écrivez « Démence »")).to_be_visible()
    page.get_by_role("link", name="Modifier : Motif").click()
    page.get_by_label("Pourquoi, sans diagnostic").fill("Ne connaît pas la ville, sans manteau.")
    continuer(page)
    page.wait_for_url("**/accord/")
    page.goto(page.url.replace("/accord/", "/verifier/"))
    expect(page.get_by_text("Vous écrivez")).to_have_count(0)
    expect(page.get_by_text("Soins sur décision du préfet", exact=True)).to_have_count(0)
    visite.accessible()
    page.get_by_label("Où le destinataire peut vous rappeler").fill("03 53 01 40 15")
    page.get_by_label("Appel au destinataire, quand").fill("2026-11-22T14:40")
    page.get_by_label("J’ai lu les points signalés").check()
    page.get_by_label("Je transmets cette fiche d’absence en conscience").check()
    page.get_by_role("button", name="Transmettre à la police ou à la gendarmerie").click()
    expect(page.get_by_role("heading", name="Fiche d’absence transmise")).to_be_visible()
    dossier = Dossier.objects.get()
    recue = lecteur.aller("/parquet/")
    lecteur.accessible()
    recue.get_by_role("link", name="Disparition inquiétante").click()
    lecteur.accessible()
    expect(recue.get_by_text("Chambre vide")).to_be_visible()
    expect(recue.get_by_text("Tutelle")).to_have_count(0)
    expect(recue.get_by_text("Démence")).to_have_count(0)
    assert recue.url.endswith(f"/parquet/{dossier.cle}/")
