from tests.dossiers.essai import type_essai

__all__ = ["type_essai"]
