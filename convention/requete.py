"""The request as our views receive it: signed in, with its Acteur."""

from django.http import HttpRequest

from accounts.models import User
from convention.acteur import Acteur


class Requete(HttpRequest):
    """For annotations only: `RequeteTracee` adds these attributes to Django's own request.

    `sans_trace` keeps an autosave out of the journal; `echec` is the exception that rolled the request back.
    """

    user: User
    acteur: Acteur
    echec: Exception | None
    sans_trace: bool
