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
    "decliner": ("warn", "alert"),
    "programmer_audition": ("info", "calendar"),
    "constater_audition": ("info", "check"),
    "changer_statut": ("warn", "flag"),
}
# Events of those who instruct: the rest of the house learns nothing of a protected person nor of a complaint.
CONFIDENTIELS = frozenset({"appeler_parquet", "motif_contestation"})
