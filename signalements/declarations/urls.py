from django.urls import URLPattern, path

from signalements.declarations.views import ecrire, envoyer, papier, pieces, repondre, suivre, victimes

app_name = "declarations"
urlpatterns: list[URLPattern] = [
    path("declarations/nouvelle/<slug:situation>/", ecrire.nouvelle, name="nouvelle"),
    path("declarations/<uuid:cle>/", repondre.dossier, name="dossier"),
    path("declarations/<uuid:cle>/page/<slug:code>/", ecrire.page, name="page"),
    path("declarations/<uuid:cle>/pieces/", pieces.pieces, name="pieces"),
    path("declarations/<uuid:cle>/pieces/<uuid:piece>/retirer/", pieces.retirer, name="retirer_piece"),
    path("declarations/<uuid:cle>/victimes/", victimes.victimes, name="victimes"),
    path("declarations/<uuid:cle>/victimes/<uuid:victime>/retirer/", victimes.retirer, name="retirer_victime"),
    path("declarations/<uuid:cle>/suivi/", suivre.page, name="suivi"),
    path("declarations/<uuid:cle>/suivi/<uuid:mesure>/decision/", suivre.decider, name="decider_mesure"),
    path("declarations/<uuid:cle>/suivi/<uuid:mesure>/fait/", suivre.terminer, name="terminer_mesure"),
    path("declarations/<uuid:cle>/papier/", papier.papier, name="papier"),
    path("declarations/<uuid:cle>/identite-etablie/", repondre.identifier, name="identifier"),
    path("declarations/<uuid:cle>/onvs/", pieces.onvs, name="onvs"),
    path("declarations/<uuid:cle>/verifier/", envoyer.verifier, name="verifier"),
    path("declarations/<uuid:cle>/apercu/", envoyer.apercu, name="apercu"),
    path("declarations/<uuid:cle>/feuille/<slug:code>/", envoyer.feuille, name="feuille"),
    path("declarations/<uuid:cle>/complement/", repondre.completer, name="completer"),
    path("declarations/<uuid:cle>/demande/", repondre.demander, name="demander"),
    path("declarations/<uuid:cle>/reprendre/", ecrire.reprendre, name="reprendre"),
    path("declarations/<uuid:cle>/suite/", repondre.suite, name="suite"),
    path("declarations/<uuid:cle>/geste/<slug:nom>/", repondre.geste, name="geste"),
]
