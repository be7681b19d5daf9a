"""The forms: one for the deposit, one a decision."""

from requisitions.forms.depot import DepotForm
from requisitions.forms.execution import AccordForm, GelForm, ImagesForm, PerteForm, PieceForm, PresenceForm, TriForm
from requisitions.forms.instruction import (
    AffectationForm,
    ComplementForm,
    GrilleForm,
    MotifForm,
    RappelForm,
    RevocationForm,
    SilenceForm,
)
from requisitions.forms.papiers import AttestationForm, NoteAuServiceForm
from requisitions.forms.pour_le_requerant import ReponseRecueForm, RetraitDitForm
from requisitions.forms.reception import ReceptionForm
from requisitions.forms.refus import PropositionForm, RefusForm, RenvoiForm
from requisitions.forms.regularisation import EcritForm, ReponseComplementForm
from requisitions.forms.remise import MainPropreForm, SupportForm
from requisitions.forms.remplacement import DeclinForm, RemplacementForm

__all__ = [
    "AccordForm",
    "AffectationForm",
    "AttestationForm",
    "ComplementForm",
    "DeclinForm",
    "DepotForm",
    "EcritForm",
    "GelForm",
    "GrilleForm",
    "ImagesForm",
    "MainPropreForm",
    "MotifForm",
    "NoteAuServiceForm",
    "PerteForm",
    "PieceForm",
    "PresenceForm",
    "PropositionForm",
    "RappelForm",
    "ReceptionForm",
    "RefusForm",
    "RemplacementForm",
    "RenvoiForm",
    "ReponseComplementForm",
    "ReponseRecueForm",
    "RetraitDitForm",
    "RevocationForm",
    "SilenceForm",
    "SupportForm",
    "TriForm",
]
