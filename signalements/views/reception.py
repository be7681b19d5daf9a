"""The acts of the recipient of either letter; each tells a refusal where it was asked."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.db.models import F, QuerySet
from django.http import Http404

from convention.acteur import Acteur
from convention.requete import Requete
from dossiers.models import Dossier, Piece
from dossiers.participations import parts_de
from signalements import instruction
from signalements.saisies import DemandeForm, SuiteForm
from transitions.workflow import TransitionRefusee

Gestes = Mapping[str, tuple[Callable[..., Dossier], str]]


def jouer(request: Requete, dossier: Dossier, gestes: Gestes, nom: str) -> None:
    """One act that needs no more than a click."""
    if nom not in gestes:
        raise Http404
    verbe, reussite = gestes[nom]
    try:
        verbe(dossier=dossier, acteur=request.acteur, version=request.POST.get("version"))
        messages.success(request, reussite)
    except TransitionRefusee as refus:
        messages.warning(request, str(refus))


def demande_partie(request: Requete, dossier: Dossier, form: DemandeForm) -> bool:
    """Ask the author for a complement; the clock stops. False: the form says why not."""
    return form.is_valid() and _accepte(
        form,
        instruction.demander_complement,
        dossier=dossier,
        acteur=request.acteur,
        texte=form.cleaned_data["texte"],
        version=request.POST.get("version"),
    )


def suite_enregistree(request: Requete, dossier: Dossier, form: SuiteForm) -> bool:
    """Record an outcome and what the hospital reads. False: not sent yet, or the form says why not."""
    return (
        request.method == "POST"
        and form.is_valid()
        and _accepte(
            form,
            instruction.enregistrer_suite,
            dossier=dossier,
            acteur=request.acteur,
            version=request.POST.get("version"),
            **form.reponse,
        )
    )


def _accepte(form: Any, verbe: Callable[..., object], **valeurs: Any) -> bool:
    try:
        verbe(**valeurs)
    except TransitionRefusee as refus:
        form.add_error(None, str(refus))
        return False
    return True


def pieces_remises(dossier: Dossier, acteur: Acteur) -> QuerySet[Piece]:
    """What was handed over to the reader's services, the produced document first."""
    remises = dossier.pieces.filter(remise_a__in=acteur.services).distinct()
    return remises.select_related("fichier").order_by(F("document").asc(nulls_last=True), "pk")


def suiveur(dossier: Dossier, acteur: Acteur) -> Any:
    """Who follows the case in the reader's service, or None."""
    return next((part.suivi_par for part in parts_de(dossier, acteur) if part.suivi_par_id), None)
