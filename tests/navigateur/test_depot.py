"""The page of the deposit in a real browser: what the style sheet shows is what the server keeps, no more, no less."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from dossiers.models import Dossier
from requisitions.forms.cadres import AUTRE, PRINCIPAUX, SELON_CADRE
from requisitions.forms.cibles import CibleForm, distinguent
from requisitions.forms.criteres import CRITERES
from requisitions.forms.montres import CRENEAU, MESURE, PERIODE, PERSONNE, caches_par_l_acte, caches_par_le_cadre
from requisitions.models import Cadre, LigneDecision, TitreJudiciaire
from requisitions.table import DECLAREES, charger, chercher, declarable, lire, precision_de
from requisitions.types_acte import choix, type_acte
from tests.requisitions.conftest import TABLE, octets_pdf

SUIVIS = {
    *SELON_CADRE, *PERIODE, *PERSONNE, *MESURE, *CRITERES, *CRENEAU, "lieu_souhaite", "entendu_comme", "cible",
    "cameras", "precision", "fin_mesure", "delai_motif", "orale_motif",
}  # fmt: skip
CHOISIR = """([saisies, suivis]) => saisies.map((saisie) => {
  for (const [nom, valeur] of Object.entries(saisie)) {
    for (const champ of document.querySelectorAll(`[name="${nom}"]`)) {
      if (champ.type === "radio") champ.checked = champ.value === valeur;
      else if (champ.type === "checkbox") champ.checked = Boolean(valeur);
      else champ.value = valeur;
    }
  }
  return suivis.filter((nom) => document.querySelector(`[name="${nom}"]`).checkVisibility());
})"""


def saisies() -> list[dict[str, str]]:
    """Every act in every frame, then what else hides or shows."""
    toutes = []
    for cadre in Cadre:
        base = {"cadre": cadre.value if cadre in PRINCIPAUX else AUTRE, "cadre_autre": cadre.value}
        if cadre in PRINCIPAUX:
            base["cadre_autre"] = ""
        for acte, _ in choix():
            base |= {"type_acte": acte, "precision": ""}
            toutes.append({**base, "autorisation_mode": "ecrite", "statut_personne": ""})
            toutes += [
                {**base, "autorisation_mode": "instruction", "statut_personne": "defunte", "precision": cas}
                for cas in {"", DECLAREES.get(acte, "")}
            ]
    commun = {
        "cadre": "FLAG",
        "cadre_autre": "",
        "type_acte": "DOSSIER",
        "precision": "",
        "autorisation_mode": "",
        "statut_personne": "",
    }
    toutes += [{**commun, "urgence": urgence, "orale": "on"} for urgence in ("IMMEDIATE", "JOUR", "ORDINAIRE")]
    return toutes


def attendus(saisie: dict[str, str], lignes: list[LigneDecision]) -> set[str]:
    donnees = {**saisie, "cadre": saisie["cadre_autre"] or saisie["cadre"]}
    acte, cadre = saisie["type_acte"], donnees["cadre"]
    cas = declarable(cadre, acte, saisie["statut_personne"])
    caches = set(caches_par_l_acte({**donnees, "precision": cas})) | (set() if cas else {"precision"})
    statut = "" if "statut_personne" in caches else saisie["statut_personne"]
    precision = precision_de(cadre, acte, age=None, statut=statut, choisie=saisie["precision"])
    ligne = chercher(lignes, cadre, acte, le=timezone.localdate(), precision=precision)
    return SUIVIS - caches - caches_par_le_cadre(donnees, ligne)


@pytest.mark.django_db(transaction=True)
def test_la_page_montre_ce_que_le_serveur_garde_et_rien_d_autre(visiter, distribution):
    charger(lire(TABLE))
    TitreJudiciaire.objects.create(
        genre="autorisation", reference="A-1", magistrat="Mme Ardoin", emetteur=distribution.service("PARQUET-PERM"),
        beneficiaire=distribution.service("POLICE-CSP"), signe_du=timezone.now(), debut=timezone.localdate(),
        fin=timezone.localdate() + timedelta(days=3), types_acte=["DOSSIER"], declare_par=distribution.utilisateur("parquet"),
    )  # fmt: skip
    page = visiter("opj").aller("/requisitions/nouvelle/")
    toutes, lignes = saisies(), list(LigneDecision.objects.all())
    montres = page.evaluate(CHOISIR, [toutes, sorted(SUIVIS)])
    ecarts = {}
    for saisie, vus in zip(toutes, montres, strict=True):
        if differents := set(vus) ^ attendus(saisie, lignes):
            ecarts[" ".join(saisie.values())] = sorted(differents)
    assert ecarts == {}


@pytest.fixture
def acte(tmp_path) -> str:
    chemin = tmp_path / "acte.pdf"
    chemin.write_bytes(octets_pdf())
    return str(chemin)


def remplir(page, acte: str) -> None:
    page.get_by_label("Flagrance").check()
    page.get_by_label("Nature").select_option("DOSSIER")
    page.get_by_label("Précisez").fill("Compte rendu du passage du 21 novembre.")
    page.locator("[name=nom]").fill("Delcambre")
    page.locator("[name=naissance]").fill("1992-03-07")
    page.locator("[name=statut_personne]").select_option("victime")
    page.get_by_label("Ordinaire").check()
    page.locator("#id_fichier").set_input_files(acte)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("largeur", [1280, 390])
def test_un_acte_pour_trois_personnes_se_depose_sur_une_page(visiter, acte, largeur):
    """A line is added without losing what was typed nor the file; a fault is said on its line; three numbers follow."""
    charger(lire(TABLE))
    opj = visiter("opj", largeur=largeur)
    page = opj.aller("/requisitions/nouvelle/")
    remplir(page, acte)
    page.get_by_role("button", name="Ajouter une personne").click()
    expect(page.locator("#autre-0")).to_be_focused()
    expect(page.get_by_text("Un fichier est déjà joint")).to_be_visible()
    page.locator("[name=autres-0-nom]").fill("Lefebvre")
    page.locator("[name=autres-0-statut_personne]").select_option("temoin")
    page.get_by_role("button", name="Ajouter une personne").click()
    page.locator("[name=autres-1-nom]").fill("Marlier")
    page.locator("[name=autres-1-statut_personne]").select_option("inconnu")
    page.locator("[name=autres-1-naissance]").fill("1990-03-03")
    opj.accessible()
    page.locator("[name=autres-1-nom]").press("Enter")  # as the button at the foot: it deposits, it does not add a line
    resume = page.get_by_role("alert").filter(has_text="point à corriger")
    expect(resume).to_be_focused()
    resume.get_by_role("link", name="Indiquez la date de naissance").click()
    expect(page.locator("[name=autres-0-naissance]")).to_be_focused()
    page.locator("[name=autres-0-naissance]").fill("1988-02-02")
    page.locator("main").get_by_role("button", name="Déposer la réquisition").click()
    expect(page.get_by_text("3 réquisitions déposées à")).to_be_visible()
    expect(page.get_by_text("Même acte :").get_by_role("link")).to_have_count(2)
    assert Dossier.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_les_lignes_montrent_ce_que_leur_acte_demande(visiter):
    charger(lire(TABLE))
    page = visiter("opj").aller("/requisitions/nouvelle/")
    page.get_by_role("button", name="Ajouter une personne").click()
    page.locator("[name=autres-0-nom]").wait_for()
    suivis = [f"autres-0-{nom}" for nom in CibleForm.base_fields]
    for acte, _ in choix():
        for urgence in ("IMMEDIATE", "ORDINAIRE"):
            attendus = {f"autres-0-{nom}" for nom in distinguent(type_acte(acte)) - {"age_declare"}}
            if urgence != "IMMEDIATE":
                attendus -= {"autres-0-fin_mesure"}
            (vus,) = page.evaluate(CHOISIR, [[{"type_acte": acte, "urgence": urgence}], suivis])
            assert set(vus) == attendus, (acte, urgence)
