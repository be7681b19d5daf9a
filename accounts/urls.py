"""Every address of identity. allauth's own URLconf is never included: what it offers beside these does not exist."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from accounts.views import acces, compte, connexion, facteurs, federation

app_name = "accounts"
urlpatterns = [
    path("connexion/", login_not_required(connexion.connexion), name="connexion"),
    path("connexion/code/", login_not_required(connexion.code), name="code"),
    path("connexion/oubli/", login_not_required(acces.oubli), name="oubli"),
    path(
        "connexion/oubli/<uuid:cle>/<str:jeton>/",
        login_not_required(acces.lien),
        {"genre": "oubli"},
        name="lien_oubli",
    ),
    path(
        "invitation/<uuid:cle>/<str:jeton>/",
        login_not_required(acces.lien),
        {"genre": "invitation"},
        name="lien_invitation",
    ),
    path(
        "connexion/retour/<uuid:cle>/<str:jeton>/",
        login_not_required(acces.lien),
        {"genre": "retour"},
        name="lien_retour",
    ),
    path("connexion/mot-de-passe/", login_not_required(acces.nouveau_mot_de_passe), name="nouveau_mot_de_passe"),
    path("connexion/<slug:fournisseur>/", login_not_required(federation.partir), name="federation_partir"),
    path("connexion/<slug:fournisseur>/retour/", login_not_required(federation.retour), name="federation_retour"),
    path(
        "connexion/<slug:fournisseur>/fermeture/",
        csrf_exempt(login_not_required(federation.fermeture)),
        name="federation_fermeture",
    ),
    path("deconnexion/", connexion.Deconnexion.as_view(), name="deconnexion"),
    path("verrouille/", connexion.verrouille, name="verrouille"),
    path("masquer/", connexion.masquer, name="masquer"),
    path("prolonger/", connexion.prolonger, name="prolonger"),
    path("confirmer/", connexion.elever, name="elever"),
    path("compte/", compte.compte, name="compte"),
    path("compte/code-personnel/", compte.code_personnel, name="code_personnel"),
    path("compte/mot-de-passe/", compte.mot_de_passe, name="mot_de_passe"),
    path("compte/sessions/fermer/", compte.fermer_sessions, name="fermer_sessions"),
    path("compte/sessions/<int:numero>/fermer/", compte.fermer_session, name="fermer_session"),
    path("compte/identite/<slug:fournisseur>/", federation.relier, name="federation_relier"),
    path("compte/identite/<slug:fournisseur>/retirer/", federation.delier, name="federation_delier"),
    path("compte/verification/", facteurs.liste, name="facteurs"),
    path("compte/verification/application/", facteurs.application, name="application"),
    path("compte/verification/cle/", facteurs.cle, name="cle"),
    path("compte/verification/codes/", facteurs.codes_secours, name="codes_secours"),
    path("compte/verification/<int:numero>/retirer/", facteurs.retirer, name="retirer_facteur"),
]
# The names under which allauth's own pipeline looks for the pages above.
adresses_allauth = [
    path("connexion/", login_not_required(connexion.connexion), name="account_login"),
    path("connexion/code/", login_not_required(connexion.code), name="mfa_authenticate"),
]
