"""Tone and icon of the events that change no state, in the timeline."""

SIGNES = {
    "deposer": ("info", "inbox"),
    "authentifier": ("info", "phone"),
    "confirmer_gel": ("ok", "lock"),
    "constater_perte": ("danger", "cross"),
    "verser_piece": ("info", "clip"),
    "noter_mentions": ("mute", "pencil"),
    "attribuer": ("mute", "user"),
    "proposer_refus": ("warn", "hand"),
    "renvoyer_refus": ("warn", "history"),
    "retirer_refus": ("mute", "history"),
    "noter_accord_patient": ("mute", "user"),
    "conclure_oralement": ("warn", "phone"),
    "decliner": ("warn", "alert"),
    "programmer_audition": ("info", "calendar"),
    "prevenir_direction": ("info", "bell"),
    "constater_audition": ("info", "check"),
    "reprendre_constat": ("warn", "history"),
    "changer_statut": ("warn", "flag"),
    "audition_sans_avis": ("danger", "flag"),
    "lever": ("warn", "flag"),
    "justifier": ("warn", "flag"),
    "demander_levee": ("warn", "hand"),
}
# Events of those who instruct: the rest of the house learns nothing of a protected person, a complaint, a point lifted.
CONFIDENTIELS = frozenset(
    {"appeler_parquet", "motif_contestation", "audition_sans_avis", "lever", "justifier", "demander_levee"}
)
