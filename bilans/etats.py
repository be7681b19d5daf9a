"""The states of a yearly review, those of a feedback, those of a meeting of the committee."""

from transitions.workflow import Etat

OUVERT = "OUVERT"
GELE = "GELE"
VALIDE = "VALIDE"
PUBLIE = "PUBLIE"

ETATS = (
    Etat(OUVERT, "Projet", "warn", "pencil", "en_cours"),
    Etat(GELE, "Chiffres arrêtés", "info", "lock", "en_cours"),
    Etat(VALIDE, "Validé par le comité", "justice", "check", "en_cours"),
    Etat(PUBLIE, "Publié", "ok", "check", "clos"),
)

RECU = "RECU"
A_L_ETUDE = "A_L_ETUDE"
REPONDU = "REPONDU"
CLOS = "CLOS"

ETATS_RETOUR = (
    Etat(RECU, "Reçu", "info", "inbox", "en_cours"),
    Etat(A_L_ETUDE, "À l’étude", "warn", "eye", "en_cours"),
    Etat(REPONDU, "Répondu", "justice", "chat", "en_cours"),
    Etat(CLOS, "Clos", "ok", "check", "clos"),
)

PLANIFIEE = "PLANIFIEE"
TENUE = "TENUE"
APPROUVEE = "APPROUVEE"
ANNULEE = "ANNULEE"

ETATS_REUNION = (
    Etat(PLANIFIEE, "Planifiée", "info", "calendar", "en_cours"),
    Etat(TENUE, "Compte rendu à approuver", "warn", "pencil", "en_cours"),
    Etat(APPROUVEE, "Compte rendu approuvé", "ok", "check", "clos"),
    Etat(ANNULEE, "Annulée", "mute", "cross", "clos"),
)
