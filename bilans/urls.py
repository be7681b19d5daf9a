from django.urls import path

from bilans import views

app_name = "bilans"
urlpatterns = [
    path("bilan/", views.courant, name="courant"),
    path("bilan/<int:annee>/", views.bilan, name="bilan"),
    path("bilan/<int:annee>/commenter/", views.commenter, name="commenter"),
    path("bilan/<int:annee>/avancer/", views.avancer, name="avancer"),
    path("bilan/<int:annee>/exporter/", views.exporter, name="exporter"),
    path("bilan/<int:annee>/export/<uuid:cle>/", views.export, name="export"),
    path("bilan/<int:annee>/export/<uuid:cle>/relancer/", views.relancer, name="relancer"),
    path("bilan/<int:annee>/export/<uuid:cle>/progression/", views.progression, name="progression"),
    path("bilan/<int:annee>/export/<uuid:cle>/pdf/", views.telecharger, name="telecharger"),
]
