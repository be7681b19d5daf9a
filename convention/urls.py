from django.urls import path

from convention.views import annuaire, approbations, comptes, consultation, departs, importation, permanences, revue

app_name = "convention"
urlpatterns = [
    path("convention/", consultation.convention, name="convention"),
    path("annuaire/", annuaire.annuaire, name="annuaire"),
    path("annuaire/corrections/", annuaire.a_repondre, name="corrections"),
    path("annuaire/corrections/<uuid:correction>/", annuaire.repondre, name="correction"),
    path("annuaire/exporter/<slug:genre>/<slug:forme>/", annuaire.exporter, name="exporter"),
    path("annuaire/modele/<slug:genre>/<slug:forme>/", annuaire.modele, name="modele"),
    path("annuaire/importer/", importation.importer, name="importer"),
    path("annuaire/importer/<uuid:depot>/", importation.relire, name="apercu"),
    path("annuaire/<uuid:service>/", annuaire.service, name="service"),
    path("annuaire/<uuid:service>/corriger/", annuaire.corriger, name="corriger"),
    path("annuaire/<uuid:service>/numeros/<int:numero>/verifier/", annuaire.verifier, name="verifier"),
    path("annuaire/<uuid:service>/permanences/", permanences.tableau, name="permanences"),
    path("annuaire/<uuid:service>/permanences/nouvelle/", permanences.nouvelle, name="permanence_nouvelle"),
    path("annuaire/<uuid:service>/permanences/<int:numero>/", permanences.modifier, name="permanence"),
    path("annuaire/<uuid:service>/permanences/<int:numero>/fin/", permanences.terminer, name="permanence_fin"),
    path("parquet/permanence/", permanences.parquet, name="permanence_parquet"),
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
