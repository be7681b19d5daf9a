"""The table of transitions of an extraction."""

from dossiers.suivi import consigner, verrouiller
from prises_en_charge import policies
from prises_en_charge.etats import AVANT_DEPART, ETATS, SUR_PLACE
from transitions.workflow import Transition, Workflow

TRANSITIONS = (
    Transition(
        "emettre_ordre", frozenset({"DEMANDEE_USMP"}), "ORDRE_EMIS", "Ordre d’extraction émis",
        policies.peut_emettre_ordre
    ),
    Transition(
        "confirmer_escorte", frozenset({"ORDRE_EMIS"}), "PROGRAMMEE", "Escorte confirmée",
        policies.peut_confirmer_escorte
    ),
    Transition("signaler_arrivee", AVANT_DEPART, "ARRIVEE", "Arrivée à l’hôpital", policies.peut_signaler_arrivee),
    Transition("commencer_soins", frozenset({"ARRIVEE"}), "EN_SOINS", "Soins commencés", policies.peut_soigner),
    Transition(
        "hospitaliser", frozenset({"ARRIVEE", "EN_SOINS"}), "HOSPITALISEE", "Hospitalisation", policies.peut_soigner
    ),
    Transition("sortir", SUR_PLACE | {"REFUS_PATIENT"}, "SORTIE", "Sortie de l’hôpital", policies.peut_soigner),
    Transition(
        "confirmer_retour", frozenset({"SORTIE", "REFUS_PATIENT", "INCIDENT"}), "RETOUR_CONFIRME", "Retour confirmé",
        policies.peut_confirmer_retour,
    ),
    Transition(
        "clore", frozenset({"RETOUR_CONFIRME", "REFUS_PATIENT", "INCIDENT"}), "CLOTUREE", "Dossier terminé",
        policies.peut_clore, marque="clos",
    ),
    Transition(
        "annuler_escorte", AVANT_DEPART, "ANNULEE_ESCORTE", "Annulée par l’établissement",
        policies.peut_annuler_escorte,
        marque="clos", ton="danger",
    ),
    Transition(
        "annuler_soin", AVANT_DEPART, "ANNULEE_SOIN", "Annulée par l’hôpital", policies.peut_annuler_soin,
        marque="clos", ton="danger",
    ),
    Transition(
        "refuser_soins", AVANT_DEPART | SUR_PLACE, "REFUS_PATIENT", "Refus de la personne", policies.peut_noter_refus,
        ton="danger",
    ),
    Transition(
        "signaler_incident", SUR_PLACE | {"SORTIE", "REFUS_PATIENT"}, "INCIDENT", "Incident signalé",
        policies.peut_signaler_incident, ton="danger",
    ),
)  # fmt: skip

WORKFLOW = Workflow("DET", ETATS, TRANSITIONS, consigner=consigner, verrouiller=verrouiller)
