from django.contrib.auth.decorators import login_not_required
from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("connexion/", login_not_required(views.Connexion.as_view()), name="connexion"),
    path("deconnexion/", views.Deconnexion.as_view(), name="deconnexion"),
    path("verrouille/", views.verrouille, name="verrouille"),
    path("masquer/", views.masquer, name="masquer"),
    path("prolonger/", views.prolonger, name="prolonger"),
    path("compte/", views.compte, name="compte"),
]
