"""A directory or a roster that comes from a spreadsheet: read, shown, then applied whole or not at all."""

from convention.importation.depot import ImportRefuse, apercu, appliquer, deposer, oublier, ouvert
from convention.importation.plan import Plan, Statut

__all__ = ["ImportRefuse", "Plan", "Statut", "apercu", "appliquer", "deposer", "oublier", "ouvert"]
