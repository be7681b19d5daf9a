"""Acts with fields of their own, lived in a real browser from deposit to receipt; and the simulator without scripts."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from requisitions.table import charger, lire
from tests.documents.test_morceaux import film
from tests.navigateur.conftest import Visite
from tests.navigateur.test_requisition import accorder, acte, cliquer, ouvrir_le_pli
from tests.requisitions.conftest import TABLE

__all__ = ["acte"]
SERRE = 390
# Several papers are typeset in one answer: a loaded machine takes its time.
TYPOGRAPHIE = 60_000
Executer = Callable[[Visite, str, str], None]


def personne(page: Page, situation: str = "inconnu") -> None:
    page.get_by_label("Nom de naissance").fill("Delcambre")
    page.get_by_label("Date de naissance").fill("1992-03-07")
    page.get_by_label("Situation de la personne").select_option(situation)


def en_flagrance(page: Page) -> None:
    """A gendarme who is not an OPJ names the one who controls the act."""
    page.get_by_label("Flagrance").check()
    controleur = page.get_by_label("OPJ qui contrôle l’acte")
    if controleur.count():
        controleur.fill("Cne Morel")


def dossier(page: Page) -> None:
    en_flagrance(page)
    page.get_by_label("Nature").select_option("DOSSIER")
    personne(page)


def presence(page: Page) -> None:
    en_flagrance(page)
    page.get_by_label("Nature").select_option("PRESENCE")
    personne(page)


def video(page: Page) -> None:
    en_flagrance(page)
    page.get_by_label("Nature").select_option("VIDEO")
    page.get_by_label("Lieu filmé").fill("Entrée des urgences")
    hier = timezone.localtime() - timedelta(days=1)
    page.locator("#id_periode_du").fill(f"{hier:%Y-%m-%d}T10:00")
    page.locator("#id_periode_au").fill(f"{hier:%Y-%m-%d}T11:00")


def victime(page: Page) -> None:
    en_flagrance(page)
    page.get_by_label("Nature").select_option("EX_VICT")
    personne(page, "victime")


def saisie(page: Page) -> None:
    page.locator("[name=cadre][value=CR]").check()
    page.get_by_label("Numéro de la commission rogatoire").fill("CR 45")
    page.get_by_label("Commission rogatoire du").fill("2026-11-01")
    page.get_by_label("Juge d’instruction").fill("M. Dubar")
    page.get_by_label("Nature").select_option("SAISIE")
    personne(page)


def audition(page: Page) -> None:
    en_flagrance(page)
    page.get_by_label("Nature").select_option("AUD_PRO")
    expect(page.get_by_label("Nom de naissance")).to_be_hidden()
    demain = timezone.localtime() + timedelta(days=1)
    page.locator("#id_creneau_du").fill(f"{demain:%Y-%m-%d}T09:00")
    page.locator("#id_creneau_au").fill(f"{demain:%Y-%m-%d}T12:00")
    page.locator("[name=lieu_souhaite][value=service]").check()
    page.locator("[name=entendu_comme][value=temoin]").check()


def imagerie(page: Page) -> None:
    page.locator("[name=cadre][value=AUTRE]").check()
    page.get_by_label("Autre cadre").select_option("DOUANE_ADM")
    page.get_by_label("Articles cités par l’acte").fill("60 bis")
    page.get_by_label("Nature").select_option("INCORP")
    personne(page)


def noter_victime(page: Page, fichier: str) -> None:
    page.get_by_label("Aucun", exact=True).check()
    page.get_by_label("Je jure d’apporter mon concours à la justice").check()
    page.get_by_label("J’ai vérifié l’identité de la personne").check()
    page.get_by_label("Examen commencé, ou refus constaté, le").fill("2026-11-24T10:00")
    page.get_by_label("A donné son accord à l’examen").check()
    page.get_by_label("Fichier : le certificat").set_input_files(fichier)


def noter_saisie(page: Page, fichier: str) -> None:
    page.get_by_label("Opération").select_option("saisie_cr")
    page.get_by_label("Représentant de l’Ordre").fill("Dr Témoin")
    page.get_by_label("Présent", exact=True).check()
    page.get_by_label("Le dossier est bien celui").check()
    page.get_by_label("INS qualifiée, traits concordants").check()
    page.get_by_label("Aucun homonyme").check()
    page.get_by_label("Lieu", exact=True).fill("Archives, bâtiment B")
    page.get_by_label("Début").fill("2026-11-26T14:00")
    page.locator("[name=fin]").fill("2026-11-26T15:00")


def noter_audition(page: Page, fichier: str) -> None:
    page.get_by_label("Témoin", exact=True).check()
    page.get_by_label("Professionnel convoqué").fill("Zoé Maillard")
    page.get_by_label("Sa hiérarchie est informée").check()
    page.get_by_label("Proposé, accepté").check()
    page.get_by_label("La note sur ses droits").check()
    page.get_by_label("Sans objet").check()
    page.get_by_label("Dans le service enquêteur").check()
    page.get_by_label("Rendez-vous").fill("2026-11-27T09:30")


def noter_imagerie(page: Page, fichier: str) -> None:
    page.get_by_label("Aucun", exact=True).check()
    page.get_by_label("J’ai vérifié l’identité de la personne").check()
    page.get_by_label("Le consentement exprès").check()
    page.get_by_label("Consentement ou décision du").fill("2026-11-24T10:00")
    page.get_by_label("Examen commencé, ou refus constaté, le").fill("2026-11-24T10:40")
    page.get_by_label("Absence", exact=True).check()


def deposer(requerant: Visite, remplir: Callable[[Page], None], fichier: str) -> str:
    page = requerant.aller("/requisitions/nouvelle/")
    remplir(page)
    page.get_by_label("Précisez").fill("Répondre aux questions posées par l’acte joint, et à elles seules.")
    page.get_by_label("Ordinaire").check()
    page.locator("#id_fichier").set_input_files(fichier)
    cliquer(page, "Déposer la réquisition")
    expect(page.get_by_text("Réquisition déposée à")).to_be_visible()
    return page.url.removeprefix(requerant.base)


# Whose agreement is asked, or who is required.
QUI = re.compile("^(Médecin dont l’accord est demandé|Médecin requis|Personne requise)")


def valider(juriste: Visite, adresse: str, *, medecin: bool) -> None:
    page = juriste.aller(adresse)
    cliquer(page, "Commencer le contrôle")
    cliquer(page, "Contrôler et valider", "link")
    for choix in page.get_by_role("combobox").all():
        if choix.input_value() == "a_verifier":
            choix.select_option("conforme")
    for alerte in page.locator("[name^=alerte-]").all():
        alerte.fill("Vu au téléphone avec le requérant.")
    cliquer(page, "Valider la réquisition")
    if page.get_by_role("link", name="Convoquer l’Ordre").count():
        cliquer(page, "Convoquer l’Ordre", "link")
        juriste.accessible()
        cliquer(page, "Convoquer l’Ordre")
    cliquer(page, "Confier l’exécution", "link")
    if medecin:
        page.get_by_label(QUI).select_option(label="Dr Ouardia Sellier")
    page.get_by_label("Ce qui est demandé à l’exécutant").fill("Ce que demande l’acte joint.")
    cliquer(page, "Confier l’exécution")


def remettre(juriste: Visite, adresse: str) -> None:
    page = juriste.aller(adresse)
    juriste.accessible()
    cliquer(page, "Noter le rappel", "link")
    page.get_by_label("Numéro de l’annuaire composé").select_option(index=1)
    page.get_by_label("Le service confirme la demande").check()
    cliquer(page, "Noter le rappel")
    cliquer(page, "Composer et mettre à disposition", "link")
    for alerte in page.locator("[name^=alerte-]").all():
        alerte.fill("Vu avec la direction.")
    page.get_by_label("J’ai relu le périmètre").check()
    if (nom_relu := page.get_by_label("Le médecin a relu le nom")).count():
        nom_relu.check()
    page.get_by_role("button", name="Mettre à disposition").first.click(timeout=TYPOGRAPHIE, no_wait_after=True)
    expect(page.get_by_text("La réponse est à disposition")).to_be_visible(timeout=TYPOGRAPHIE)


def au_volet(noter: Callable[[Page, str], None]) -> Executer:
    """Whoever does the act fills its own block; a doctor on a telephone."""

    def executer(main: Visite, adresse: str, fichier: str) -> None:
        page = main.aller(f"{adresse}volet/")
        main.accessible()
        assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
        noter(page, fichier)
        cliquer(page, "Enregistrer")
        expect(page.get_by_text("C’est enregistré.")).to_be_visible()

    return executer


def saisir_et_inventorier(juriste: Visite, adresse: str, fichier: str) -> None:
    """What was done, then what was taken: a line more loses nothing of the first, on a telephone too."""
    au_volet(noter_saisie)(juriste, adresse, fichier)
    page = juriste.aller(f"{adresse}inventaire/")
    juriste.accessible()
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    page.get_by_label("Numéro du scellé").fill("SC-1")
    page.get_by_label("Nature").fill("Compte rendu")
    cliquer(page, "Ajouter une pièce")
    expect(page.get_by_label("Nature").first).to_have_value("Compte rendu")
    page.get_by_label("Nature").nth(1).fill("Radiographie")
    page.get_by_label("Qualité").select_option("autorite")
    page.get_by_label("Nom", exact=True).fill("Cne Duval")
    cliquer(page, "Enregistrer l’inventaire")
    expect(page.get_by_text("L’inventaire est enregistré.")).to_be_visible()
    juriste.accessible()


def verifier_la_presence(juriste: Visite, adresse: str, fichier: str) -> None:
    page = juriste.aller(f"{adresse}reponse/")
    juriste.accessible()
    page.get_by_label("Présente", exact=True).check()
    page.get_by_label("Non", exact=True).check()
    cliquer(page, "Enregistrer la réponse")


def geler_et_extraire(securite: Visite, adresse: str, fichier: str) -> None:
    page = securite.aller(f"{adresse}gel/")
    securite.accessible()
    page.get_by_label("Où la copie est gardée").fill("Coffre numérique du poste")
    cliquer(page, "Enregistrer")
    images = Path(fichier).with_name("porte.mp4")
    images.write_bytes(film(3000))
    page.get_by_label("Fichier extrait").set_input_files(images)
    page.get_by_role("button", name="Verser les images").click()
    expect(page.get_by_role("heading", name="Documents")).to_be_visible()


@dataclass(frozen=True)
class Vecu:
    """`main`: the account that does the act. `papier`: what the requester's inventory names."""

    remplir: Callable[[Page], None]
    main: str
    executer: Executer
    papier: str

    @property
    def par_un_medecin(self) -> bool:
        return self.main == "medecin"


ACTES = {
    "DOSSIER": Vecu(dossier, "medecin", accorder, "Pièce médicale n°"),
    "SAISIE": Vecu(saisie, "juriste", saisir_et_inventorier, "Inventaire de la saisie"),
    "VIDEO": Vecu(video, "securite", geler_et_extraire, "Images extraites"),
    "PRESENCE": Vecu(presence, "juriste", verifier_la_presence, "Réponse sur la présence"),
    "EX_VICT": Vecu(victime, "medecin", au_volet(noter_victime), "Pièce médicale n°"),
    "AUD_PRO": Vecu(audition, "juriste", au_volet(noter_audition), "Réponse à la convocation"),
    "INCORP": Vecu(imagerie, "medecin", au_volet(noter_imagerie), "Pièce médicale n°"),
}
# What an APJ may not ask: the gendarme is an OPJ there.
D_OFFICIER = {"DOSSIER", "SAISIE", "AUD_PRO"}
VECUS = [(qui, acte) for acte in ACTES if acte != "INCORP" for qui in ("opj", "gendarme")] + [("douanes", "INCORP")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("qui", "code"), VECUS)
def test_du_depot_au_recepisse(visiter, distribution, acte, qui, code):
    charger(lire(TABLE))
    vecu = ACTES[code]
    distribution.utilisateur("medecin")
    if qui == "gendarme" and code in D_OFFICIER:
        distribution.utilisateur(qui).rattachements.update(qualite="OPJ")
    requerant, juriste = visiter(qui), visiter("juriste")
    adresse = deposer(requerant, vecu.remplir, acte)
    valider(juriste, adresse, medecin=vecu.par_un_medecin)
    main = juriste if vecu.main == "juriste" else visiter(vecu.main, largeur=SERRE if vecu.par_un_medecin else 1280)
    vecu.executer(main, adresse, acte)
    remettre(juriste, adresse)
    page = ouvrir_le_pli(requerant, adresse)
    expect(page.get_by_role("rowheader", name=vecu.papier).first).to_be_visible()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("largeur", [1280, SERRE])
def test_le_simulateur_repond_sans_script(visiter, distribution, largeur):
    charger(lire(TABLE))
    opj = visiter("opj", largeur=largeur, scripts=False)
    opj.aller("/mes-requisitions/")
    cliquer(opj.page, "Que dit la table", "link")
    page = opj.page
    page.get_by_label("Cadre juridique").select_option("PRELIM")
    page.get_by_label("Acte demandé").select_option("EX_VICT")
    page.get_by_label("Qualité de qui demande").select_option("APJ")
    cliquer(page, "Interroger la table")
    expect(page.get_by_role("heading", name="Admise par la table")).to_be_visible()
    expect(page.get_by_text("instruction générale en cours")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur
    page.get_by_label("Cadre juridique").select_option("CIVIL")
    cliquer(page, "Interroger la table")
    expect(page.get_by_role("heading", name="Non prévue")).to_be_visible()


@pytest.mark.django_db(transaction=True)
def test_le_parquet_declare_une_instruction(visiter, distribution):
    parquet = visiter("parquet")
    page = parquet.aller("/requisitions/instructions/")
    parquet.accessible()
    page.get_by_label("Référence", exact=True).fill("IG-2026-04")
    page.get_by_label("Objet", exact=True).fill("Vidéoprotection")
    page.get_by_label("Infractions couvertes").fill("Délits punis d’emprisonnement")
    page.get_by_label("Images de vidéoprotection").check()
    page.get_by_label("Agent de police judiciaire").check()
    page.get_by_label("À compter du").fill("2026-11-01")
    page.get_by_label("Jusqu’au").fill("2027-12-01")
    cliquer(page, "Déclarer l’instruction")
    expect(page.get_by_text("de six mois au plus.").first).to_be_visible()
    page.get_by_label("Jusqu’au").fill("2027-03-31")
    cliquer(page, "Déclarer l’instruction")
    expect(page.get_by_text("L’instruction est déclarée.")).to_be_visible()
    parquet.accessible()
    cliquer(page, "Révoquer")
    expect(page.get_by_text("Révoquée", exact=True)).to_be_visible()
