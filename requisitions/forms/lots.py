"""The word that goes with the hand-over of the night."""

from presentation.formulaires import Formulaire
from requisitions.forms.champs import long_texte


class ReleveForm(Formulaire):
    note = long_texte(
        "Ce qu’il faut savoir",
        help_text="Lu dans l’hôpital, sur chaque dossier remis. Aucun nom de patient.",
        error_messages={"required": "Écrivez un mot pour la relève."},
    )
