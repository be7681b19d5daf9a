"""The forms of the seven steps."""

from signalements.forms.etape import Etape
from signalements.forms.etapes import AbriForm, AccordForm, DangerForm, EnfantsFormSet, FaitsForm, PersonneForm

__all__ = ["AbriForm", "AccordForm", "DangerForm", "EnfantsFormSet", "Etape", "FaitsForm", "PersonneForm"]
