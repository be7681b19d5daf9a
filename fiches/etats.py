"""The states of a version of a fiche, as the pages show them."""

from fiches.models import VersionFiche
from transitions.workflow import Etat

E = VersionFiche.Etat
ETATS = (
    Etat(E.PROJET, "Projet", "mute", "pencil", "brouillon"),
    Etat(E.EN_LECTURE, "En lecture", "info", "eye", "en_cours"),
    Etat(E.EN_APPROBATION, "En approbation", "justice", "scale", "en_cours"),
    Etat(E.APPROUVEE, "Approuvée", "ok", "check", "en_cours"),
    Etat(E.EN_VIGUEUR, "En vigueur", "ok", "check", "en_vigueur"),
    Etat(E.REMPLACEE, "Remplacée", "mute", "archive", "clos"),
    Etat(E.ABROGEE, "Abrogée", "mute", "cross", "clos"),
)
OUVERTS = (E.PROJET, E.EN_LECTURE, E.EN_APPROBATION, E.APPROUVEE)
