from django.urls import path

from accueil import views

app_name = "accueil"
urlpatterns = [
    path("", views.racine, name="racine"),
    path("accueil/", views.accueil, name="accueil"),
    path("recherche/", views.recherche, name="recherche"),
    path("notifications/", views.notifications, name="notifications"),
    path("journal/", views.journal, name="journal"),
]
