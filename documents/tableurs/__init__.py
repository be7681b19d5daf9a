"""Spreadsheets in and out: ODS, XLSX and CSV read with limits and without danger, ODS and CSV written."""

from documents.tableurs.ecriture import TYPE_CSV, csv, ods
from documents.tableurs.lecture import LIGNES_MAXIMUM, TAILLE_MAXIMUM, Feuille, TableurRefuse, lire

__all__ = ["LIGNES_MAXIMUM", "TAILLE_MAXIMUM", "TYPE_CSV", "Feuille", "TableurRefuse", "csv", "lire", "ods"]
