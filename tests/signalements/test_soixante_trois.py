"""The sixty-three controls of the domain's §9: each is a rule with its level and its own test, or is held elsewhere.

Copied by hand from the reference, in our words. B holds the sending, A is acknowledged, INFO informs.
"""

from pathlib import Path

import pytest

from signalements.controles import CONTROLES
from signalements.controles.socle import NIVEAUX
from signalements.declarations.routes import ROUTES
from signalements.voies import EN_MAIN_PROPRE, VOIES
from transitions.verdict import Niveau

TESTS = Path(__file__).resolve().parents[1]
B, A, INFO = Niveau.BLOQUANT, Niveau.ALERTE, Niveau.INFORMATION
REGLES = {
    "C01": (B, "un mineur n’est pas signalé par une voie d’adulte"),
    "C02": (B, "sans accord : couple, danger et emprise, chacun motivé"),
    "C03": (B, "l’accord est recherché et n’est pas obtenu"),
    "C04": (B, "la personne est informée, ou le motif est écrit"),
    "C05": (B, "l’accord du 2° est écrit"),
    "C06": (B, "la profession du signataire admet cette base"),
    "C07": (B, "le destinataire est l’un de ceux que la base admet"),
    "C08": (A, "l’article 40 n’ouvre pas le secret médical"),
    "C10": (B, "une infraction ou un danger grave n’est pas une simple information préoccupante"),
    "C11": (B, "la CRIP reçoit copie du signalement d’un mineur"),
    "C12": (A, "les parents informés, ou non, le sont pour une raison écrite"),
    "C13": (B, "l’âge seul ne fait pas la vulnérabilité"),
    "C14": (A, "une infraction grave ne va pas à la seule ARS"),
    "C15": (A, "le mandataire mis en cause n’est pas informé"),
    "C16": (B, "aucun nom dans la remise d’un objet"),
    "C17": (A, "vers le préfet, on sait et on motive"),
    "C18": (A, "ni diagnostic ni traitement vers le préfet"),
    "C19": (B, "un majeur qui se radicalise ne se signale pas pour cela"),
    "C20": (B, "ni religion ni origine, et deux domaines d’indices"),
    "C21": (B, "le péril est grave, imminent et constant"),
    "C22": (B, "plainte de l’employeur : liste, écrit, auteur extérieur"),
    "C23": (A, "un passe-droit oblige le représentant à porter plainte"),
    "C24": (A, "outrage, vol et agression sexuelle sont hors de 15-3-4"),
    "C25": (B, "aucune adresse personnelle de l’agent"),
    "C26": (A, "une disparition inquiétante appelle la police sans délai"),
    "C27": (B, "la recherche se clôt quand la police est prévenue"),
    "C28": (B, "qui a choisi l’anonymat n’est pas signalé"),
    "C29": (A, "un détenu qui part est une évasion"),
    "C30": (A, "aucune donnée de santé sur l’auteur qui est un patient"),
    "C31": (A, "les paroles sont entre guillemets"),
    "C32": (A, "aucun jugement, aucune qualification"),
    "C33": (B, "certificat : ni auteur ni volonté, une ITT ou sa réserve"),
    "C34": (B, "certificat : jamais remis à un tiers"),
    "C35": (A, "les faits ne sont pas postérieurs à l’examen"),
    "C36": (A, "les pièces se limitent au nécessaire"),
    "C37": (B, "aucune photographie sans accord"),
    "C38": (A, "l’identité est renseignée et vérifiée"),
    "C39": (B, "un contact ancien se confirme avant l’envoi"),
    "C41": (A, "hors du ressort, le parquet compétent est nommé"),
    "C43": (A, "une saisie complète ne reste pas sans envoi"),
    "C45": (A, "sans suite à six mois, elle se demande"),
    "C47": (A, "chaque enfant déclaré a son dossier"),
    "C48": (A, "le même signalement n’est pas écrit deux fois"),
    "C49": (A, "le lecteur du même nom est averti"),
    "C55": (INFO, "le patient qui travaille ici se dit"),
    "C57": (B, "l’arme d’un autre que le patient ne va pas au préfet"),
    "C58": (B, "un consentement retiré annule la plainte"),
    "C59": (A, "ne pas signaler un mineur demande un second avis"),
    "C60": (A, "la référence est en vigueur le jour du constat"),
    "C61": (B, "le signataire a examiné et atteste"),
    "C62": (A, "un appel et un écrit, pas l’un sans l’autre"),
    "C63": (A, "chaque situation a son dossier et son destinataire"),
}
# Held by the way the product is made, which a rule over answers cannot see: the test that proves it.
TENUES_AILLEURS = {
    "C40": ("notifications/test_avis.py", "test_un_courriel_ne_contient_rien_de_nominatif"),
    "C42": ("signalements/test_workflow.py", "test_les_delais_courent_a_la_transmission_puis_l_accuse_les_tient"),
    "C44": ("signalements/test_workflow.py", "test_la_base_refuse_de_changer_une_lettre_figee"),
    "C46": ("signalements/test_workflow.py", "test_ne_pas_signaler_se_motive_se_fige_et_se_reevalue"),
    "C50": ("signalements/test_soixante_trois.py", "test_c50_rien_n_est_envoye_a_la_personne"),
    "C51": ("bilans/test_secret_statistique.py", "test_un_effectif_sous_cinq_n_est_jamais_affiche"),
    "C52": ("signalements/test_views.py", "test_le_parquet_telecharge_ce_qui_lui_est_adresse_et_rien_d_autre"),
    "C53": ("dossiers/test_bris_de_glace.py", "test_apres_72_heures_sans_examen_la_protection_est_relancee_une_fois"),
    "C54": ("dossiers/test_conservation.py", "test_un_dossier_gele_ne_se_propose_ni_ne_se_detruit"),
    "C56": ("signalements/test_soixante_trois.py", "test_c56_aucun_document_n_a_d_adresse_hors_de_l_application"),
    "C09": ("signalements/test_soixante_trois.py", "test_c09_aucune_voie_n_oppose_434_3_a_un_soignant"),
}
# Asked elsewhere than on the last page: at the handing over, at the decision, of a list, before an opening.
AU_MOMENT = {"C34", "C45", "C49", "C59"}


def test_les_soixante_trois_numeros_sont_tous_comptes_une_fois():
    listes = (*REGLES, *TENUES_AILLEURS)
    assert len(listes) == len(set(listes))
    assert set(listes) == {f"C{numero:02d}" for numero in range(1, 64)}


@pytest.mark.parametrize("numero", REGLES, ids=lambda numero: f"{numero} {REGLES[numero][1]}")
def test_une_regle_a_son_niveau_agit_dans_une_voie_et_porte_un_test_de_son_numero(numero):
    assert numero in CONTROLES
    assert NIVEAUX[numero] is REGLES[numero][0]
    agissent = [*VOIES.values(), *EN_MAIN_PROPRE.values(), *ROUTES.values()]
    numeros = {n for voie in agissent for n in voie.controles} | {n for voie in VOIES.values() for n in voie.cloture}
    assert numero in numeros | AU_MOMENT
    textes = [
        chemin.read_text(encoding="utf-8")
        for dossier in ("signalements", "declarations")
        for chemin in (TESTS / dossier).glob("test_*.py")
    ]
    assert any(f"def test_{numero.lower()}_" in texte for texte in textes), "aucun test ne porte ce numéro"


@pytest.mark.parametrize("numero", TENUES_AILLEURS)
def test_ce_qui_est_tenu_ailleurs_nomme_un_test_qui_existe(numero):
    fichier, nom = TENUES_AILLEURS[numero]
    assert numero not in CONTROLES
    assert f"def {nom}(" in (TESTS / fichier).read_text(encoding="utf-8")


def test_c09_aucune_voie_n_oppose_434_3_a_un_soignant():
    for voie in VOIES.values():
        assert not any("434" in base for base in voie.bases), voie.code


def _sources() -> str:
    code = TESTS.parent / "signalements"
    return "\n".join(
        chemin.read_text(encoding="utf-8") for chemin in code.rglob("*.py") if "migrations" not in str(chemin)
    )


def test_c50_rien_n_est_envoye_a_la_personne():
    """No message leaves for her: the app names no channel that would."""
    sources = _sources()
    assert not any(mot in sources for mot in ("send_mail", "EmailMessage", "send_sms", "twilio"))


def test_c56_aucun_document_n_a_d_adresse_hors_de_l_application():
    """No connector to a patient's portal: the app opens no connection at all."""
    sources = _sources()
    assert not any(mot in sources for mot in ("import requests", "urllib.request", "http.client", "httpx", "socket"))
