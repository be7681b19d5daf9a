"""The gallery shows every component, in debug only."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from presentation.views import galerie


def test_la_galerie_n_existe_pas_hors_developpement(settings):
    settings.DEBUG = False
    with pytest.raises(Http404):
        galerie(RequestFactory().get("/composants/"))
