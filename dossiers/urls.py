from django.urls import path

from dossiers import pieces, views, views_acces
from dossiers.conservation import views as conservation

app_name = "dossiers"
urlpatterns = [
    path("pieces/<uuid:cle>/", pieces.telecharger, name="piece"),
    path("brouillons/<uuid:cle>/", views.garder_brouillon, name="brouillon"),
    path("brouillons/<uuid:cle>/effacer/", views.effacer_brouillon, name="effacer_brouillon"),
    path("dossiers/<uuid:cle>/attribuer/", views.attribuer, name="attribuer"),
    path("dossiers/<uuid:cle>/acces/", views_acces.acces, name="acces"),
    path("dossiers/<uuid:cle>/acces/ecarter/", views_acces.ecarter, name="ecarter"),
    path("dossiers/<uuid:cle>/acces/lever/<int:exclusion>/", views_acces.lever, name="lever"),
    path("acces-exceptionnels/", views_acces.exceptionnels, name="exceptionnels"),
    path("acces-exceptionnels/ouvrir/", views_acces.ouvrir, name="exceptionnel"),
    path("acces-exceptionnels/<uuid:bris>/examiner/", views_acces.examiner, name="examiner"),
    path("conservation/", conservation.conservation, name="conservation"),
    path("conservation/<uuid:cle>/", conservation.dossier, name="conservation_dossier"),
    path("conservation/<uuid:cle>/bordereau/", conservation.bordereau, name="bordereau"),
    path("conservation/<uuid:cle>/<slug:geste>/", conservation.agir, name="conservation_agir"),
    path("reglages/conservation/", conservation.reglages, name="reglages_conservation"),
    path("reglages/conservation/<uuid:cle>/", conservation.regle, name="regle_conservation"),
]
