"""État × rôle × acte, all of them, for every kind of act: what §2.10 permits, copied by hand, and nothing else.

No database: the participations that a policy reads are given to it.
"""

import uuid
from itertools import product

import pytest

from accounts.roles import Role
from convention.acteur import Acteur, Place
from dossiers.models import Dossier, Participation, ParticipationPersonnelle
from requisitions.etats import ETATS
from requisitions.models import Requisition
from requisitions.types_acte import libelles
from requisitions.workflow import TRANSITIONS, WORKFLOW

DANS, AILLEURS = 7, 8
MOI = 1
TOUS = {etat.code for etat in ETATS}
AVANT_REMISE = {"RECUE", "EN_CONTROLE", "A_REGULARISER", "VALIDEE", "AFFECTEE", "EN_EXECUTION", "PRETE"}
REQUIERENT = {"ENQUETEUR", "DOUANES", "JUGE_INSTRUCTION", "PARQUET", "PREFECTURE"}
# What the administrator on call carries through alone at night.
DE_GARDE = {
    "PRESENCE", "VIDEO", "EX_GAV", "EX_VICT", "EX_SUSP", "PREL_ALC", "PREL_STUP", "PREL_AUTRE", "CORPS", "INCORP",
    "AUD_PAT", "RECH_CRIT", "EFFETS", "TUBES",
}  # fmt: skip
MEDECIN_REQUIS = {
    "EX_VICT", "INCORP", "AGE", "AUD_PAT", "EX_GAV", "EX_SUSP", "PREL_ALC", "PREL_STUP", "PREL_AUTRE", "PSY", "CORPS"
}  # fmt: skip
DEPUIS = {
    "controler": {"RECUE"},
    "regulariser": {"EN_CONTROLE"},
    "repondre_regularisation": {"A_REGULARISER"},
    "noter_reponse": {"A_REGULARISER"},
    "valider": {"EN_CONTROLE"},
    "affecter": {"VALIDEE"},
    # §2.3: another doctor, as long as the answer is not there.
    "remplacer": {"AFFECTEE", "EN_EXECUTION"},
    "decliner": {"AFFECTEE", "EN_EXECUTION"},
    "donner_accord": {"AFFECTEE", "EN_EXECUTION"},
    "preparer_reponse": {"AFFECTEE", "EN_EXECUTION"},
    "repondre_elements": {"AFFECTEE", "EN_EXECUTION"},
    "mettre_a_disposition": {"EN_EXECUTION"},
    "redeposer": {"PRETE"},
    "remettre_en_main": {"PRETE"},
    "revoquer": {"PRETE"},
    "ouvrir_pli": {"PRETE"},
    "clore": {"REMISE", "CONTESTEE"},
    "refuser": {"EN_CONTROLE", "VALIDEE", "AFFECTEE", "EN_EXECUTION"},
    "classer": {"A_REGULARISER"},
    "annuler": AVANT_REMISE,
    "noter_retrait": AVANT_REMISE,
    # §2.10 says « * »: what has not ended yet is refused, cancelled or taken back instead.
    "contester": {"REMISE", "CLOTUREE", "REFUSEE", "ABANDONNEE", "ANNULEE"},
}
PREPARENT = {
    "DOSSIER": {"ARCHIVES"},
    "PRESENCE": {"ENTREES", "JURISTE", "GARDE"},
    "RECH_CRIT": {"ARCHIVES", "JURISTE", "GARDE"},
    "VIDEO": {"SECURITE"},
    "SAISIE": {"JURISTE", "GARDE", "DIRECTION"},
    "RH": {"CADRE", "JURISTE"},
    "EFFETS": {"SECURITE", "CADRE", "JURISTE"},
    "TUBES": {"SOIGNANT", "CADRE", "JURISTE"},
    "LOGS": {"DPO", "JURISTE"},
}
POSITIONS = ("auteur", "destinataire", "executant", "copie", "observateur", "en personne", "ailleurs", "nulle part")


def permis(acte: str, variante: str, role: str, position: str, canal: str) -> bool:
    """Who may, the state apart."""
    partie = position in {"auteur", "destinataire", "executant", "copie", "observateur"}
    match acte:
        case "controler" | "regulariser":
            return partie and role in {"JURISTE", "GARDE"}
        case "noter_reponse" | "noter_retrait":
            return canal != "portail" and partie and role in {"JURISTE", "GARDE"}
        case "valider" | "affecter" | "repondre_elements" | "mettre_a_disposition" | "redeposer" | "revoquer":
            return partie and (role == "JURISTE" or (role == "GARDE" and variante in DE_GARDE))
        case "remplacer":
            nomme = variante == "DOSSIER" or variante in MEDECIN_REQUIS
            return nomme and partie and (role == "JURISTE" or (role == "GARDE" and variante in DE_GARDE))
        case "decliner":
            return position == "en personne" and (variante == "DOSSIER" or variante in MEDECIN_REQUIS)
        case "remettre_en_main":
            return partie and (role in {"JURISTE", "GARDE"} or (role == "SECURITE" and variante in {"VIDEO", "EFFETS"}))
        case "repondre_regularisation" | "annuler" | "ouvrir_pli":
            return position == "auteur" and role in REQUIERENT
        case "refuser":
            return partie and role == "DIRECTION"
        case "clore" | "classer":
            return partie and role == "JURISTE"
        case "contester":
            return partie and role in {"JURISTE", "PARQUET"}
        case "donner_accord":
            return position == "en personne" and variante == "DOSSIER"
        case "preparer_reponse":
            if variante in MEDECIN_REQUIS:
                return position == "en personne"
            en_personne = position == "en personne" and variante == "DOSSIER"
            return en_personne or (partie and role in PREPARENT.get(variante, {"JURISTE"}))
    raise AssertionError(acte)


def acteur(role: str, position: str) -> Acteur:
    groupe = AILLEURS if position == "ailleurs" else DANS
    place = Place(1, Role(role), 1, "X", "X", "", groupe, 1, "X", "X")
    return Acteur(MOI, uuid.UUID(int=1), "Quelqu’un", (place,))


def dossier(variante: str, etat: str, position: str, canal: str) -> Dossier:
    lu = Dossier(variante=variante)
    lu.requisition = Requisition(canal=canal)
    vars(lu)["etat"] = etat
    parts: list[object] = []
    if position == "en personne":
        parts = [ParticipationPersonnelle(user_id=MOI, role="executant")]
    elif position != "nulle part":
        role = "destinataire" if position == "ailleurs" else position
        parts = [Participation(group_id=DANS, role=role)]
    vars(lu)["_parts_par_acteur"] = {MOI: parts}
    return lu


def test_les_actes_et_les_etats_de_l_essai_sont_ceux_de_l_application():
    assert set(DEPUIS) == {transition.nom for transition in TRANSITIONS}
    assert set().union(*DEPUIS.values()) <= TOUS


@pytest.mark.parametrize("canal", ["portail", "telephone"])
@pytest.mark.parametrize("variante", list(libelles()))
def test_chaque_triplet_repond_comme_le_document(variante, canal):
    fautes = []
    for etat, position in product(sorted(TOUS), POSITIONS):
        cas = dossier(variante, etat, position, canal)
        for role, (acte, depuis) in product(Role.values, DEPUIS.items()):
            attendu = etat in depuis and permis(acte, variante, role, position, canal)
            verdict = WORKFLOW.verdict(acte, cas, acteur(role, position))
            if bool(verdict) is not attendu or (not verdict and not verdict.raison):
                fautes.append((etat, role, acte, position))
    assert not fautes


def test_un_etat_mene_la_ou_le_document_le_dit():
    vers = {transition.nom: transition.vers for transition in TRANSITIONS}
    assert vers == {
        "controler": "EN_CONTROLE",
        "regulariser": "A_REGULARISER",
        "repondre_regularisation": "RECUE",
        "noter_reponse": "RECUE",
        "valider": "VALIDEE",
        "affecter": "AFFECTEE",
        "remplacer": "AFFECTEE",
        "decliner": "AFFECTEE",
        "donner_accord": "EN_EXECUTION",
        "preparer_reponse": "EN_EXECUTION",
        "repondre_elements": "EN_EXECUTION",
        "mettre_a_disposition": "PRETE",
        "redeposer": "PRETE",
        "remettre_en_main": "REMISE",
        "revoquer": "EN_EXECUTION",
        "ouvrir_pli": "REMISE",
        "clore": "CLOTUREE",
        "refuser": "REFUSEE",
        "classer": "ABANDONNEE",
        "annuler": "ANNULEE",
        "noter_retrait": "ANNULEE",
        "contester": "CONTESTEE",
    }
