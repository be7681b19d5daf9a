from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase
from django.urls import path

from accueil import views
from accueil.acces import views as acces
from accueil.secours import views as secours

app_name = "accueil"


def information(nom: str) -> Callable[..., HttpResponseBase]:
    return login_not_required(views.Information.as_view(template_name=f"accueil/{nom}.html"))


urlpatterns = [
    path("", views.racine, name="racine"),
    path("accueil/", views.accueil, name="accueil"),
    path("recherche/", views.recherche, name="recherche"),
    path("notifications/", views.notifications, name="notifications"),
    path("journal/", acces.journal, name="journal"),
    path("journal/verifier/", acces.verifier, name="journal_verifier"),
    path("journal/verificateur.py", acces.verificateur, name="journal_verificateur"),
    path("journal/exporter/", acces.exporter, name="journal_exporter"),
    path("journal/exports/<uuid:cle>/", acces.export, name="journal_export"),
    path("journal/exports/<uuid:cle>/fichier/", acces.telecharger, name="journal_telecharger"),
    path("secours/", secours.page, name="secours"),
    path("secours/preparer/", secours.preparer, name="secours_preparer"),
    path("secours/<uuid:cle>/zip/", secours.telecharger, name="secours_telecharger"),
    path("aide/", information("aide"), name="aide"),
    path("accessibilite/", information("accessibilite"), name="accessibilite"),
    path("donnees-personnelles/", information("donnees_personnelles"), name="donnees_personnelles"),
    path("etat/", login_not_required(views.etat), name="etat"),
]
