"""The states of an extraction (design §7) and the column of the day's board each one stands in."""

from transitions.workflow import Etat

ETATS = (
    Etat("DEMANDEE_USMP", "Demandée", "warn", "half", "en_cours"),
    Etat("ORDRE_EMIS", "Escorte à confirmer", "warn", "van", "en_cours"),
    Etat("PROGRAMMEE", "Confirmée", "ok", "check", "en_cours"),
    Etat("ARRIVEE", "Arrivée", "info", "building", "en_cours"),
    Etat("EN_SOINS", "En soins", "info", "heart", "en_cours"),
    Etat("HOSPITALISEE", "Hospitalisée", "info", "bed", "en_cours"),
    Etat("SORTIE", "Sortie, retour en cours", "info", "right", "en_cours"),
    Etat("RETOUR_CONFIRME", "Retour confirmé", "ok", "check", "en_cours"),
    Etat("CLOTUREE", "Terminée", "mute", "archive", "clos"),
    Etat("ANNULEE_ESCORTE", "Annulée par l’établissement", "danger", "cross", "clos"),
    Etat("ANNULEE_SOIN", "Annulée par l’hôpital", "danger", "cross", "clos"),
    Etat("REFUS_PATIENT", "Refus de la personne", "warn", "hand", "en_cours"),
    Etat("INCIDENT", "Incident", "danger", "flag", "en_cours"),
)

AVANT_DEPART = frozenset({"DEMANDEE_USMP", "ORDRE_EMIS", "PROGRAMMEE"})
SUR_PLACE = frozenset({"ARRIVEE", "EN_SOINS", "HOSPITALISEE"})
FINIES = frozenset({"CLOTUREE", "ANNULEE_ESCORTE", "ANNULEE_SOIN"})

COLONNES: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("organiser", "À organiser", frozenset({"DEMANDEE_USMP", "ORDRE_EMIS"})),
    ("pret", "Prêt", frozenset({"PROGRAMMEE"})),
    ("hopital", "À l’hôpital", SUR_PLACE | {"INCIDENT"}),
    ("retour", "Retour et suites", FINIES | {"SORTIE", "RETOUR_CONFIRME", "REFUS_PATIENT"}),
)
