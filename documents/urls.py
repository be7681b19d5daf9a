from django.contrib.auth.decorators import login_not_required
from django.urls import path

from documents import views

app_name = "documents"
urlpatterns = [path("verifier/<uuid:cle>/", login_not_required(views.verifier), name="verifier")]
