"""The page of the deposit in a real browser: what the style sheet shows is what the server keeps, no more, no less."""

from datetime import timedelta

import pytest
from django.utils import timezone

from requisitions.forms.cadres import AUTRE, PRINCIPAUX, SELON_CADRE
from requisitions.forms.montres import PERIODE, PERSONNE, caches_par_l_acte, caches_par_le_cadre
from requisitions.models import Cadre, LigneDecision, TitreJudiciaire
from requisitions.table import DECEDEE, DECLAREES, charger, chercher, lire
from requisitions.types_acte import choix
from tests.requisitions.conftest import TABLE

SUIVIS = {
    *SELON_CADRE, *PERIODE, *PERSONNE, "cible", "cameras", "precision", "fin_mesure", "delai_motif", "orale_motif",
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
            toutes.append({**base, "type_acte": acte, "autorisation_mode": "ecrite", "statut_personne": ""})
            toutes.append({**base, "type_acte": acte, "autorisation_mode": "instruction", "statut_personne": "defunte"})
    commun = {
        "cadre": "FLAG",
        "cadre_autre": "",
        "type_acte": "DOSSIER",
        "autorisation_mode": "",
        "statut_personne": "",
    }
    toutes += [{**commun, "urgence": urgence, "orale": "on"} for urgence in ("IMMEDIATE", "JOUR", "ORDINAIRE")]
    return toutes


def attendus(saisie: dict[str, str], lignes: list[LigneDecision]) -> set[str]:
    donnees = {**saisie, "cadre": saisie["cadre_autre"] or saisie["cadre"]}
    acte, cadre = saisie["type_acte"], donnees["cadre"]
    donnees["precision"] = DECLAREES.get(acte, "")
    caches = set(caches_par_l_acte(donnees))
    defunte = cadre == "ROUTE" and saisie["statut_personne"] == "defunte" and "statut_personne" not in caches
    ligne = chercher(lignes, cadre, acte, le=timezone.localdate(), precision=DECEDEE if defunte else "")
    caches |= caches_par_le_cadre(donnees, ligne)
    if acte not in DECLAREES:
        caches |= {"precision"}
    return SUIVIS - caches


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
