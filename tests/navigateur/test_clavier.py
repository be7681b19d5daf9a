"""By keyboard alone: a report from the sign-in to the proof of sending, a requisition to its receipt."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from dossiers.models import Dossier
from fiches.chargement import charger
from requisitions import table
from requisitions.models import Requisition
from signalements.models import Signalement
from tests.distribution import DONNEES, Distribution
from tests.navigateur.clavier import Clavier
from tests.navigateur.conftest import Visite
from tests.rapport import consigner
from tests.requisitions.conftest import TABLE, octets_pdf

pytestmark = pytest.mark.django_db(transaction=True)

# Five keys a second: an ordinary hand.
TOUCHES_EN_CINQ_MINUTES, TOUCHES_EN_TROIS_MINUTES = 1500, 900
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


DEPOT = {
    "cadre": 0,
    "num_procedure": "2026/001234",
    "type_acte": "COPIE",
    "mission": "Certificat descriptif et compte rendu du passage du 21 novembre 2026.",
    "nom": "Delcambre",
    "prenoms": "Rose",
    "naissance": ("03", "1992"),
    "statut_personne": 1,
    "urgence": 0,
}


def test_une_requisition_au_clavier_seul_en_moins_de_trois_minutes(
    visiter: Callable[..., Visite], distribution: Distribution, tmp_path: Path
) -> None:
    table.charger(table.lire(TABLE))
    acte = tmp_path / "requisition-signee.pdf"
    acte.write_bytes(octets_pdf())
    visite = visiter("opj")
    main = Clavier(visite.aller("/mes-requisitions/"))
    main.suivre("Déposer une réquisition")
    natures = visite.page.locator("#id_type_acte option").evaluate_all("options => options.map(o => o.value)")
    main.suivre("Déposer la réquisition", DEPOT | {"type_acte": natures.index("DOSSIER"), "fichier": str(acte)})
    expect(visite.page.get_by_text("Réquisition déposée à")).to_be_visible()

    lettre = Requisition.objects.get()
    assert (lettre.dossier.variante, lettre.cadre, lettre.num_procedure) == ("DOSSIER", "FLAG", "2026/001234")
    assert main.invisibles == []
    assert main.touches < TOUCHES_EN_TROIS_MINUTES
    consigner("clavier-seul-requisition", touches=main.touches, pages=main.pages, arrets=main.arrets)
