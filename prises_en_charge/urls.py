from django.urls import path

from prises_en_charge import views
from prises_en_charge.gestes import GESTES

app_name = "prises_en_charge"
urlpatterns = [
    path("detenus/", views.journee, name="journee"),
    path("detenus/extraction/", views.extraction, name="extraction"),
    path("detenus/extraction/<uuid:cle>/", views.extraction, name="reprendre"),
    path("detenus/extraction/<uuid:cle>/garder/", views.garder_demande, name="garder"),
    path("detenus/<uuid:cle>/", views.dossier, name="dossier"),
    path("detenus/<uuid:cle>/ecrou/", views.afficher_ecrou, name="ecrou"),
    *(
        path(f"detenus/<uuid:cle>/{geste.chemin}/", views.agir, {"nom": geste.nom}, name=geste.nom)
        for geste in GESTES.values()
    ),
]
