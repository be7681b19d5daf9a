"""The Ordre at an operation: legal affairs summon it; it reads its own summonses, answers each, then reports."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from convention.requete import Requete
from dossiers.models import Echeance
from dossiers.participations import marquer_lu
from presentation.formulaires import Formulaire
from requisitions import lecture
from requisitions.circuit import DAJ, GARDE, service
from requisitions.forms.ordre import CompteRenduForm, ConvoquerForm, RepondreForm
from requisitions.lecture.pieces import pieces as pieces_lues
from requisitions.models import Convocation
from requisitions.numeros import telephones
from requisitions.policies import (
    peut_controler,
    peut_lire_convocations,
    peut_rendre_compte,
    peut_repondre_pour_l_ordre,
)
from requisitions.saisie.ordre import ATTENDUE, ECHEANCE, VUES, ranger, situation
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow import (
    convoquer_ordre,
    deplacer_convocation,
    rendre_compte_pour_l_ordre,
    repondre_pour_l_ordre,
)
from requisitions.workflow.ordre import convocations_de

PLAFOND = 200
# The title of the page, its button, what is said once done.
CONVOQUER = (
    "Convoquer l’Ordre des médecins",
    "Convoquer l’Ordre",
    "L’Ordre est convoqué. Sa convocation est au dossier.",
)
DEPLACER = (
    "Déplacer le rendez-vous de l’Ordre",
    "Envoyer la nouvelle convocation",
    "Le rendez-vous est déplacé. L’Ordre reçoit une nouvelle convocation et répond à nouveau.",
)


def convoquer(request: Requete, cle: UUID) -> HttpResponse:
    """Legal affairs say where and when, and say it again when it moves; nothing they write here is free text."""
    dossier, _ = ouvrir(request, cle)
    permettre(peut_controler(dossier, request.acteur))
    prise: Convocation | None = Convocation.objects.filter(dossier=dossier).first()
    intitule, bouton, fait = DEPLACER if prise else CONVOQUER
    verbe: Any = deplacer_convocation if prise else convoquer_ordre
    initial = {"lieu": prise.lieu, "prevue_pour": prise.prevue_pour} if prise else None
    form = ConvoquerForm(request.POST or None, initial=initial)
    if request.method == "POST" and reussit(
        form, lambda: verbe(dossier=dossier, acteur=request.acteur, **form.cleaned_data)
    ):
        messages.success(request, fait)
        return redirect("requisitions:dossier", cle=cle)
    contexte = {
        "dossier": dossier,
        "form": form,
        "intitule": intitule,
        "bouton": bouton,
        "titre_acte": lecture.titre(dossier),
        "danger": False,
        "demande": None,
    }
    return render(request, "requisitions/decision.html", contexte)


@require_GET
def convocations(request: Requete) -> HttpResponse:
    """What the Ordre is asked to attend: to answer first, then what is to come, then what is over."""
    acteur = request.acteur
    permettre(peut_lire_convocations(acteur))
    vue = request.GET.get("vue", "")
    vue = vue if vue in VUES else ""
    rangees = ranger(list(convocations_de(acteur)[:PLAFOND]))
    base = reverse("requisitions:convocations")
    onglets = [
        {
            "libelle": mots,
            "url": f"{base}?vue={code}" if code else base,
            "actif": code == vue,
            "compte": len(rangees[code]) if code != "passees" else None,
            "ton": "mute" if code else "danger",
        }
        for code, mots in VUES.items()
    ]
    attendues = Echeance.objects.filter(
        dossier__in=[c.dossier_id for c in rangees[vue] if c.dossier.etat in ATTENDUE], nom=ECHEANCE
    )
    limites = {echeance.dossier_id: echeance for echeance in attendues.order_by("pk")}
    lignes = [
        {"c": c, "dossier": c.dossier, "limite": limites.get(c.dossier_id), "situation": situation(c)}
        for c in rangees[vue]
    ]
    return render(request, "requisitions/convocations.html", {"lignes": lignes, "onglets": onglets, "vue": vue})


def convocation(request: Requete, cle: UUID) -> HttpResponse:
    """One summons as the Ordre reads it: place, hour, authority, kind of operation, its answer and its report."""
    objet = _ouvrir(request, cle)
    dossier, acteur = objet.dossier, request.acteur
    marquer_lu(dossier=dossier, acteur=acteur)
    if request.method == "POST":
        permettre(peut_repondre_pour_l_ordre(dossier, acteur))
        form = RepondreForm(request.POST)
        if reussit(form, lambda: repondre_pour_l_ordre(dossier=dossier, acteur=acteur, **form.cleaned_data)):
            messages.success(request, "Votre réponse est enregistrée. L’hôpital la lit aussitôt.")
            return redirect("requisitions:convocation", cle=cle)
        return _page(request, objet, form=form)
    return _page(request, objet)


def compte_rendu(request: Requete, cle: UUID) -> HttpResponse:
    """The councillor's report, on the same page: what was seen, and the reservations made."""
    objet = _ouvrir(request, cle)
    dossier, acteur = objet.dossier, request.acteur
    permettre(peut_rendre_compte(dossier, acteur))
    if request.method != "POST":
        return redirect("requisitions:convocation", cle=cle)
    form = CompteRenduForm(request.POST)
    if reussit(form, lambda: rendre_compte_pour_l_ordre(dossier=dossier, acteur=acteur, **form.cleaned_data)):
        messages.success(request, "Votre compte rendu est déposé. Les affaires juridiques de l’hôpital sont prévenues.")
        return redirect("requisitions:convocation", cle=cle)
    return _page(request, objet, compte_rendu=form)


def _ouvrir(request: Requete, cle: UUID) -> Convocation:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_lire_convocations(request.acteur))
    siennes = Convocation.objects.select_related("rendu_par")
    objet: Convocation | None = siennes.filter(dossier=dossier, service__in=request.acteur.services).first()
    if objet is None:
        raise Http404
    objet.dossier = dossier
    return objet


def _page(request: Requete, objet: Convocation, **saisis: Formulaire) -> HttpResponse:
    dossier, acteur = objet.dossier, request.acteur
    maison = [service(DAJ), service(GARDE)]
    numeros = telephones([tenu.pk for tenu in maison])
    reponse = {"reponse": objet.reponse, "conseiller": objet.conseiller, "motif": objet.motif}
    rapport = {"compte_rendu": objet.compte_rendu, "reserves": objet.reserves}
    contexte = {
        "c": objet,
        "situation": situation(objet),
        "dossier": dossier,
        "limite": dossier.echeances.filter(nom=ECHEANCE, tenue_le=None).first() if dossier.etat in ATTENDUE else None,
        "numeros": [(tenu.nom, numeros[tenu.pk]) for tenu in maison if tenu.pk in numeros],
        "pieces": pieces_lues(dossier, acteur, inventaire=False),
        "verdict": peut_repondre_pour_l_ordre(dossier, acteur),
        "rendre": peut_rendre_compte(dossier, acteur),
        "form": saisis.get("form") or RepondreForm(initial=reponse),
        "compte_rendu": saisis.get("compte_rendu") or CompteRenduForm(initial=rapport),
    }
    return render(request, "requisitions/convocation.html", contexte)
