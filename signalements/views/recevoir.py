"""The recipient's side: inbox, letter, acts."""

import uuid
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.roles import Role
from convention.requete import Requete
from dossiers.boite import boite, compter
from dossiers.devoilement import devoilee_jusqu_a
from dossiers.models.dossier import Nature
from dossiers.participations import marquer_lu, parts_de
from journal.carnet import noter
from signalements import identite, instruction, policies, workflow
from signalements.adresses import de_dossier, de_l_auteur
from signalements.consultation import sections_pour, titre_pour
from signalements.contenu import Lu, lire
from signalements.listes import lignes_boite
from signalements.recapitulatif import sections, signataire
from signalements.saisies import DemandeForm, SuiteForm
from signalements.views.acces import identite_de, lire_comme_destinataire, lire_comme_receveur, visible
from signalements.views.envoyer import evenements
from transitions.workflow import TransitionRefusee

VUES = {
    "a_traiter": ("À traiter", ("en_cours",)),
    "complement": ("Complément attendu", ("en_attente",)),
    "tous": ("Tous en cours", ("en_cours", "en_attente")),
    "suites": ("Suites données et classés", ("clos",)),
}
TITRES = {
    Role.PARQUET: ("Boîte de réception", "Les signalements et les demandes adressés à votre service."),
    Role.PREFECTURE: ("Alertes reçues", "Ce que l’hôpital adresse à la préfecture."),
    Role.CRIP: ("Informations reçues", "Ce que l’hôpital adresse à la cellule départementale."),
    Role.ARS: ("Signalements reçus", "Ce que l’hôpital adresse à la cellule de l’ARS."),
    Role.ENQUETEUR: ("Avis reçus", "Ce que l’hôpital adresse à votre unité. Vos réquisitions sont dans leur liste."),
}
COLONNES = [
    {"libelle": "Situation"},
    {"libelle": "Danger, personne"},
    {"libelle": "Origine"},
    {"libelle": "Reçu"},
    {"libelle": "Échéance", "tri": "ascending"},
    {"libelle": "État"},
    {"libelle": "Suivi par"},
]


@require_GET
def parquet(request: Requete) -> HttpResponse:
    """The worklist, by remaining time. No name ever stands in it."""
    acteur = request.acteur
    place = acteur.place(*policies.DESTINATAIRES)
    if place is None:
        raise PermissionDenied("Cette boîte est celle des destinataires de signalements.")
    vue = request.GET.get("vue", "a_traiter")
    vue = vue if vue in VUES else "a_traiter"
    natures = [nature for nature in request.GET.getlist("nature") if nature in Nature.values]
    # An investigator's requisitions have their own list.
    avis_seuls = place.role == Role.ENQUETEUR
    if avis_seuls:
        natures = [Nature.SIGNALEMENT]
    recents = vue == "suites"
    page = boite(acteur, phases=VUES[vue][1], natures=natures, recents=recents, apres=request.GET.get("apres", ""))
    titre, chapeau = TITRES[place.role]
    contexte = {
        "titre": titre,
        "chapeau": chapeau,
        "lignes": lignes_boite(page.lignes, acteur),
        "suivante": _lien(vue, natures, page.suivante) if page.suivante else "",
        "onglets": _onglets(acteur, vue, natures),
        "vue": vue,
        "natures": [] if avis_seuls else Nature.choices,
        "nature": natures[0] if natures else "",
        "colonnes": COLONNES,
        "recents": recents,
        "maintenant": timezone.now(),
    }
    return render(request, "signalements/parquet.html", contexte)


def _lien(vue: str, natures: list[str], apres: str = "") -> str:
    parametres = [f"vue={vue}", *(f"nature={nature}" for nature in natures), *([f"apres={apres}"] if apres else [])]
    return "?" + "&".join(parametres)


def _onglets(acteur: Any, vue: str, natures: list[str]) -> list[dict[str, Any]]:
    """Counts stop at a thousand; closed cases are not counted."""
    onglets = []
    for code, (libelle, phases) in VUES.items():
        compte = None if code in {"suites", "tous"} else compter(acteur, phases=phases, natures=natures)
        ton = "danger" if code == "a_traiter" and compte else "mute"
        onglets.append(
            {"libelle": libelle, "url": _lien(code, natures), "actif": code == vue, "compte": compte, "ton": ton}
        )
    return onglets


@require_GET
def consultation(request: Requete, cle: UUID) -> HttpResponse:
    """For a reader who is neither author nor recipient: an exceptional opening, a colleague that was added."""
    dossier, acteur = visible(request, cle), request.acteur
    if policies.est_auteur(dossier, acteur):
        return redirect(de_l_auteur(dossier))
    if policies.peut_lire_lettre(dossier, acteur):
        return redirect(de_dossier(dossier, acteur))
    lu = lire(dossier)
    noter("ouvrir_lettre", acteur=acteur, objet="signalement", cle=cle)
    contexte = {
        "lu": lu,
        "titre": titre_pour(lu, acteur),
        "etat": workflow.WORKFLOW.etats[dossier.etat],
        "sections": sections_pour(lu, acteur),
        "identite_texte": "",
        "identite_nom": "",
        "evenements": evenements(dossier, acteur),
    }
    return render(request, "signalements/consultation.html", contexte)


@require_GET
def lettre(request: Requete, cle: UUID) -> HttpResponse:
    """The frozen letter, as its addressee: opening it is an act of reading, written in the journal."""
    lu = lire_comme_receveur(request, cle)
    noter("ouvrir_lettre", acteur=request.acteur, objet="signalement", cle=cle)
    marquer_lu(dossier=lu.dossier, acteur=request.acteur)
    return _montrer_lettre(request, lu, DemandeForm())


def _montrer_lettre(request: Requete, lu: Lu, demande: Any) -> HttpResponse:
    acteur, dossier = request.acteur, lu.dossier
    jusqu_a = devoilee_jusqu_a(request, dossier)
    verdicts = {transition.nom: verdict for transition, verdict in workflow.WORKFLOW.disponibles(dossier, acteur)}
    pieces = (
        dossier.pieces.filter(remise_a__in=acteur.services)
        .select_related("fichier")
        .order_by(F("document").asc(nulls_last=True), "pk")
        .distinct()
    )
    contexte = {
        "lu": lu,
        "demande": demande,
        "etat": workflow.WORKFLOW.etats[dossier.etat],
        "gestes": verdicts,
        "en_copie": not policies.est_destinataire(dossier, acteur),
        "pieces": pieces,
        "sections": sections(lu, clair=bool(jusqu_a)),
        "signataire": signataire(lu),
        "complements": dossier.complements.prefetch_related("pieces").order_by("-numero"),
        "suites": dossier.suites.select_related("service"),
        "messages_envoyes": dossier.messages.filter(service_id__in=acteur.services).order_by("-envoye_le"),
        "echeances": dossier.echeances.filter(tenue_le=None),
        "suiveur": next((part.suivi_par for part in parts_de(dossier, acteur) if part.suivi_par_id), None),
        "evenements": evenements(dossier, acteur),
        **identite_de(request, lu, "lettre", identite.MOTIFS_DESTINATAIRE),
    }
    return render(request, "signalements/lettre.html", contexte)


GESTES = {
    "accuser": (instruction.accuser_reception, "Réception accusée. L’auteur du signalement en est informé."),
    "examiner": (instruction.prendre_en_examen, "Signalement pris à l’examen."),
    "clore": (instruction.clore, "Signalement clos."),
}


@require_POST
def geste(request: Requete, cle: UUID, nom: str) -> HttpResponse:
    """One act of the recipient that needs no more than a click."""
    lu = lire_comme_destinataire(request, cle)
    if nom not in GESTES:
        raise Http404
    verbe, reussite = GESTES[nom]
    try:
        verbe(dossier=lu.dossier, acteur=request.acteur, version=request.POST.get("version"))
        messages.success(request, reussite)
    except TransitionRefusee as refus:
        messages.warning(request, str(refus))
    return redirect("signalements:lettre", cle=cle)


@require_POST
def demander(request: Requete, cle: UUID) -> HttpResponse:
    """Ask the author for a complement; the clock stops."""
    lu = lire_comme_destinataire(request, cle)
    form = DemandeForm(request.POST)
    if form.is_valid():
        try:
            instruction.demander_complement(
                dossier=lu.dossier,
                acteur=request.acteur,
                texte=form.cleaned_data["texte"],
                version=request.POST.get("version"),
            )
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Demande envoyée à l’auteur du signalement. Le délai est suspendu.")
            return redirect("signalements:lettre", cle=cle)
    return _montrer_lettre(request, lu, form)


def suite(request: Requete, cle: UUID) -> HttpResponse:
    """Record an outcome and what the reporter is told."""
    lu = lire_comme_destinataire(request, cle)
    form = SuiteForm(request.POST or None, voie=lu.voie, initial={"cle": uuid.uuid4(), "jour": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        donnees = form.cleaned_data
        try:
            instruction.enregistrer_suite(
                dossier=lu.dossier, acteur=request.acteur, version=request.POST.get("version"), **donnees
            )
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Suite enregistrée. L’auteur du signalement sait qu’il y en a une.")
            return redirect("signalements:lettre", cle=cle)
    verdict = workflow.WORKFLOW.verdict("enregistrer_suite", lu.dossier, request.acteur)
    return render(request, "signalements/suite.html", {"lu": lu, "form": form, "verdict": verdict})
