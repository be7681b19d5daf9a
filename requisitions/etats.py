"""States of a requisition: words, tones and icons of design §7, and the generic phase of each."""

from dataclasses import replace

from transitions.workflow import Etat

BROUILLON = "BROUILLON"
RECUE = "RECUE"
EN_CONTROLE = "EN_CONTROLE"
A_REGULARISER = "A_REGULARISER"
VALIDEE = "VALIDEE"
AFFECTEE = "AFFECTEE"
EN_EXECUTION = "EN_EXECUTION"
PRETE = "PRETE"
REMISE = "REMISE"
CLOTUREE = "CLOTUREE"
REFUSEE = "REFUSEE"
ABANDONNEE = "ABANDONNEE"
ANNULEE = "ANNULEE"
CONTESTEE = "CONTESTEE"

ETATS = (
    Etat(BROUILLON, "Brouillon", "mute", "pencil", "brouillon"),
    Etat(RECUE, "Reçue", "info", "inbox", "en_cours"),
    Etat(EN_CONTROLE, "En contrôle", "warn", "half", "en_cours"),
    Etat(A_REGULARISER, "À régulariser", "warn", "chat", "en_attente"),
    Etat(VALIDEE, "Validée", "info", "check", "en_cours"),
    Etat(AFFECTEE, "Affectée", "info", "user", "en_cours"),
    Etat(EN_EXECUTION, "En cours", "info", "search", "en_cours"),
    Etat(PRETE, "Prête", "ok", "check", "en_cours"),
    Etat(REMISE, "Remise", "ok", "download", "en_attente"),
    Etat(CLOTUREE, "Close", "mute", "archive", "clos"),
    Etat(REFUSEE, "Refusée, motivée", "danger", "hand", "clos"),
    Etat(ABANDONNEE, "Classée sans réponse", "mute", "archive", "clos"),
    Etat(ANNULEE, "Annulée", "mute", "cross", "clos"),
    Etat(CONTESTEE, "Contestée", "danger", "flag", "en_cours"),
)

AVANT_REMISE = frozenset({RECUE, EN_CONTROLE, A_REGULARISER, VALIDEE, AFFECTEE, EN_EXECUTION, PRETE})
SANS_SUITE = frozenset({REFUSEE, ABANDONNEE, ANNULEE})
INSTRUITE = frozenset({EN_CONTROLE, VALIDEE, AFFECTEE, EN_EXECUTION})

PAR_ETAT = {etat.code: etat for etat in ETATS}
# What a state means for one party: the requester does not read who was asked, the executor reads what is left to do.
_EN_TRAITEMENT = "En traitement"
MOTS: dict[str, dict[str, str]] = {
    "auteur": {
        VALIDEE: _EN_TRAITEMENT,
        AFFECTEE: _EN_TRAITEMENT,
        EN_EXECUTION: _EN_TRAITEMENT,
        A_REGULARISER: "Votre réponse est attendue",
        PRETE: "À retirer",
    },
    "executant": {AFFECTEE: "À faire", PRETE: "Fait", REMISE: "Fait"},
    "copie": {A_REGULARISER: "Régularisation demandée", REFUSEE: "Refusée, pour information"},
}


def pour(code: str, role: str) -> Etat:
    """A state in the words of a party: its role in the case."""
    etat = PAR_ETAT[code]
    mots = MOTS.get(role, {}).get(code)
    ton = _TRAITEMENT if mots == _EN_TRAITEMENT else etat
    return replace(ton, code=code, libelle=mots) if mots else etat


_TRAITEMENT = Etat("", _EN_TRAITEMENT, "info", "half", "en_cours")
