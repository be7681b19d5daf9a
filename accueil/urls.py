from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http.response import HttpResponseBase
from django.urls import path

from accueil import views

app_name = "accueil"


def information(nom: str) -> Callable[..., HttpResponseBase]:
    return login_not_required(views.Information.as_view(template_name=f"accueil/{nom}.html"))


urlpatterns = [
    path("", views.racine, name="racine"),
    path("accueil/", views.accueil, name="accueil"),
    path("recherche/", views.recherche, name="recherche"),
    path("notifications/", views.notifications, name="notifications"),
    path("journal/", views.journal, name="journal"),
    path("aide/", information("aide"), name="aide"),
    path("accessibilite/", information("accessibilite"), name="accessibilite"),
    path("donnees-personnelles/", information("donnees_personnelles"), name="donnees_personnelles"),
    path("etat/", login_not_required(views.etat), name="etat"),
]
