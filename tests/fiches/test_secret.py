"""The tables of the domain document on professional secrecy (§2.2, §2.3), copied row by row, against the real tree."""

import re
from dataclasses import replace
from functools import cache

import pytest
from django.test import Client
from django.urls import reverse

from fiches import contenu as contenus
from fiches.arbre.controle import plus_courts
from fiches.arbre.parcours import adresse_de
from fiches.arbre.secret import COSIGNATURE, DISCUTE, NON, OUI, PHRASES, STATUT, Table, fautes, repondre
from fiches.chargement.verification import HORS_DU_CONTENU, lire_dossier
from tests.distribution import DONNEES, Distribution

# §2.3, the matrix. ✔ OUI · ✖ NON · ✖* COSIGNATURE · « discuté » DISCUTE · « selon statut » STATUT
BASES = ("D01", "D02", "D03", "D04", "D08", "D10")
SOINS = ("MEDECIN", "SAGE_FEMME", "CHIRURGIEN_DENTISTE", "PHARMACIEN", "INFIRMIER", "KINESITHERAPEUTE", "AIDE_SOIGNANT",
         "AUXILIAIRE", "CADRE_SANTE")  # fmt: skip
MATRICE = {
    SOINS: (OUI, OUI, OUI, OUI, OUI, STATUT),
    ("PSYCHOLOGUE",): (OUI, COSIGNATURE, COSIGNATURE, DISCUTE, OUI, STATUT),
    ("ASSISTANT_SOCIAL", "EDUCATEUR"): (OUI, NON, NON, OUI, OUI, STATUT),
    ("SECRETAIRE", "ADMINISTRATIF", "SECURITE"): (OUI, NON, NON, NON, OUI, STATUT),
    ("DIRECTION", "GARDE"): (OUI, NON, NON, NON, OUI, OUI),
}
# §2.2: code → references, nature, words of « qui », of « à qui », of the content, of the agreement.
LIGNES: dict[str, tuple[tuple[str, ...], str, str, str, str, str]] = {
    "D01": (("CP-226-14-1",), "Permission", "Toute personne tenue au secret", "judiciaires, médicales", "sévices, atteintes", "Pas"),
    "D02": (("CP-226-14-2",), "Permission", "professionnel de santé", "CRIP pour un mineur, cellule de l’ARS", "constatés", "Nécessaire, sauf mineur"),
    "D03": (("CP-226-14-3",), "deux obligations", "professionnel de santé", "Procureur de la République seul", "danger immédiat et emprise", "rechercher"),
    "D04": (("CP-226-14-4",), "Permission", "santé ou de l’action sociale", "Préfet", "arme détenue", "Pas"),
    "D05": (("CASF-L226-2-2", "CASF-L226-3"), "partage", "protection de l’enfance", "Entre eux, et la CRIP", "Strict nécessaire", "sauf intérêt contraire"),
    "D06": (("CASF-L119-2",), "obligation pour qui n’est pas tenu", "Tous", "Cellule de l’ARS", "majeur vulnérable", "Pas"),
    "D07": (("CSP-R4127-44", "CSP-R4312-18", "CSP-R4127-316"), "Devoir déontologique (sauf", "Médecins", "judiciaires ou administratives", "mineur ou d’une personne vulnérable", "Pas"),
    "D08": (("CP-223-6",), "Obligation (péril grave, imminent et constant)", "Tous", "Secours, forces de l’ordre", "Strict nécessaire pour secourir", "Pas"),
    "D09": (("CP-434-1", "CP-434-3"), "exception du secret", "non tenues au secret", "Autorités", "Crime évitable, mauvais traitements", "Sans objet"),
    "D10": (("CPP-40",), "n’ouvre pas, à lui seul, le secret médical", "Direction, cadres administratifs", "Procureur", "connus hors secret", "Pas"),
    "D11": (("CPP-60-1", "CPP-77-1-1", "CPP-99-3", "CPP-56-3"), "dans les formes", "affaires juridiques", "magistrat", "Pièces requises", "Selon le texte"),
    "D12": (("CSP-L3212-1", "CSP-L3213-1"), "de procédure", "Psychiatrie, direction", "Préfet, ARS, juge, procureur", "Soins sans consentement", "Pas"),
    "D13": (("CSP-L3113-1",), "Obligation", "Médecins, biologistes", "ARS", "déclaration obligatoire", "Pas"),
    "D14": (("CC-81",), "mort violente ou suspecte", "Médecin", "État civil", "Obstacle médico-légal", "Pas"),
    "D15": (("CSP-L3211-6",), "obligation selon les cas", "Médecin", "Procureur", "Sauvegarde de justice", "Pas"),
    "D16": ((), "Tolérance de la jurisprudence", "mis en cause", "Juge", "Strict nécessaire", "Sans objet"),
    "X01": (("INSTR-2011-139",), "Aucune dérogation", "Personne", "Personne", "sans identité", "Sans objet"),
    "X02": (("INSTR-2016-14",), "aucune dérogation propre", "Personne", "Personne", "fiche 15", "Sans objet"),
    "X03": (("CP-226-13",), "sauf D01 ou D08", "Personne", "Personne", "Rien", "Sans objet"),
    "X04": (("CSP-L1110-4",), "Aucune dérogation", "Personne au téléphone", "Personne", "jamais le service", "Sans objet"),
}  # fmt: skip
# §2.2, « qui peut révéler », outside the matrix: the professions that the line names.
NOMMES = {
    "D05": {"MEDECIN": OUI, "PSYCHOLOGUE": OUI, "ASSISTANT_SOCIAL": OUI, "EDUCATEUR": OUI, "SECURITE": STATUT},
    "D06": {"MEDECIN": OUI, "PSYCHOLOGUE": OUI, "ASSISTANT_SOCIAL": OUI, "SECRETAIRE": OUI, "DIRECTION": OUI},
    "D07": {"MEDECIN": OUI, "INFIRMIER": OUI, "SAGE_FEMME": OUI, "PSYCHOLOGUE": NON, "SECRETAIRE": NON},
    "D09": {"MEDECIN": NON, "PSYCHOLOGUE": NON, "ASSISTANT_SOCIAL": NON, "SECURITE": NON, "DIRECTION": NON},
    "D11": {"MEDECIN": STATUT, "SECRETAIRE": STATUT, "DIRECTION": STATUT},
    "D12": {"MEDECIN": OUI, "DIRECTION": OUI, "GARDE": OUI, "ASSISTANT_SOCIAL": NON},
    "D13": {"MEDECIN": OUI, "PHARMACIEN": STATUT, "INFIRMIER": NON, "SECRETAIRE": NON},
    "D14": {"MEDECIN": OUI, "INFIRMIER": NON, "DIRECTION": NON},
    "D15": {"MEDECIN": OUI, "INFIRMIER": NON, "ASSISTANT_SOCIAL": NON},
    "D16": {"MEDECIN": STATUT, "SECURITE": STATUT},
    **{code: dict.fromkeys((*SOINS, "PSYCHOLOGUE", "SECURITE", "DIRECTION"), NON) for code in ("X01", "X02", "X03", "X04")},
}  # fmt: skip
CELLULES = [
    (profession, code, attendu)
    for professions, ligne in MATRICE.items()
    for profession in professions
    for code, attendu in zip(BASES, ligne, strict=True)
]
CELLULES += [(profession, code, attendu) for code, ligne in NOMMES.items() for profession, attendu in ligne.items()]


@cache
def fiche_secret() -> contenus.Contenu:
    fichier = next(f for f in lire_dossier(DONNEES).fiches if f.donnees["numero"] == 5)
    return contenus.lire({champ: v for champ, v in fichier.donnees.items() if champ not in HORS_DU_CONTENU})


def table() -> Table:
    lue = fiche_secret().secret
    assert lue is not None
    return lue


def chemin_vers(code: str) -> str:
    """The answers that lead to the first conclusion which rests on this derogation."""
    arbre = fiche_secret().arbre
    assert arbre is not None
    conclusion = next(
        c for c in arbre.conclusions if (c.derogations and c.derogations[0] == code) or code in c.derogations
    )
    return adresse_de(plus_courts(arbre)[conclusion.id])


@pytest.mark.parametrize(("profession", "code", "attendu"), CELLULES)
def test_chaque_case_de_la_matrice_est_celle_du_document(profession: str, code: str, attendu: str) -> None:
    metier = table().profession(profession)
    assert metier is not None
    croisement = repondre(table(), [code], metier)
    assert croisement.permis == attendu
    assert croisement.phrase == PHRASES[attendu]


@pytest.mark.parametrize("code", LIGNES)
def test_chaque_ligne_de_la_table_est_celle_du_document(code: str) -> None:
    references, caractere, qui, destinataire, contenu, accord = LIGNES[code]
    ligne = table().derogation(code)
    assert ligne is not None
    assert ligne.references == references
    ecrits = (ligne.caractere_libelle, ligne.qui, ligne.destinataire, ligne.contenu, ligne.accord)
    for attendu, ecrit in zip((caractere, qui, destinataire, contenu, accord), ecrits, strict=True):
        assert attendu in ecrit.replace("\u00a0", " ")


def test_la_table_n_a_ni_ligne_ni_metier_de_trop_et_aucune_faute() -> None:
    assert table().codes == set(LIGNES)
    metiers = {profession for professions in MATRICE for profession in professions}
    assert {profession.code for profession in table().professions} == metiers
    assert list(fautes(table())) == []


def test_chaque_ligne_est_au_bout_d_un_chemin_de_l_arbre() -> None:
    assert all(chemin_vers(code) for code in LIGNES)


def test_un_metier_que_la_table_oublie_ne_peut_pas_parler() -> None:
    ligne = table().derogation("D01")
    metier = table().profession("MEDECIN")
    assert ligne is not None
    assert metier is not None
    assert replace(ligne, permis={}).pour(metier) == NON
    assert repondre(table(), ["D99"], metier).permis == STATUT


def lire_page(client: Client, code: str, profession: str) -> str:
    adresse = reverse("fiches:parcours", args=[5])
    reponse = client.get(adresse, {"v": "1.0", "r": chemin_vers(code), "p": profession})
    assert reponse.status_code == 200
    return reponse.content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("professions", MATRICE, ids=lambda groupe: groupe[0])
def test_l_assistant_repond_ce_que_dit_le_document(
    professions: tuple[str, ...], convention: None, distribution: Distribution
) -> None:
    """The real tree, followed to its end on the page, for each column of the matrix."""
    client = distribution.client("soignante")
    for code, attendu in zip(BASES, MATRICE[professions], strict=True):
        page = lire_page(client, code, professions[-1])
        assert f'data-derogation="{code}" data-permis="{attendu}"' in page
        mot = re.search(r'class="verdict__mot">([^<]*)<', page)
        assert mot is not None
        assert mot[1] == PHRASES[attendu], (code, professions)


@pytest.mark.django_db
def test_l_assistant_montre_chaque_ligne_avec_ses_trois_verrous(convention: None, distribution: Distribution) -> None:
    client = distribution.client("soignante")
    for code, (references, *_) in LIGNES.items():
        page = lire_page(client, code, "MEDECIN").replace("\u00a0", " ")
        ligne = table().derogation(code)
        assert ligne is not None
        for mots in (ligne.base, ligne.destinataire, ligne.contenu, ligne.accord):
            assert mots.replace("\u00a0", " ") in page, code
        assert "Les trois verrous" in page
        assert ("Référence" in page or "En vigueur" in page) or not references


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("nom", "attendue"),
    [("soignante", "MEDECIN"), ("sociale", "ASSISTANT_SOCIAL"), ("garde", "DIRECTION"), ("securite", "SECURITE"),
     ("entrees", "ADMINISTRATIF")],
)  # fmt: skip
def test_la_profession_est_proposee_d_apres_le_rattachement(
    nom: str, attendue: str, convention: None, distribution: Distribution
) -> None:
    page = lire_page(distribution.client(nom), "D03", "")
    assert f'<option value="{attendue}" selected>' in page


@pytest.mark.django_db
@pytest.mark.parametrize("nom", ["opj", "gendarme", "parquet", "prefecture", "ordre", "maison_arret"])
def test_l_autorite_qui_demande_n_ouvre_pas_l_outil_de_decision(
    nom: str, convention: None, distribution: Distribution
) -> None:
    client = distribution.client(nom)
    assert client.get(reverse("fiches:parcours", args=[5])).status_code == 403
    assert client.post(reverse("fiches:tracer", args=[5]), {}).status_code == 403
    assert "Secret professionnel" not in client.get(reverse("fiches:que_faire")).content.decode()
