"""A second kind of convention, and a third: everything that differs is in the files."""

import shutil
from pathlib import Path

import pytest
import yaml

from convention.models import Action, Axe, Convention, Etape, Indicateur, Institution, Manifestation, Partie
from convention.parties import lignes_de
from fiches.chargement import DonneesInvalides, charger
from tests.distribution import DONNEES

pytestmark = pytest.mark.django_db
MODELES = (Institution, Convention, Partie, Axe, Action, Indicateur, Manifestation, Etape)

CONTRAT_DE_VILLE = """
convention: {code: ville-2026, genre: contrat-de-ville, titre: Contrat de ville (essai), version: "1", etablissement: VILLE,
  role_referent: REFERENT_PROGRAMME, signee_le: 2026-01-15, publiee_le: null, lieu: null, objet: "Un essai.", suivi: null,
  historique: []}
institutions:
  - {code: VILLE, nom: "Ville d’essai", nom_court: Ville, famille: territoire, signataire: true, commune: null}
parties: [VILLE, CHV]
axes:
  - code: lien
    intitule: Lien social
    actions:
      - code: jardin
        intitule: Ouvrir un jardin partagé.
        pilote: VILLE
        partenaires: [CHV]
        echeance: 2026-12-01
        indicateurs: [{intitule: Parcelles ouvertes, unite: parcelles, cible: 12}]
evenements:
  - {code: fete, titre: Fête des jardins, etapes: [{commune: Onnaing}]}
"""


@pytest.fixture
def copie(tmp_path: Path) -> Path:
    dossier = tmp_path / "donnees"
    shutil.copytree(DONNEES, dossier)
    return dossier


def test_le_contrat_local_de_sante_a_ses_treize_parties_ses_quatre_axes_et_leurs_actions() -> None:
    charger(DONNEES)
    contrat = Convention.objects.get(code="cls-2025")
    assert contrat.signee_le.isoformat() == "2025-06-27"
    assert list(contrat.parties.values_list("institution__code", flat=True)) == [
        *("CAVM", "ARS", "SPREF", "CPAM", "DEPARTEMENT", "CHV", "CAF"),
        *("URPS", "CPTS", "UPHF", "ELSAN", "CTS", "FILIERIS"),
    ]
    assert [(axe.code, axe.actions.count()) for axe in contrat.axes.all()] == [
        ("acces", 2),
        ("femme-enfant", 3),
        ("sante-mentale", 2),
        ("cancers", 2),
    ]


def test_ce_que_le_contrat_ne_dit_pas_reste_vide() -> None:
    charger(DONNEES)
    contrat = Convention.objects.get(code="cls-2025")
    assert (contrat.preavis_mois, contrat.lieu, contrat.publiee_le) == (None, "", None)
    actions = Action.objects.filter(axe__convention=contrat)
    assert not actions.exclude(pilote=None, echeance=None, origine="").exists()
    assert not Indicateur.objects.exists()
    lignes = lignes_de(contrat.versions.get())
    assert len(lignes) == 13
    assert {ligne.nom for ligne in lignes} == {""}


def test_le_village_sante_des_femmes_a_ses_quatre_etapes_et_ses_chiffres() -> None:
    charger(DONNEES)
    village = Manifestation.objects.get()
    assert village.pilote is None
    assert set(village.partenaires.values_list("code", flat=True)) == {
        *("CHV", "CRCDC", "CPAM", "CAF", "CPTS", "DEPARTEMENT", "AGIR-COEUR")
    }
    assert [etape.commune for etape in village.etapes.all()] == [
        *("Wallers-Arenberg", "Onnaing", "Vieux-Condé", "Valenciennes")
    ]
    derniere = village.etapes.last()
    assert derniere is not None
    assert derniere.stands_annonces.startswith("plus de 50 stands")
    assert derniere.equipes_annoncees.startswith("près de 300 professionnels")
    assert not village.etapes.exclude(pk=derniere.pk).exclude(stands_annonces="").exists()


def test_relancer_le_chargement_ne_change_aucun_programme() -> None:
    charger(DONNEES)
    avant = {modele.__name__: modele.history.count() for modele in MODELES}
    assert charger(DONNEES).rien
    assert {modele.__name__: modele.history.count() for modele in MODELES} == avant


def test_un_troisieme_genre_se_charge_sans_code(copie: Path) -> None:
    (copie / "contrat-de-ville.yaml").write_text(CONTRAT_DE_VILLE, encoding="utf-8")
    charger(copie)
    assert charger(copie).rien
    action = Action.objects.get(axe__convention__genre="contrat-de-ville")
    assert action.pilote is not None
    assert (action.pilote.code, action.echeance and action.echeance.isoformat()) == ("VILLE", "2026-12-01")
    assert list(action.partenaires.values_list("code", flat=True)) == ["CHV"]
    assert action.indicateurs.get().cible == 12
    assert set(Convention.objects.values_list("genre", flat=True)) == {
        *("sante-securite-justice", "contrat-local-de-sante", "contrat-de-ville")
    }


def test_un_pilote_pose_dans_l_application_n_est_jamais_ecrase(copie: Path) -> None:
    (copie / "contrat-de-ville.yaml").write_text(CONTRAT_DE_VILLE, encoding="utf-8")
    charger(copie)
    action = Action.objects.get(axe__convention__code="ville-2026")
    action.pilote = Institution.objects.get(code="CHV")
    action.save()
    bilan = charger(copie)
    action.refresh_from_db()
    assert action.pilote.code == "CHV"
    assert "laissé tel quel" in bilan.conserves[0]


@pytest.mark.parametrize(
    ("avant", "apres", "phrase"),
    [
        ("pilote: VILLE", "pilote: VILLAGE", "VILLAGE\u00a0» n’existe pas"),
        ("parties: [VILLE, CHV]", "parties: [VILLE, VILLE]", "écrit deux fois parmi les parties"),
        ("code: ville-2026", "code: cls-2025", "est déjà pris par"),
        ("echeance: 2026-12-01", "echeance: fin 2026", "doit être une date"),
        ("parties: [VILLE, CHV]\n", "", "il faut des signataires, ou des parties"),
    ],
)
def test_un_programme_malforme_dit_la_faute_et_ne_charge_rien(copie: Path, avant: str, apres: str, phrase: str) -> None:
    assert avant in CONTRAT_DE_VILLE
    (copie / "contrat-de-ville.yaml").write_text(CONTRAT_DE_VILLE.replace(avant, apres), encoding="utf-8")
    with pytest.raises(DonneesInvalides, match=phrase):
        charger(copie)
    assert not Convention.objects.exists()


def test_le_fichier_n_invente_ni_signataire_ni_pilote_ni_echeance() -> None:
    brut = yaml.safe_load((DONNEES / "contrat-local-de-sante.yaml").read_text(encoding="utf-8"))
    assert "signataires" not in brut
    assert not any("pilote" in action or "echeance" in action for axe in brut["axes"] for action in axe["actions"])
