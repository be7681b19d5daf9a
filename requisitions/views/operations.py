"""Around a seizure: the unplanned search, its control afterwards, the internal report, the restitution; and urgency."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from convention.requete import Requete
from dossiers.models import Dossier
from requisitions import lecture
from requisitions.forms.operations import (
    ConclusionForm,
    DecisionRestitutionForm,
    DemandeRestitutionForm,
    PerquisitionForm,
)
from requisitions.models import Restitution
from requisitions.numeros import numero_du_parquet
from requisitions.policies import (
    peut_confirmer_urgence,
    peut_controler,
    peut_ouvrir_perquisition,
    peut_suivre_restitution,
)
from requisitions.saisie.inventaire import a_restituer
from requisitions.saisie.perquisition import peut_controler_apres
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow import (
    confirmer_urgence,
    controler_apres,
    demander_restitution,
    editer_fiches_de_scelle,
    noter_decision,
    noter_retour,
    ouvrir_perquisition,
    points_bloquants,
    rediger_compte_rendu,
    relancer_restitution,
)
from requisitions.workflow.restitution import destinataire
from transitions.workflow import TransitionRefusee


def perquisition(request: Requete) -> HttpResponse:
    permettre(peut_ouvrir_perquisition(request.acteur))
    form = PerquisitionForm(request.POST or None, initial={"arrivee_le": timezone.localtime()})
    ouverts: list[Dossier] = []
    if request.method == "POST" and reussit(
        form, lambda: ouverts.append(ouvrir_perquisition(acteur=request.acteur, **form.cleaned_data))
    ):
        messages.success(request, "Le dossier est ouvert. L’Ordre est convoqué, la direction prévenue.")
        return redirect("requisitions:volet", cle=ouverts[0].cle)
    return render(request, "requisitions/perquisition.html", {"form": form, "parquet": numero_du_parquet()})


def controle_apres(request: Requete, cle: UUID) -> HttpResponse:
    """What the rules of the reception find is read before the conclusion is written."""
    dossier, r = ouvrir(request, cle)
    permettre(peut_controler_apres(dossier, request.acteur))
    bloquants, _, alertes = points_bloquants(dossier, r)
    form = ConclusionForm(request.POST or None)
    if request.method == "POST" and reussit(
        form, lambda: controler_apres(dossier=dossier, acteur=request.acteur, **form.cleaned_data)
    ):
        messages.success(request, "Le contrôle a posteriori est enregistré.")
        return redirect("requisitions:dossier", cle=cle)
    contexte = {
        "dossier": dossier,
        "form": form,
        "intitule": "Contrôle a posteriori",
        "bouton": "Enregistrer le contrôle",
        "titre_acte": lecture.titre(dossier),
        "danger": False,
        "demande": None,
        "constats": [*bloquants, *alertes],
    }
    return render(request, "requisitions/controle_apres.html", contexte)


@require_POST
def compte_rendu(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_controler(dossier, request.acteur))
    _dire(
        request,
        lambda: rediger_compte_rendu(dossier=dossier, acteur=request.acteur),
        "Le compte rendu est au dossier.",
    )
    return redirect("requisitions:dossier", cle=cle)


@require_POST
def fiches_de_scelle(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_controler(dossier, request.acteur))
    _dire(
        request,
        lambda: editer_fiches_de_scelle(dossier=dossier, acteur=request.acteur),
        "Les fiches de scellé sont au dossier.",
    )
    return redirect("requisitions:dossier", cle=cle)


@require_POST
def urgence(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_confirmer_urgence(dossier, request.acteur))
    _dire(request, lambda: confirmer_urgence(dossier=dossier, acteur=request.acteur), "L’urgence est confirmée.")
    return redirect("requisitions:dossier", cle=cle)


def restitution(request: Requete, cle: UUID) -> HttpResponse:
    """Four gestures at one address, seal by seal: ask, remind, note the decision, note the return."""
    dossier, r = ouvrir(request, cle)
    acteur = request.acteur
    permettre(peut_suivre_restitution(dossier, acteur))
    suivis = _scelles_suivis(dossier)
    numero, courante = _choisi(suivis, request.GET.get("scelle", ""))
    form = _formulaire(request, courante)
    if request.method == "POST":
        simple = request.POST.get("geste") in {"relancer", "retour"}
        if simple:
            _simple(request, dossier, numero, request.POST["geste"])
        elif form and reussit(form, lambda: _avec(dossier, acteur, numero, courante, form.cleaned_data)):
            simple = True
            messages.success(request, "C’est noté.")
        if simple or form is None:
            return redirect(request.get_full_path())
    contexte = {
        "dossier": dossier,
        "titre_acte": lecture.titre(dossier),
        "form": form,
        "destinataire": destinataire(r).nom_externe,
        "requerant": r.service_requerant.nom_externe,
        "suivis": suivis,
        "numero": numero,
        "restitution": courante,
        "rappel": dossier.echeances.filter(nom="restitution", tenue_le=None).first(),
    }
    return render(request, "requisitions/restitution.html", contexte)


def _scelles_suivis(dossier: Dossier) -> list[tuple[str, Restitution | None]]:
    """What may come back, each seal with its demand if there is one."""
    demandes = {demande.scelle: demande for demande in dossier.restitutions.all()}
    numeros = [scelle.numero for scelle in a_restituer(dossier)]
    return [(numero, demandes.get(numero)) for numero in dict.fromkeys([*numeros, *demandes])]


def _choisi(suivis: list[tuple[str, Restitution | None]], numero: str) -> tuple[str, Restitution | None]:
    """The seal that is named, else the first one that still waits for something."""
    connus = dict(suivis)
    if numero in connus:
        return numero, connus[numero]
    attend = (suivi for suivi in suivis if suivi[1] is None or not suivi[1].finie)
    return next(attend, suivis[-1] if suivis else ("", None))


def _formulaire(request: Requete, courante: Restitution | None) -> Any:
    """What the next written step asks; None once the magistrate has decided."""
    if courante is None:
        return DemandeRestitutionForm(request.POST or None)
    if courante.decision:
        return None
    return DecisionRestitutionForm(request.POST if request.POST.get("geste") == "decider" else None)


def _avec(
    dossier: Dossier, acteur: Any, numero: str, courante: Restitution | None, donnees: dict[str, Any]
) -> Restitution:
    verbe: Any = demander_restitution if courante is None else noter_decision
    restitution: Restitution = verbe(dossier=dossier, acteur=acteur, scelle=numero, **donnees)
    return restitution


def _simple(request: Requete, dossier: Dossier, numero: str, geste: str) -> None:
    verbe = relancer_restitution if geste == "relancer" else noter_retour
    _dire(request, lambda: verbe(dossier=dossier, acteur=request.acteur, scelle=numero), "C’est noté.")


def _dire(request: Requete, verbe: Callable[[], object], succes: str) -> None:
    try:
        verbe()
        messages.success(request, succes)
    except TransitionRefusee as refus:
        messages.warning(request, str(refus))
