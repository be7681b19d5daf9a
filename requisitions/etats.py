"""States of a requisition: words, tones and icons of design §7, and the generic phase of each."""

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
    Etat(ANNULEE, "Annulée", "mute", "cross", "clos"),
    Etat(CONTESTEE, "Contestée", "danger", "flag", "en_cours"),
)

AVANT_REMISE = frozenset({RECUE, EN_CONTROLE, A_REGULARISER, VALIDEE, AFFECTEE, EN_EXECUTION, PRETE})
INSTRUITE = frozenset({EN_CONTROLE, VALIDEE, AFFECTEE, EN_EXECUTION})
