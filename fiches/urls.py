from django.urls import path

from fiches.views import consultation, discussion, lectures, revision

app_name = "fiches"
urlpatterns = [
    path("fiches/", consultation.liste, name="liste"),
    path("fiches/lectures/", lectures.carte, name="lectures"),
    path("fiches/<int:numero>/", consultation.fiche, name="fiche"),
    path("fiches/<int:numero>/versions/<str:version>/", consultation.version, name="version"),
    path("fiches/<int:numero>/versions/<str:version>/lue/", lectures.accuser, name="accuser"),
    path("fiches/<int:numero>/versions/<str:version>/verifier/", lectures.verifier, name="verifier"),
    path("fiches/<int:numero>/pdf/", consultation.pdf, name="pdf"),
    path("fiches/<int:numero>/proposer/", revision.proposer, name="proposer"),
    path("fiches/<int:numero>/rediger/", revision.rediger, name="rediger"),
    path("fiches/<int:numero>/rediger/garder/", revision.garder, name="garder"),
    path("fiches/<int:numero>/rediger/oublier/", revision.oublier, name="oublier"),
    path("fiches/<int:numero>/avancer/<uuid:cle>/", revision.avancer, name="avancer"),
    path("fiches/<int:numero>/comparer/<str:a>/<str:b>/", discussion.comparer, name="comparer"),
    path("fiches/<int:numero>/comparer/<str:a>/<str:b>/avis/", discussion.avis, name="avis"),
    path("fiches/<int:numero>/comparer/<str:a>/<str:b>/remarques/", discussion.remarquer, name="remarquer"),
    path("fiches/<int:numero>/remarques/<int:remarque>/resoudre/", discussion.resoudre, name="resoudre"),
]
