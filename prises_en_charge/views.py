from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.roles import Role
from convention.requete import Requete
from dossiers.brouillons import garder, miens, retrouver
from dossiers.devoilement import devoilee_jusqu_a, devoiler
from dossiers.fenetres import CHAMP, AutreFenetre
from dossiers.models import Brouillon, Dossier
from dossiers.participations import marquer_lu
from prises_en_charge import chambres, fiche_dossier, workflow
from prises_en_charge.controles import constats
from prises_en_charge.demande import DemandeForm
from prises_en_charge.faits import faits_de
from prises_en_charge.gestes import GESTES, Geste, offerts
from prises_en_charge.journee import colonnes, dossiers_de, du_jour, frise
from prises_en_charge.policies import peut_demander, peut_lire_ecrou
from prises_en_charge.regards import Public, publics_de, vue_pour
from prises_en_charge.table import WORKFLOW
from transitions.workflow import DejaEnvoye, TransitionRefusee

GENRE, PAGE = "extraction", "demande"
MOTIFS_ECROU = (
    ("ORDRE", "Établir ou vérifier l’ordre écrit"),
    ("RETOUR", "Constater le retour"),
    ("INCIDENT", "Incident"),
)


def _jour(valeur: str | None) -> date:
    """An unreadable date is today."""
    try:
        return date.fromisoformat(valeur or "")
    except ValueError:
        return timezone.localdate()


@require_GET
def journee(request: Requete) -> HttpResponse:
    """The day, in four columns."""
    acteur, jour, maintenant = request.acteur, _jour(request.GET.get("jour")), timezone.now()
    dossiers = du_jour(acteur, jour)
    institutions = {d.pk: d.extraction.etablissement.institution for d in dossiers}
    maison = request.GET.get("etablissement", "")
    if maison:
        dossiers = [d for d in dossiers if institutions[d.pk].code == maison]
    contexte = {
        "jour": jour,
        "vide": "Aucune extraction aujourd’hui." if jour == timezone.localdate() else "Aucune extraction ce jour.",
        "veille": jour - timedelta(days=1),
        "lendemain": jour + timedelta(days=1),
        "colonnes": colonnes(dossiers, acteur, maintenant),
        "frise": frise(dossiers, acteur, jour, maintenant),
        "nombre": len(dossiers),
        "prevues": sum(1 for d in dossiers if d.etat == "PROGRAMMEE"),
        "maisons": sorted({(une.code, une.nom_court) for une in institutions.values()}),
        "maison": maison,
        "chambres_libres": _chambres_libres(request),
        "chambres": chambres.NOMBRE,
        "peut_demander": peut_demander(acteur),
        "brouillons": [b for b in miens(acteur) if b.genre == GENRE] if peut_demander(acteur) else [],
    }
    return render(request, "prises_en_charge/journee.html", contexte)


def _chambres_libres(request: Requete) -> int | None:
    """For carers only: the prison reads the room of its own people."""
    place = request.acteur.place(Role.USMP, Role.SOIGNANT, Role.MEDECIN_RESPONSABLE, Role.CADRE, Role.GARDE)
    return chambres.NOMBRE - len(chambres.prises(place.institution_id)) if place else None


def extraction(request: Requete, cle: UUID | None = None) -> HttpResponse:
    """The demand on one page. The draft's key stops a second sending from opening a second case."""
    acteur = request.acteur
    verdict = peut_demander(acteur)
    if not verdict:
        raise PermissionDenied(verdict.raison)
    brouillon = retrouver(cle, acteur) if cle else None
    if cle and brouillon is None and request.method == "GET":
        raise Http404
    if request.method == "POST":
        return _demander(request, cle or _cle_postee(request))
    form = DemandeForm(acteur=acteur, initial=brouillon.donnees.get(PAGE, {}) if brouillon else {})
    return _page_demande(request, form, cle or uuid4(), brouillon)


def _cle_postee(request: Requete) -> UUID:
    try:
        return UUID(request.POST.get("demande_cle", ""))
    except ValueError:
        return uuid4()


def _demander(request: Requete, cle: UUID) -> HttpResponse:
    form = DemandeForm(request.POST, acteur=request.acteur)
    brouillon = retrouver(cle, request.acteur)
    if not form.is_valid():
        return _page_demande(request, form, cle, brouillon)
    try:
        dossier = workflow.demander(acteur=request.acteur, demande_cle=cle, champs=form.cleaned_data)
    except TransitionRefusee as refus:
        form.add_error(None, str(refus))
        return _page_demande(request, form, cle, brouillon, status=409 if isinstance(refus, DejaEnvoye) else 200)
    if brouillon:
        brouillon.delete()
    messages.success(request, f"Demande {dossier.reference} envoyée. Le greffe et le service sont prévenus.")
    if form.cleaned_data["hospitalisation_prevue"] and _chambres_libres(request) == 0:
        messages.warning(request, "Les deux chambres sécurisées sont prises ce jour.")
    return redirect("prises_en_charge:dossier", cle=dossier.cle)


def _page_demande(
    request: Requete, form: DemandeForm, cle: UUID, brouillon: Brouillon | None, *, status: int = 200
) -> HttpResponse:
    contexte = {"form": form, "cle": cle, "brouillon": brouillon, "blocs": form.blocs()}
    return render(request, "prises_en_charge/extraction.html", contexte, status=status)


@require_POST
def garder_demande(request: Requete, cle: UUID) -> HttpResponse:
    """Autosave; the first keystrokes create the draft under the key the page was given."""
    acteur = request.acteur
    if not peut_demander(acteur):
        raise PermissionDenied(peut_demander(acteur).raison)
    brouillon, _ = Brouillon.objects.get_or_create(
        cle=cle, defaults={"proprietaire_id": acteur.utilisateur_id, "genre": GENRE}
    )
    if brouillon.proprietaire_id != acteur.utilisateur_id or brouillon.genre != GENRE:
        raise Http404
    request.sans_trace = True
    valeurs = {nom: request.POST[nom] for nom in DemandeForm.base_fields if nom in request.POST}
    try:
        garder(brouillon=brouillon, page=PAGE, valeurs=valeurs, fenetre=request.POST.get(CHAMP, ""))
    except AutreFenetre:
        return JsonResponse({}, status=409)
    return JsonResponse({"enregistre_a": timezone.localtime(brouillon.modifie_le).strftime("%H:%M")})


def _trouver(request: Requete, cle: UUID) -> Dossier:
    return get_object_or_404(dossiers_de(request.acteur), cle=cle)


@require_GET
def dossier(request: Requete, cle: UUID) -> HttpResponse:
    """One case, in the words of its reader."""
    acteur = request.acteur
    trouve = _trouver(request, cle)
    marquer_lu(dossier=trouve, acteur=acteur)
    vue, publics = vue_pour(trouve.extraction, acteur), publics_de(trouve.extraction, acteur)
    soigne, greffe = not publics.isdisjoint({Public.USMP, Public.SERVICE}), Public.GREFFE in publics
    contexte = {
        "dossier": trouve,
        "etat": WORKFLOW.etats[trouve.etat],
        "due": trouve.echeances.filter(tenue_le=None).first(),
        "personne": vue["personne"] or "Personne détenue",
        "mineur": vue["mineur"],
        "blocs": fiche_dossier.blocs(vue),
        "gestes": offerts(trouve, acteur),
        "constats": [c for c in constats(faits_de(trouve.extraction)) if _concerne(c.numero, trouve, soigne, greffe)],
        "soigne": soigne,
        "parties": fiche_dossier.parties(trouve, acteur),
        "pieces": fiche_dossier.pieces(trouve, acteur),
        "evenements": fiche_dossier.fil(trouve, acteur),
        "ecrou": _ecrou(request, trouve, vue["numero_ecrou_pseudonymise"]),
        "motifs_ecrou": MOTIFS_ECROU,
    }
    return render(request, "prises_en_charge/dossier.html", contexte)


def _concerne(numero: str, trouve: Dossier, soigne: bool, greffe: bool) -> bool:
    """A finding is shown while it can still be acted on, and only to a reader of the fields it speaks of."""
    if trouve.phase == "clos":
        return False
    if numero == "R-30":
        return trouve.etat != "DEMANDEE_USMP" and trouve.etat != "RETOUR_CONFIRME"
    if numero == "R-34":
        return greffe and trouve.etat in {"ORDRE_EMIS", "PROGRAMMEE"}
    return soigne or numero == "R-33"


def _ecrou(request: Requete, trouve: Dossier, numero: str | None) -> dict[str, Any] | None:
    """Masked until asked with a ground; shown two minutes."""
    if not numero:
        return None
    jusqu_a = devoilee_jusqu_a(request, trouve)
    return {"numero": numero if jusqu_a else "", "jusqu_a": jusqu_a}


@require_POST
def afficher_ecrou(request: Requete, cle: UUID) -> HttpResponse:
    trouve = _trouver(request, cle)
    verdict, motif = peut_lire_ecrou(trouve, request.acteur), request.POST.get("motif", "")
    if not verdict:
        raise PermissionDenied(verdict.raison)
    page = reverse("prises_en_charge:dossier", args=[trouve.cle])
    if not devoiler(request, trouve, motif=motif, motifs=MOTIFS_ECROU, page=page, action="afficher_ecrou"):
        messages.error(request, "Choisissez un motif.")
    return redirect(f"{page}#bloc-etablissement")


def agir(request: Requete, cle: UUID, nom: str) -> HttpResponse:
    """The page of one act: its form, or its confirmation; POST does it."""
    trouve, geste = _trouver(request, cle), GESTES[nom]
    verdict = geste.permis(trouve, request.acteur)
    if request.method != "POST" and not verdict:
        messages.warning(request, verdict.raison)
        return redirect("prises_en_charge:dossier", cle=trouve.cle)
    form = _formulaire(request, geste, trouve)
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            geste.faire(trouve, request.acteur, form.cleaned_data if form else {}, request.POST.get("version"))
        except TransitionRefusee as refus:
            if form is None:
                messages.error(request, str(refus))
                return redirect("prises_en_charge:dossier", cle=trouve.cle)
            form.add_error(None, str(refus))
        else:
            messages.success(request, geste.succes)
            return redirect("prises_en_charge:dossier", cle=trouve.cle)
    contexte = {
        "dossier": trouve,
        "geste": geste,
        "form": form,
        "vue": vue_pour(trouve.extraction, request.acteur),
        "sans_compte_rendu": nom == "clore" and not workflow.compte_rendu_transmis(trouve),
    }
    return render(request, "prises_en_charge/geste.html", contexte)


def _formulaire(request: Requete, geste: Geste, trouve: Dossier) -> Any:
    if geste.formulaire is None:
        return None
    donnees = (request.POST, request.FILES) if request.method == "POST" else ()
    return geste.formulaire(*donnees, acteur=request.acteur, dossier=trouve)
