from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from accounts.demonstration import comptes_demo
from accounts.forms import CompteForm, ConnexionForm, RepriseForm
from accounts.sessions import deverrouiller, verrouiller


class Connexion(LoginView):
    template_name = "accounts/connexion.html"
    authentication_form = ConnexionForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return super().get_context_data(comptes_demo=comptes_demo() if settings.MODE_DEMONSTRATION else [], **kwargs)


class Deconnexion(LogoutView):
    next_page = "accounts:connexion"


@require_POST
def masquer(request: HttpRequest) -> HttpResponse:
    """Lock at once; the page to come back to is the one that was masked."""
    verrouiller(request)
    retour = request.headers.get("referer", "")
    if url_has_allowed_host_and_scheme(retour, {request.get_host()}, require_https=request.is_secure()):
        request.session["apres_verrou"] = retour
    return redirect("accounts:verrouille")


def verrouille(request: HttpRequest) -> HttpResponse:
    form = RepriseForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        deverrouiller(request)
        return redirect(request.session.pop("apres_verrou", "accueil:racine"))
    verrouiller(request)
    return render(request, "accounts/verrouille.html", {"form": form})


@require_POST
def prolonger(request: HttpRequest) -> HttpResponse:
    """« Rester connecté »: counts as activity."""
    deverrouiller(request)
    return HttpResponse(status=204)


def compte(request: HttpRequest) -> HttpResponse:
    form = CompteForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Vos préférences sont enregistrées.")
        return redirect("accounts:compte")
    return render(request, "accounts/compte.html", {"form": form})
