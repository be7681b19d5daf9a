"""The page of a hearing: its slot, who is here, what happened, the next certificate."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.roles import Role
from convention.requete import Requete
from dossiers.classes import Classe, recoit
from dossiers.models import Dossier
from dossiers.participations import marquer_lu
from presentation.formulaires import Formulaire
from requisitions import lecture
from requisitions.audition import (
    AUDITIONS,
    MISES_EN_CAUSE,
    PATIENT,
    a_assister,
    ouverte,
    peut_constater,
    peut_programmer,
    peut_reevaluer,
    peut_remettre_un_avis,
    peut_reprendre_le_constat,
    peut_verifier_la_presence,
)
from requisitions.audition.seances import avis_lus, de_l_audition, ouvre_la_page
from requisitions.forms.audition import AvisForm, ConstatForm, PresenceAuditionForm, ProgrammerForm, RepriseForm, depart
from requisitions.models import AvisAptitude, Requisition, Seance
from requisitions.policies import agit
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.views.dossier import personne
from requisitions.workflow import (
    constater_audition,
    programmer_audition,
    reevaluer_aptitude,
    remettre_avis,
    reprendre_le_constat,
    verifier_la_presence,
)
from transitions.verdict import OUI, non
from transitions.workflow import TransitionRefusee

FAITS = {
    "programmer": "Le créneau est donné. Imprimez la note du service, elle est au dossier.",
    "constater": "C’est noté. Le requérant lit l’issue, jamais un motif de santé.",
    "reprendre": "Ce qui était noté est repris. Notez maintenant ce qui s’est passé.",
    "presence": "La présence est notée. Les affaires juridiques sont prévenues.",
    "avis": "Votre avis est enregistré. Les affaires juridiques le remettent au requérant.",
}


def audition(request: Requete, cle: UUID) -> HttpResponse:
    """One form a gesture; each shows only to whoever may, in the present state."""
    dossier, r = ouvrir(request, cle)
    acteur = request.acteur
    permise = dossier.variante in AUDITIONS and ouvre_la_page(dossier, acteur)
    permettre(OUI if permise else non("Cette page est celle de qui organise l’audition, ou la constate."))
    marquer_lu(dossier=dossier, acteur=acteur)
    formulaires = _formulaires(request, dossier, r)
    geste = request.POST.get("geste", "")
    if request.method == "POST" and geste in formulaires:
        form = formulaires[geste]
        if reussit(form, _verbe(request, dossier, geste, form)):
            messages.success(request, FAITS[geste])
            return redirect("requisitions:audition", cle=cle)
    return render(request, "requisitions/audition.html", _contexte(request, dossier, formulaires, geste))


def _formulaires(request: Requete, dossier: Dossier, r: Requisition) -> dict[str, Formulaire]:
    acteur, variante = request.acteur, dossier.variante
    seance = ouverte(list(dossier.seances.all()))
    envoi = {request.POST.get("geste", ""): request.POST} if request.method == "POST" else {}
    fiches: dict[str, Formulaire] = {}
    if peut_programmer(dossier, acteur):
        fiches["programmer"] = ProgrammerForm(envoi.get("programmer"), variante=variante, initial=depart(r, seance))
    if peut_constater(dossier, acteur):
        fiches["constater"] = ConstatForm(
            envoi.get("constater"),
            variante=variante,
            langue=r.interprete,
            assistee=variante == PATIENT and a_assister(dossier, r),
            mise_en_cause=r.statut_personne in MISES_EN_CAUSE and recoit(acteur.roles, Classe.JUDICIAIRE),
            juridique=agit(dossier, acteur, Role.JURISTE),
            initial={"lieu": seance.lieu if seance else Seance.Lieu.LOCAL},
        )
    if peut_reprendre_le_constat(dossier, acteur):
        fiches["reprendre"] = RepriseForm(envoi.get("reprendre"))
    if peut_verifier_la_presence(dossier, acteur) and seance:
        fiches["presence"] = PresenceAuditionForm(envoi.get("presence"), initial={"presence": seance.presence})
    if peut_reevaluer(dossier, acteur):
        fiches["avis"] = AvisForm(envoi.get("avis"))
    return fiches


def _verbe(request: Requete, dossier: Dossier, geste: str, form: Any) -> Callable[[], object]:
    qui: dict[str, Any] = {"dossier": dossier, "acteur": request.acteur}
    verbes: dict[str, Callable[[], object]] = {
        "programmer": lambda: programmer_audition(**qui, **form.cleaned_data),
        "constater": lambda: constater_audition(**qui, constat=form.constat()),
        "reprendre": lambda: reprendre_le_constat(**qui, **form.cleaned_data),
        "presence": lambda: verifier_la_presence(**qui, **form.cleaned_data),
        "avis": lambda: reevaluer_aptitude(**qui, **form.cleaned_data),
    }
    return verbes[geste]


def _contexte(request: Requete, dossier: Dossier, formulaires: dict[str, Formulaire], geste: str) -> dict[str, Any]:
    acteur = request.acteur
    return {
        "dossier": dossier,
        "titre_acte": lecture.titre(dossier),
        "etat": lecture.etat_lu(dossier, acteur),
        "avis": avis_lus(dossier, acteur),
        "a_remettre": list(dossier.avis_aptitude.filter(remis_le=None).select_related("donne_par"))
        if peut_remettre_un_avis(dossier, acteur)
        else [],
        "seance_ouverte": ouverte(list(dossier.seances.all())),
        "form": formulaires.get(geste) or Formulaire(),
        **{nom: formulaires.get(nom) for nom in FAITS if nom != "avis"},
        "nouvel_avis": formulaires.get("avis"),
        **de_l_audition(dossier, acteur),
        **personne(request, dossier),
    }


@require_POST
def remise_avis(request: Requete, cle: UUID, avis: UUID) -> HttpResponse:
    """A certificate that a doctor gave again goes to the requester."""
    dossier, _ = ouvrir(request, cle)
    permettre(peut_remettre_un_avis(dossier, request.acteur))
    donne = get_object_or_404(AvisAptitude, dossier=dossier, cle=avis)
    try:
        remettre_avis(dossier=dossier, acteur=request.acteur, avis=donne)
        messages.success(request, "L’avis est remis. Le requérant est prévenu.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("requisitions:audition", cle=cle)
