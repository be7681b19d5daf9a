"""The states of a version of a convention, as the pages show them."""

from convention.models import VersionConvention
from transitions.workflow import Etat

E = VersionConvention.Etat
ETATS = (
    Etat(E.PROJET, "Projet", "mute", "pencil", "brouillon"),
    Etat(E.EN_SIGNATURE, "En signature", "justice", "pencil", "en_cours"),
    Etat(E.SIGNEE, "Signée", "ok", "check", "en_cours"),
    Etat(E.EN_VIGUEUR, "En vigueur", "ok", "check", "en_vigueur"),
    Etat(E.REMPLACEE, "Remplacée", "mute", "archive", "clos"),
    Etat(E.RESILIEE, "Résiliée", "danger", "cross", "clos"),
    Etat(E.ABANDONNEE, "Abandonnée", "mute", "cross", "clos"),
)
OUVERTS = (E.PROJET, E.EN_SIGNATURE, E.SIGNEE)
EFFECTIFS = (E.EN_VIGUEUR, E.REMPLACEE, E.RESILIEE)
