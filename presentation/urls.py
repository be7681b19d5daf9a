from django.urls import path

from presentation import views

app_name = "presentation"
urlpatterns = [path("composants/", views.galerie, name="galerie")]
