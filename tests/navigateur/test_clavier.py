"""A report by keyboard alone, from the sign-in to the proof of sending, in less than five minutes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from dossiers.models import Dossier
from fiches.chargement import charger
from signalements.models import Signalement
from tests.distribution import DONNEES, Distribution
from tests.navigateur.clavier import Clavier
from tests.navigateur.conftest import Visite
from tests.rapport import consigner

pytestmark = pytest.mark.django_db(transaction=True)

TOUCHES_EN_CINQ_MINUTES = 1500  # five keys a second: an ordinary hand
PERSONNE = {"nom": "Varlet", "prenoms": "Élise", "sexe": 0, "age": "39", "contact_sur": "Par sa sœur, après 18 h."}
FAITS = {
    "date_constat": ("11", "2026", "0125"),
    "a_examine": True,
    "faits_observes": "Ecchymoses du cou (2).",
    "propos_rapportes": "Elle déclare : « Il m’a serré le cou. »",
    "date_faits": "la veille vers 23 h",
    "lien_auteur": 4,
}
DANGER = {
    "d06": 0,
    "danger_immediat": 0,
    "motif_danger": "Séparation annoncée.",
    "emprise": 0,
    "motif_emprise": "Isolée de sa famille.",
}
ACCORD = {"accord_recherche": 0, "accord": 1, "information": 0}
ENVOI = {"telephone_rappel": "01 99 00 12 34", "alertes_lues": True, "attestation_conscience": True}


def test_un_signalement_au_clavier_seul_en_moins_de_cinq_minutes(
    visiter: Callable[..., Visite], distribution: Distribution
) -> None:
    charger(DONNEES)
    distribution.utilisateur("infirmiere")
    visite = visiter("infirmiere")
    visite.page.context.clear_cookies()
    main = Clavier(visite.aller("/connexion/"))
    main.suivre("Se connecter", {"username": "infirmiere@demo.test", "password": "demonstration-2025"})
    for reponse in (
        "Violences dans le couple",
        "Non, ou pas à cet instant",
        "Majeure, en état de se protéger",
        "Non, ou elle ne peut pas répondre",
        "Oui, les deux",
        "Commencer le signalement",
        "Commencer le signalement",
    ):
        main.suivre(reponse)
    for reponses in (PERSONNE, FAITS, DANGER, ACCORD, {"mesures": "Lit-porte."}):
        main.suivre("Enregistrer et continuer", reponses)
    main.suivre("Continuer")
    main.suivre("Transmettre au parquet", ENVOI)
    expect(visite.page.get_by_role("heading", name="Signalement transmis")).to_be_visible()

    lettre = Signalement.objects.get()
    assert Dossier.objects.get().etat == "TRANSMIS"
    assert (lettre.lien_auteur, lettre.accord, lettre.emprise) == ("EX_CONJOINT", "REFUS", "OUI")
    assert main.invisibles == []
    assert main.touches < TOUCHES_EN_CINQ_MINUTES
    consigner("clavier-seul", touches=main.touches, pages=main.pages, arrets=main.arrets, focus_invisibles=0)
