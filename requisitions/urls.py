from django.urls import path

from requisitions.views import depot, dossier, execution, instruction, instructions, listes, retrait, simulateur, titres, volet

app_name = "requisitions"
urlpatterns = [
    path("mes-requisitions/", depot.miennes, name="miennes"),
    path("requisitions/", listes.file, name="file"),
    path("requisitions/simulateur/", simulateur.simulateur, name="simulateur"),
    path("requisitions/instructions/", instructions.instructions, name="instructions"),
    path("requisitions/instructions/<int:pk>/revoquer/", instructions.revocation, name="revoquer_instruction"),
    path("requisitions/titres/", titres.titres, name="titres"),
    path("requisitions/titres/<int:pk>/revoquer/", titres.revocation, name="revoquer_titre"),
    path("requisitions/nouvelle/", depot.nouvelle, name="nouvelle"),
    path("requisitions/nouvelle/<uuid:cle>/", depot.depot, name="depot"),
    path("requisitions/nouvelle/<uuid:cle>/garder/", depot.garder_depot, name="garder_depot"),
    path("requisitions/<uuid:cle>/", dossier.dossier, name="dossier"),
    path("requisitions/<uuid:cle>/ouvrir/", dossier.ouvrir_ligne, name="ouvrir"),
    path("requisitions/<uuid:cle>/identite/", dossier.montrer_identite, name="identite"),
    path("requisitions/<uuid:cle>/commencer/", instruction.commencer_controle, name="commencer"),
    path("requisitions/<uuid:cle>/controle/", instruction.grille, name="controle"),
    path("requisitions/<uuid:cle>/complement/", instruction.complement, name="complement"),
    path("requisitions/<uuid:cle>/affectation/", instruction.affectation, name="affectation"),
    path("requisitions/<uuid:cle>/rappel/", instruction.rappel, name="rappel"),
    path("requisitions/<uuid:cle>/refus/", instruction.refus, name="refus"),
    path("requisitions/<uuid:cle>/annulation/", instruction.annulation, name="annulation"),
    path("requisitions/<uuid:cle>/contestation/", instruction.contestation, name="contestation"),
    path("requisitions/<uuid:cle>/cloture/", instruction.cloture, name="cloture"),
    path("requisitions/<uuid:cle>/tri/", execution.tri, name="tri"),
    path("requisitions/<uuid:cle>/gel/", execution.gel, name="gel"),
    path("requisitions/<uuid:cle>/reponse/", execution.reponse, name="reponse"),
    path("requisitions/<uuid:cle>/volet/", volet.volet, name="volet"),
    path("requisitions/<uuid:cle>/ordre/", volet.ordre, name="ordre"),
    path("requisitions/<uuid:cle>/retrait/", retrait.retrait, name="retrait"),
    path("requisitions/<uuid:cle>/retrait/pli/", retrait.pli, name="pli"),
]
