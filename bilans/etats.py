"""The states of a yearly review, from the year still running to the page everybody may read."""

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
