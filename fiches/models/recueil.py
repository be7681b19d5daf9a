"""The printed convention with all its sheets, made in the worker."""

from django.db import models

from convention.models import Convention
from documents.travaux import Travail


class ExportRecueil(Travail):
    """One PDF of the whole convention asked for."""

    convention = models.ForeignKey(Convention, on_delete=models.CASCADE, related_name="+")
