"""The states of a signalement: words, tones and icons of the design guide, and the phase each belongs to."""

from transitions.workflow import Etat

BROUILLON = "BROUILLON"
TRANSMIS = "TRANSMIS"
AR_RECU = "AR_RECU"
SUITES_EN_COURS = "SUITES_EN_COURS"
COMPLEMENT_DEMANDE = "COMPLEMENT_DEMANDE"
SUITES_CONNUES = "SUITES_CONNUES"
REORIENTE = "REORIENTE"
DECISION_NON_SIGNALEMENT = "DECISION_NON_SIGNALEMENT"
REMIS = "REMIS"
SUSPENDU = "SUSPENDU"
RETIRE = "RETIRE"
ORIENTE_SANS_SIGNALEMENT = "ORIENTE_SANS_SIGNALEMENT"
PREVENTION_SUIVIE = "PREVENTION_SUIVIE"
CLOS = "CLOS"

ETATS = (
    Etat(BROUILLON, "Brouillon", "mute", "pencil", "brouillon"),
    Etat(TRANSMIS, "Transmis", "info", "send", "en_cours"),
    Etat(AR_RECU, "Reçu", "info", "inbox", "en_cours"),
    Etat(SUITES_EN_COURS, "À l’examen", "justice", "eye", "en_cours"),
    Etat(COMPLEMENT_DEMANDE, "Complément demandé", "warn", "chat", "en_attente"),
    Etat(SUITES_CONNUES, "Suite donnée", "ok", "scale", "clos"),
    Etat(REORIENTE, "Réorienté", "info", "right", "clos"),
    Etat(DECISION_NON_SIGNALEMENT, "Non signalé, motivé", "mute", "hand", "en_attente"),
    Etat(SUSPENDU, "Suspendu, accord attendu", "warn", "clock", "brouillon"),
    Etat(RETIRE, "Accord retiré, rien transmis", "mute", "hand", "clos"),
    Etat(ORIENTE_SANS_SIGNALEMENT, "Orientée, rien transmis", "mute", "hand", "clos"),
    Etat(PREVENTION_SUIVIE, "Prévention suivie", "warn", "clock", "en_attente"),
    Etat(REMIS, "Remis en main propre", "ok", "hand", "clos"),
    Etat(CLOS, "Clos", "mute", "archive", "clos"),
)

ENVOYES = frozenset({TRANSMIS, AR_RECU, SUITES_EN_COURS, COMPLEMENT_DEMANDE, SUITES_CONNUES, REORIENTE, CLOS})
# Frozen and addressed to nobody, for a reason that is kept.
SANS_ENVOI = frozenset({DECISION_NON_SIGNALEMENT, RETIRE, ORIENTE_SANS_SIGNALEMENT, PREVENTION_SUIVIE})
