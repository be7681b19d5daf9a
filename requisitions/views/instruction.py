"""Decisions of legal affairs, and the requester's answers to them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from convention.acteur import Acteur
from convention.requete import Requete
from dossiers.concurrence import version_attendue
from dossiers.models import Dossier
from requisitions.circuit import DAJ
from requisitions.delais import du_controle
from requisitions.designation import peut_constater_le_silence
from requisitions.forms import (
    AffectationForm,
    ComplementForm,
    GrilleForm,
    MotifForm,
    RappelForm,
    ReponseComplementForm,
    RevocationForm,
    SilenceForm,
)
from requisitions.lecture import demande, lettre_pour
from requisitions.lecture.pieces import pieces
from requisitions.levees import a_justifier
from requisitions.models import Requisition
from requisitions.policies import (
    est_requerant,
    peut_affecter,
    peut_annuler,
    peut_authentifier,
    peut_contester,
    peut_controler,
    peut_regulariser,
    peut_repondre,
    peut_revoquer,
)
from requisitions.types_acte import TypeActe, type_acte
from requisitions.views.commun import decision, ouvrir, permettre, reussit
from requisitions.views.levees import levee_possible
from requisitions.workflow import (
    affecter,
    annuler,
    authentifier_par_rappel,
    clore,
    constater_le_silence,
    contester,
    controler,
    derniere_reponse,
    medecins_possibles,
    noter_mentions,
    points_bloquants,
    regulariser,
    repondre_regularisation,
    revoquer,
    sans_reponse,
    trop_tard,
    valider,
)
from requisitions.workflow.restitution import jamais_demandes
from transitions.verdict import Verdict
from transitions.workflow import TransitionRefusee


@require_POST
def commencer_controle(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_controler(dossier, request.acteur))
    try:
        controler(dossier=dossier, acteur=request.acteur)
    except TransitionRefusee as refus:
        messages.warning(request, str(refus))
    return redirect("requisitions:dossier", cle=cle)


def grille(request: Requete, cle: UUID) -> HttpResponse:
    """The grid M1 to M14 with its two ends: keep it, or validate."""
    dossier, r = ouvrir(request, cle)
    acteur = request.acteur
    permettre(peut_controler(dossier, acteur))
    mentions, deja = list(dossier.mentions.all()), {"urgence_vitale": r.urgence_vitale}
    a_motiver = a_justifier(points_bloquants(dossier, r)[2])
    form = GrilleForm(request.POST or None, mentions=mentions, alertes=a_motiver, initial=deja)
    if request.method == "POST":

        @transaction.atomic
        def agir() -> None:
            version_attendue(request.POST.get("version"))(dossier)
            noter_mentions(
                dossier=dossier,
                acteur=acteur,
                mentions=form.resultats(),
                urgence_vitale=form.cleaned_data["urgence_vitale"],
            )
            if request.POST.get("geste") == "valider":
                par_ecrit = request.POST.get("derogation", "").strip()
                valider(dossier=dossier, acteur=acteur, derogation=par_ecrit, motifs=form.motifs())

        if reussit(form, agir):
            messages.success(request, "Le contrôle est enregistré.")
            return redirect("requisitions:dossier", cle=cle)
    contexte = {"form": form, "derogation": request.POST.get("derogation", ""), **_du_controle(dossier, r, acteur)}
    return render(request, "requisitions/controle.html", contexte)


def _du_controle(dossier: Dossier, r: Requisition, acteur: Acteur) -> dict[str, Any]:
    """What the rules find now, beside the demand and its papers: an alert that asks a sentence is said by its field."""
    bloquants, manques, alertes = points_bloquants(dossier, r)
    a_dire = {point.message for point in a_justifier(alertes)}
    return {
        "dossier": dossier,
        "bloquants": bloquants,
        "manques": len(manques),
        "alertes": [alerte for alerte in alertes if alerte.message not in a_dire],
        "repondue": derniere_reponse(dossier),
        "a_ecrire": du_controle(dossier.urgence, timezone.localtime(dossier.transmis_le)),
        "demande": demande(r, lettre_pour(r, acteur)),
        "papiers": [piece for piece in pieces(dossier, acteur, inventaire=False) if piece.etat is None],
        **levee_possible(dossier, r, acteur),
    }


def complement(request: Requete, cle: UUID) -> HttpResponse:
    """Asked by legal affairs, answered by the requester, at one address."""
    dossier, r = ouvrir(request, cle)
    if est_requerant(dossier, request.acteur):
        return _repondre(request, cle)
    permettre(peut_regulariser(dossier, request.acteur))
    form = ComplementForm(
        request.POST or None, mentions=list(dossier.mentions.all()), constats=points_bloquants(dossier, r)[0]
    )
    if request.method == "POST" and reussit(
        form,
        lambda: regulariser(
            dossier=dossier, acteur=request.acteur, points=form.cleaned_data["points"], texte=form.cleaned_data["texte"]
        ),
    ):
        suspendu = dossier.echeances.filter(nom="reponse").exclude(suspendue_le=None).exists()
        delai = "Le délai est suspendu." if suspendu else "Le délai court toujours\u00a0: un mineur attend cet examen."
        messages.success(request, f"Demande envoyée au requérant, copie au parquet. {delai}")
        return redirect("requisitions:dossier", cle=cle)
    return decision(request, dossier, form, "Demander une régularisation", "Envoyer la demande")


def _repondre(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_repondre(dossier, request.acteur))
    demande = sans_reponse(dossier)
    form = ReponseComplementForm(
        request.POST or None, request.FILES or None, acteur=request.acteur, dossier=dossier, demande=demande
    )
    if request.method == "POST" and reussit(
        form,
        lambda: repondre_regularisation(
            dossier=dossier,
            acteur=request.acteur,
            texte=form.cleaned_data["texte"],
            corrections=form.corrections(),
            personne=form.personne(),
            fichier=form.cleaned_data["fichier"],
            acte_signe=form.cleaned_data.get("acte_signe", False),
        ),
    ):
        messages.success(request, "Réponse envoyée. L’hôpital reprend le contrôle.")
        return redirect("requisitions:dossier", cle=cle)
    return decision(request, dossier, form, "Répondre à la régularisation", "Envoyer ma réponse", demande=demande)


def _a_qui(acte: TypeActe) -> str:
    if acte.nomme_un_medecin:
        return f"L’exécution est confiée. {acte.designe.capitalize()} est prévenu{'e' * acte.pas_que_des_medecins}."
    if acte.copie_prealable:
        return "L’exécution est confiée. Les archives et le médecin nommé sont prévenus, sans le motif pénal."
    if acte.executant == DAJ:
        return "Les affaires juridiques préparent elles-mêmes cette réponse."
    return "L’exécution est confiée. Le service qui exécute est prévenu."


def affectation(request: Requete, cle: UUID) -> HttpResponse:
    dossier, r = ouvrir(request, cle)
    permettre(peut_affecter(dossier, request.acteur))
    acte = type_acte(dossier.variante)
    form = AffectationForm(
        request.POST or None,
        medecins=medecins_possibles(dossier),
        acte=acte,
        initial={"consigne": r.consigne},
    )
    if request.method == "POST" and reussit(
        form,
        lambda: affecter(
            dossier=dossier,
            acteur=request.acteur,
            consigne=form.cleaned_data["consigne"],
            medecin=form.cleaned_data["medecin"],
        ),
    ):
        messages.success(request, _a_qui(acte))
        return redirect("requisitions:dossier", cle=cle)
    mots, lignes = "Confier l’exécution", demande(r, lettre_pour(r, request.acteur))
    return decision(request, dossier, form, mots, mots, "requisitions/affectation.html", lignes=lignes)


def rappel(request: Requete, cle: UUID) -> HttpResponse:
    """« Authentifiée par rappel », at a number of the directory."""
    dossier, _ = ouvrir(request, cle)
    permettre(peut_authentifier(dossier, request.acteur))
    form = RappelForm(request.POST or None, dossier=dossier)
    if request.method == "POST" and reussit(
        form,
        lambda: authentifier_par_rappel(dossier=dossier, acteur=request.acteur, contact=form.cleaned_data["contact"]),
    ):
        messages.success(request, "Le rappel est noté.")
        return redirect("requisitions:dossier", cle=cle)
    return decision(request, dossier, form, "Rappeler le service requérant", "Noter le rappel")


def annulation(request: Requete, cle: UUID) -> HttpResponse:
    mots = ("Annuler la réquisition", "Annuler la réquisition", "La réquisition est annulée.")
    return _avec_motif(request, cle, peut_annuler, annuler, mots)


def silence(request: Requete, cle: UUID) -> HttpResponse:
    """The doctor stayed silent: the ground says how they were reached."""
    mots = ("Constater le silence du médecin", "Constater le silence", "C’est noté. Proposez un refus et la saisie.")
    return _avec_motif(request, cle, peut_constater_le_silence, constater_le_silence, mots, SilenceForm)


def contestation(request: Requete, cle: UUID) -> HttpResponse:
    fait = "La contestation est enregistrée. Rien ne sera effacé tant qu’elle est ouverte."
    mots = ("Noter une contestation", "Enregistrer la contestation", fait)
    return _avec_motif(request, cle, peut_contester, contester, mots)


def revocation(request: Requete, cle: UUID) -> HttpResponse:
    """An answer that nobody opened yet is taken back; too late is said before a motive is typed."""
    dossier, _ = ouvrir(request, cle)
    permettre(peut_revoquer(dossier, request.acteur))
    if request.method != "POST" and (tard := trop_tard(dossier)):
        messages.warning(request, tard)
        return redirect("requisitions:dossier", cle=cle)
    fait = "La réponse est reprise. Le requérant est prévenu\u00a0; composez-en une autre."
    mots = ("Reprendre la réponse", "Reprendre la réponse", fait)
    return _avec_motif(request, cle, peut_revoquer, revoquer, mots, RevocationForm)


@require_POST
def cloture(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    try:
        clore(dossier=dossier, acteur=request.acteur)
        messages.success(request, "La réquisition est close.")
        if type_acte(dossier.variante).saisie and (oublies := jamais_demandes(dossier)):
            messages.warning(request, f"Scellé {', '.join(oublies)}\u00a0: sa restitution n’est pas demandée.")
    except TransitionRefusee as refus_:
        messages.warning(request, str(refus_))
    return redirect("requisitions:dossier", cle=cle)


def _avec_motif(
    request: Requete,
    cle: UUID,
    peut: Callable[[Dossier, Acteur], Verdict],
    verbe: Callable[..., object],
    mots: tuple[str, str, str],
    forme: type[MotifForm | RevocationForm | SilenceForm] = MotifForm,
) -> HttpResponse:
    """A grave act that needs its motive alone; `mots`: its title, its button, what is said once it is done."""
    dossier, _ = ouvrir(request, cle)
    permettre(peut(dossier, request.acteur))
    form = forme(request.POST or None)
    intitule, bouton, fait = mots
    if request.method == "POST" and reussit(
        form, lambda: verbe(dossier=dossier, acteur=request.acteur, motif=form.cleaned_data["motif"])
    ):
        messages.success(request, fait)
        return redirect("requisitions:dossier", cle=cle)
    return decision(request, dossier, form, intitule, bouton, danger=True)
