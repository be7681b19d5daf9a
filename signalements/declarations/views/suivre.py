"""What the hospital does after a declaration, on one page: asked, decided, planned, done."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from convention.requete import Requete
from journal.carnet import noter
from signalements.declarations import suivi
from signalements.declarations.contenu import Lue, lire
from signalements.declarations.policies import peut_suivre, peut_voir_le_suivi
from signalements.declarations.saisies import ActionForm, DecisionForm, ProtectionForm
from signalements.declarations.tables import Mesure
from signalements.declarations.views.acces import visible
from signalements.views.portes import exiger
from transitions.workflow import TransitionRefusee

AJOUTS = {
    Mesure.Genre.PROTECTION: "Enregistrer une demande de protection",
    Mesure.Genre.PREVENTION: "Ajouter une mesure de prévention",
    Mesure.Genre.ACTION: "Ajouter une action",
}


def _lire(request: Requete, cle: UUID) -> Lue:
    dossier = visible(request, cle)
    exiger(peut_voir_le_suivi(dossier, request.acteur))
    return lire(dossier)


@require_http_methods(["GET", "POST"])
def page(request: Requete, cle: UUID) -> HttpResponse:
    """The rows and, for those who may, a form for each kind."""
    lue = _lire(request, cle)
    if request.method == "GET":
        noter("lire_suivi", acteur=request.acteur, objet="declaration", cle=cle)
        return _montrer(request, lue)
    genre = request.POST.get("genre", "")
    if genre not in AJOUTS:
        raise PermissionDenied("Choisissez ce que vous ajoutez.")
    exiger(peut_suivre(lue.dossier, request.acteur, genre))
    form = _form(lue, genre, request.POST)
    if form.is_valid():
        try:
            _enregistrer(request, lue, genre, form)
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Enregistré au suivi.")
            return redirect("declarations:suivi", cle=cle)
    return _montrer(request, lue, rendu={genre: form})


def _enregistrer(request: Requete, lue: Lue, genre: str, form: Any) -> None:
    commun: dict[str, Any] = {"dossier": lue.dossier, "acteur": request.acteur, "cle": form.cleaned_data["cle"]}
    if genre == Mesure.Genre.PROTECTION:
        suivi.demander_protection(**commun, **form.valeurs)
    else:
        suivi.ouvrir_mesure(genre=genre, **commun, **form.valeurs)


@require_POST
def decider(request: Requete, cle: UUID, mesure: UUID) -> HttpResponse:
    """A protection is granted or refused."""
    lue = _lire(request, cle)
    trouvee = get_object_or_404(lue.dossier.mesures, cle=mesure)
    exiger(peut_suivre(lue.dossier, request.acteur, Mesure.Genre.PROTECTION))
    form = DecisionForm(request.POST, prefix=str(trouvee.cle))
    if form.is_valid():
        try:
            suivi.decider_protection(mesure=trouvee, acteur=request.acteur, **form.cleaned_data)
            messages.success(request, "Décision enregistrée.")
        except TransitionRefusee as refus:
            messages.warning(request, str(refus))
        return redirect("declarations:suivi", cle=cle)
    return _montrer(request, lue, decision={trouvee.pk: form})


@require_POST
def terminer(request: Requete, cle: UUID, mesure: UUID) -> HttpResponse:
    """Done, in one click."""
    lue = _lire(request, cle)
    trouvee = get_object_or_404(lue.dossier.mesures, cle=mesure)
    exiger(peut_suivre(lue.dossier, request.acteur, trouvee.genre))
    try:
        suivi.terminer_mesure(mesure=trouvee, acteur=request.acteur)
        messages.success(request, "C’est noté\u00a0: fait.")
    except TransitionRefusee as refus:
        messages.warning(request, str(refus))
    return redirect("declarations:suivi", cle=cle)


def _form(lue: Lue, genre: str, donnees: Any = None) -> Any:
    depart = {"cle": uuid.uuid4()}
    if genre == Mesure.Genre.PROTECTION:
        return ProtectionForm(donnees, lue=lue, initial=depart, auto_id=f"{genre}_%s")
    return ActionForm(donnees, initial=depart, auto_id=f"{genre}_%s")


def _montrer(
    request: Requete, lue: Lue, rendu: dict[str, Any] | None = None, decision: dict[int, Any] | None = None
) -> HttpResponse:
    acteur, mesures = request.acteur, suivi.mesures_de(lue.dossier)
    verdicts = {genre: peut_suivre(lue.dossier, acteur, genre) for genre in lue.voie.suivis}
    aujourd_hui = timezone.localdate()
    lignes = [
        {
            "mesure": mesure,
            "quoi": suivi.designation(lue, mesure),
            "en_retard": mesure.faite_le is None and mesure.echeance < aujourd_hui,
            "peut": bool(verdicts.get(mesure.genre)) and mesure.faite_le is None,
            "a_decider": mesure.genre == Mesure.Genre.PROTECTION,
            "form": (decision or {}).get(mesure.pk) or DecisionForm(prefix=str(mesure.cle)),
        }
        for mesure in mesures
    ]
    ajouts = [
        (genre, AJOUTS[Mesure.Genre(genre)], verdicts[genre], (rendu or {}).get(genre) or _form(lue, genre))
        for genre in lue.voie.suivis
        if genre in AJOUTS
    ]
    contexte = {
        "lue": lue,
        "lignes": lignes,
        "ajouts": ajouts,
        "etat_alerte": suivi.etat_d_alerte(lue, mesures) if Mesure.Genre.RETEX in lue.voie.suivis else "",
    }
    return render(request, "declarations/suivi.html", contexte)
