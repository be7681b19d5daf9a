"""Tipping over into violence: C10, C12, C19, C20; an adult has no route, and the page says so."""

from dataclasses import replace

import pytest
import yaml
from django.urls import reverse

from dossiers.models import Dossier
from signalements.controles.basculement import DOMAINES
from signalements.voies import VOIES, radicalisation_mineur
from tests.distribution import DONNEES
from tests.signalements.test_autorites import avec, faits, trouve
from transitions.verdict import Niveau

ADOLESCENT = replace(
    faits(
        "RADICALISATION_MINEUR",
        15,
        "ASSISTANT_SOCIAL",
        infraction_suspectee="NON",
        gravite="DANGER",
        motif_gravite="Ne va plus au lycée.",
        information_parents="FAITE",
        indices=["RUPTURE_ENVIRONNEMENT", "DISCOURS_VIOLENT"],
    ),
    faits_ecrits="Le 12, approuve une attaque. Il dit : « Ils sont tous des mécréants, l’imam le dit. »",
)


def test_une_inquietude_fondee_passe_ses_controles():
    bloquants = [n for n in VOIES["RADICALISATION_MINEUR"].controles if trouve(n, ADOLESCENT) is Niveau.BLOQUANT]
    assert bloquants == []


def test_c10_un_danger_grave_va_au_procureur():
    assert trouve("C10", avec(ADOLESCENT, gravite="DANGER_GRAVE_IMMEDIAT")) is Niveau.BLOQUANT


def test_c12_les_parents_ignorants_s_expliquent():
    assert trouve("C12", avec(ADOLESCENT, information_parents="NON_FAITE_INTERET_ENFANT")) is Niveau.ALERTE
    assert trouve("C12", ADOLESCENT) is None


@pytest.mark.parametrize("age", [18, 40])
def test_c19_un_majeur_ne_fait_l_objet_d_aucun_envoi_nominatif(age):
    assert trouve("C19", replace(ADOLESCENT, age=age)) is Niveau.BLOQUANT
    assert trouve("C01", replace(ADOLESCENT, age=age)) is Niveau.BLOQUANT
    assert trouve("C19", ADOLESCENT) is None


@pytest.mark.parametrize("indices", [[], ["DISCOURS_VIOLENT"], ["RUPTURE_ENVIRONNEMENT", "ISOLEMENT"]])
def test_c20_plusieurs_indices_d_un_seul_domaine_ne_suffisent_pas(indices):
    assert trouve("C20", avec(ADOLESCENT, indices=indices)) is Niveau.BLOQUANT


@pytest.mark.parametrize("mot", ["musulman", "voilée", "converti", "d’origine étrangère", "une mosquée", "la prière"])
def test_c20_la_religion_la_tenue_et_l_origine_ne_s_ecrivent_pas(mot):
    assert trouve("C20", replace(ADOLESCENT, faits_ecrits=f"Depuis le 12, {mot}, il s’isole.")) is Niveau.BLOQUANT


def test_c20_les_mots_de_l_enfant_restent_entre_guillemets():
    assert trouve("C20", ADOLESCENT) is None
    assert trouve("C20", replace(ADOLESCENT, faits_ecrits="Il parle de l’imam.")) is Niveau.BLOQUANT


def test_c20_aucun_champ_ne_demande_religion_opinion_tenue_ni_origine():
    voie = VOIES["RADICALISATION_MINEUR"]
    noms = " ".join(f"{propre.nom} {propre.choix}" for propre in voie.propres).lower()
    assert not any(mot in noms for mot in ("religi", "culte", "opinion", "tenue", "vêtement", "origine", "nationalit"))


def test_chaque_indice_a_son_domaine():
    assert {code for code, _ in radicalisation_mineur.INDICES} == set(DOMAINES)
    assert len(set(DOMAINES.values())) == 5


def test_un_majeur_n_a_pas_de_voie_et_la_page_le_dit(distribution):
    assert "RADICALISATION_MAJEUR" not in VOIES
    page = distribution.client("soignante").get(reverse("signalements:nouveau", args=["radicalisation-majeur"]))
    texte = page.content.decode().replace("\u00a0", " ")
    assert page.status_code == 200
    assert "Aucun signalement" in texte
    assert "n’ouvre pas le secret" in texte
    assert "arme-prefet" not in texte
    assert "Commencer le signalement" not in texte
    distribution.client("soignante").post(reverse("signalements:nouveau", args=["radicalisation-majeur"]))
    assert not Dossier.objects.exists()


def test_l_arbre_ne_propose_au_soignant_d_un_majeur_ni_acte_ni_prefet():
    arbre = yaml.safe_load((DONNEES / "fiches" / "15-radicalisation.yaml").read_text(encoding="utf-8"))["arbre"]
    majeur = next(c for c in arbre["conclusions"] if c["titre"] == "Patient majeur")
    assert majeur["reponse"] == "NON"
    assert "acte" not in majeur
    assert "destinataires" not in majeur
