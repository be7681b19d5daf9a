from django.urls import path

from dossiers import pieces, views

app_name = "dossiers"
urlpatterns = [
    path("pieces/<uuid:cle>/", pieces.telecharger, name="piece"),
    path("brouillons/<uuid:cle>/", views.garder_brouillon, name="brouillon"),
    path("brouillons/<uuid:cle>/effacer/", views.effacer_brouillon, name="effacer_brouillon"),
    path("dossiers/<uuid:cle>/attribuer/", views.attribuer, name="attribuer"),
]
