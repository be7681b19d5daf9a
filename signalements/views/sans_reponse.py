"""The list of one's reports without an answer, and the one request for those that wait for six months."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from convention.requete import Requete
from signalements.sans_reponse import a_demander, attentes, demander_les_suites


@require_http_methods(["GET", "POST"])
def sans_reponse(request: Requete) -> HttpResponse:
    if request.method == "POST":
        nombre = demander_les_suites(acteur=request.acteur)
        mot = f"Suite demandée pour {nombre} envoi{'s' if nombre > 1 else ''}." if nombre else "Rien à demander."
        messages.success(request, mot)
        return redirect("signalements:sans_reponse")
    lignes = attentes(request.acteur)
    contexte = {"lignes": lignes, "a_demander": a_demander(lignes)}
    return render(request, "signalements/sans_reponse.html", contexte)
