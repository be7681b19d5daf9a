"""The standard letters: one page a kind, its version in force, its draft, its history."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from convention.requete import Requete
from requisitions.forms.lettres import LettreForm
from requisitions.lettres import GENRES, composer
from requisitions.lettres.modeles import ecrire, en_vigueur, peut_ecrire_lettres, projet
from requisitions.models import LettreType
from requisitions.views.commun import permettre, reussit


def lettres(request: Requete) -> HttpResponse:
    """`geste`: see it, keep the draft, or put it in force."""
    permettre(peut_ecrire_lettres(request.acteur))
    genre = request.GET.get("genre") or next(iter(GENRES))
    if genre not in GENRES:
        raise Http404
    courante, ebauche, geste = en_vigueur(genre), projet(genre), request.POST.get("geste", "")
    texte = ebauche.texte if ebauche else courante.texte if courante else GENRES[genre].depart
    form = LettreForm(request.POST or None, genre=genre, initial={"texte": texte})
    apercu = ""
    if geste == "apercu" and form.is_valid():
        apercu = composer(form.cleaned_data["texte"], GENRES[genre].exemple)
    elif geste in MOTS and reussit(form, lambda: _ecrire(request, genre, form, geste)):
        messages.success(request, MOTS[geste])
        return redirect(f"{reverse('requisitions:lettres')}?genre={genre}")
    contexte: dict[str, Any] = {"form": form, "genre": GENRES[genre], "genres": GENRES.values(), "apercu": apercu,
                                "courante": courante, "ebauche": ebauche}  # fmt: skip
    contexte["versions"] = LettreType.objects.filter(genre=genre).exclude(en_vigueur_le=None)[:50]
    return render(request, "requisitions/lettres.html", contexte)


MOTS = {
    "garder": "Le projet est enregistré. Les lettres partent encore avec la version en vigueur.",
    "vigueur": "La version est en vigueur. Les lettres déjà parties ne changent pas.",
}


def _ecrire(request: Requete, genre: str, form: LettreForm, geste: str) -> None:
    ecrire(
        acteur=request.acteur,
        genre=genre,
        texte=form.cleaned_data["texte"],
        mettre_en_vigueur=geste == "vigueur",
    )
