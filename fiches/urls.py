from django.urls import path

from fiches.views import arbre, consultation, discussion, lectures, que_faire, revision, traces

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
    path("fiches/<int:numero>/rediger/arbre/", arbre.dessiner, name="arbre"),
    path("fiches/<int:numero>/rediger/arbre/essayer/", arbre.essayer, name="essayer"),
    path("fiches/<int:numero>/rediger/arbre/<slug:element>/", arbre.element, name="element"),
    path("fiches/<int:numero>/rediger/derogations/<slug:element>/", arbre.derogation, name="derogation"),
    path("fiches/<int:numero>/rediger/garder/", revision.garder, name="garder"),
    path("fiches/<int:numero>/rediger/oublier/", revision.oublier, name="oublier"),
    path("fiches/<int:numero>/avancer/<uuid:cle>/", revision.avancer, name="avancer"),
    path("fiches/<int:numero>/comparer/<str:a>/<str:b>/", discussion.comparer, name="comparer"),
    path("fiches/<int:numero>/comparer/<str:a>/<str:b>/avis/", discussion.avis, name="avis"),
    path("fiches/<int:numero>/comparer/<str:a>/<str:b>/remarques/", discussion.remarquer, name="remarquer"),
    path("fiches/<int:numero>/remarques/<int:remarque>/resoudre/", discussion.resoudre, name="resoudre"),
    path("que-faire/", que_faire.entree, name="que_faire"),
    path("que-faire/traces/", traces.liste, name="consultations"),
    path("que-faire/traces/<uuid:cle>/", traces.consultation, name="consultation"),
    path("que-faire/traces/<uuid:cle>/pdf/", traces.pdf, name="consultation_pdf"),
    path("que-faire/<int:numero>/", que_faire.parcours, name="parcours"),
    path("que-faire/<int:numero>/trace/", traces.ouvrir, name="tracer"),
]
