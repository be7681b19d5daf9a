"""What each kind of piece may be: one page, a form a kind, and the rows that came before."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from convention.requete import Requete
from requisitions.forms.pieces import ReglePieceForm
from requisitions.models import ReglePiece
from requisitions.pieces import GENRES, fixer, peut_fixer_pieces
from requisitions.views.commun import permettre, reussit


def pieces(request: Requete) -> HttpResponse:
    permettre(peut_fixer_pieces(request.acteur))
    genre = request.GET.get("genre") or next(iter(GENRES))
    if genre not in GENRES:
        raise Http404
    form = ReglePieceForm(request.POST or None, genre=genre)
    if request.method == "POST" and reussit(
        form, lambda: fixer(acteur=request.acteur, genre=genre, **form.cleaned_data)
    ):
        messages.success(request, "C’est en vigueur. Les fichiers déjà reçus ne changent pas.")
        return redirect(f"{reverse('requisitions:pieces')}?genre={genre}")
    contexte = {
        "form": form,
        "genre": genre,
        "libelle": GENRES[genre].libelle,
        "genres": [(code, autre.libelle) for code, autre in GENRES.items()],
        "regles": ReglePiece.objects.filter(genre=genre).select_related("fixee_par")[:50],
    }
    return render(request, "requisitions/pieces.html", contexte)
