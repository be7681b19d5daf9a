"""The forms of the seven steps."""

from signalements.forms.etape import Etape
from signalements.forms.etapes import AbriForm, AccordForm, DangerForm, FaitsForm, PersonneForm

__all__ = ["AbriForm", "AccordForm", "DangerForm", "Etape", "FaitsForm", "PersonneForm"]
