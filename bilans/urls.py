from django.urls import path

from bilans.views import bilan, comite, decisions, retours

app_name = "bilans"
urlpatterns = [
    path("bilan/", bilan.courant, name="courant"),
    path("bilan/<int:annee>/", bilan.bilan, name="bilan"),
    path("bilan/<int:annee>/commenter/", bilan.commenter, name="commenter"),
    path("bilan/<int:annee>/avancer/", bilan.avancer, name="avancer"),
    path("bilan/<int:annee>/exporter/", bilan.exporter, name="exporter"),
    path("bilan/<int:annee>/csv/", bilan.exporter_csv, name="exporter_csv"),
    path("bilan/<int:annee>/export/<uuid:cle>/", bilan.export, name="export"),
    path("bilan/<int:annee>/export/<uuid:cle>/relancer/", bilan.relancer, name="relancer"),
    path("bilan/<int:annee>/export/<uuid:cle>/progression/", bilan.progression, name="progression"),
    path("bilan/<int:annee>/export/<uuid:cle>/pdf/", bilan.telecharger, name="telecharger"),
    path("retours/", retours.miens, name="retours"),
    path("retours/a-traiter/", retours.a_traiter, name="a_traiter"),
    path("retours/nouveau/<int:numero>/<str:version>/<str:passage>/", retours.deposer, name="deposer"),
    path("retours/<uuid:cle>/", retours.retour, name="retour"),
    path("retours/<uuid:cle>/avancer/", retours.avancer, name="avancer_retour"),
    path("comite/", comite.comite, name="comite"),
    path("comite/decisions/", decisions.liste, name="decisions"),
    path("comite/decisions/<int:decision>/suivre/", decisions.suivre, name="suivre_decision"),
    path("comite/planifier/<slug:code>/", comite.planifier, name="planifier_reunion"),
    path("comite/<uuid:cle>/", comite.reunion, name="reunion"),
    path("comite/<uuid:cle>/avancer/", comite.avancer, name="avancer_reunion"),
    path("comite/<uuid:cle>/pdf/", comite.pdf, name="reunion_pdf"),
]
