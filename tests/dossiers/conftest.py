from tests.dossiers.essai import type_essai
from tests.dossiers.retention import horloge, monde, rendu_rapide

__all__ = ["horloge", "monde", "rendu_rapide", "type_essai"]
