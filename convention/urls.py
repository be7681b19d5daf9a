from django.urls import path

from convention.views import approbations, comptes, consultation, departs, revue

app_name = "convention"
urlpatterns = [
    path("convention/", consultation.convention, name="convention"),
    path("annuaire/", consultation.annuaire, name="annuaire"),
    path("comptes/", comptes.liste, name="comptes"),
    path("comptes/inviter/", comptes.inviter, name="inviter"),
    path("comptes/inviter/<slug:code>/", comptes.inviter, name="inviter_chez"),
    path("comptes/approbations/", approbations.approbations, name="approbations"),
    path("comptes/approbations/<uuid:cle>/", approbations.repondre, name="repondre"),
    path("comptes/revue/<slug:code>/", revue.page, name="revue"),
    path("comptes/revue/<slug:code>/geste/", revue.agir, name="revue_geste"),
    path("comptes/revue/<slug:code>/<int:numero>/", revue.decider, name="revue_decider"),
    path("comptes/revue/<slug:code>/export/", revue.export, name="revue_export"),
    path("comptes/<uuid:cle>/", comptes.compte, name="compte"),
    path("comptes/<uuid:cle>/droit/", comptes.droit, name="droit"),
    path("comptes/<uuid:cle>/droit/<int:numero>/", comptes.droit, name="droit_changer"),
    path("comptes/<uuid:cle>/droit/<int:numero>/terminer/", comptes.terminer, name="droit_terminer"),
    path("comptes/<uuid:cle>/suspendre/", comptes.suspendre, name="suspendre"),
    path("comptes/<uuid:cle>/rouvrir/", comptes.rouvrir, name="rouvrir"),
    path("comptes/<uuid:cle>/depart/", departs.depart, name="depart"),
]
