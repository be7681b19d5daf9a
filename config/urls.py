"""Every address of the product. Public ones declare themselves with login_not_required."""

from django.urls import URLPattern, URLResolver, include, path

from accounts.urls import adresses_allauth

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("accounts.urls")),
    path("", include(adresses_allauth)),
    path("", include("documents.urls")),
    path("", include("convention.urls")),
    path("", include("fiches.urls")),
    path("", include("dossiers.urls")),
    path("", include("signalements.urls")),
    path("", include("signalements.declarations.urls")),
    path("", include("requisitions.urls")),
    path("", include("prises_en_charge.urls")),
    path("", include("bilans.urls")),
    path("", include("accueil.urls")),
    path("", include("presentation.urls")),
]

handler400 = "accueil.erreurs.illisible"
handler403 = "accueil.erreurs.refus"
handler404 = "accueil.erreurs.introuvable"
handler500 = "accueil.erreurs.panne"
