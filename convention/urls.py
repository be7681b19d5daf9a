from django.urls import path

from convention import views

app_name = "convention"
urlpatterns = [
    path("convention/", views.convention, name="convention"),
    path("convention/pdf/", views.pdf, name="pdf"),
    path("annuaire/", views.annuaire, name="annuaire"),
]
