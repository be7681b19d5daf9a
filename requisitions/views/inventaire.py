"""The inventory of a seizure, or of kept objects, written where it is made: a phone, standing up, several times."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from convention.acteur import Acteur
from convention.requete import Requete
from dossiers.concurrence import version_attendue
from dossiers.fenetres import CHAMP, AutreFenetre
from dossiers.models import Brouillon, Dossier
from requisitions import lecture
from requisitions.forms.effets import EffetsForm
from requisitions.forms.inventaire import MAXIMUMS, InventaireForm
from requisitions.lecture.consignes import consigne
from requisitions.models import Inventaire, PieceSaisie
from requisitions.policies import peut_preparer
from requisitions.saisie.brouillon import PAGE, arrive_trop_tard, conserver, garde, oublier
from requisitions.saisie.inventaire import passages_de, pieces_de, reserves_de, scelles_de
from requisitions.saisie.preparation import preparation_de
from requisitions.types_acte import type_acte
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow import WORKFLOW, noter_inventaire, rayer_piece
from transitions.verdict import non
from transitions.workflow import TransitionRefusee

DEUX_FENETRES = (
    "Cet inventaire est aussi ouvert dans une autre fenêtre\u00a0: rien n’y a été écrasé. "
    "Enregistrez la page que vous gardez."
)
PRINCIPAUX = ("copie_conservee", "impossible", "collees", "rayees")


def inventaire(request: Requete, cle: UUID) -> HttpResponse:
    """`geste` shows the page again with a line more, less, corrected or struck out, and all that was typed."""
    dossier, _ = ouvrir(request, cle)
    acteur, geste = request.acteur, request.POST.get("geste", "")
    _permis(dossier, acteur)
    if geste == "oublier":
        oublier(dossier, acteur)
        return redirect("requisitions:inventaire", cle=cle)
    if geste:
        return _apres_le_geste(request, dossier)
    return _enregistrer(request, dossier) if request.method == "POST" else _reprise(request, dossier)


def _enregistrer(request: Requete, dossier: Dossier) -> HttpResponse:
    form = _formulaire(dossier)(request.POST, lignes={})
    lue = version = request.POST.get("version", "")

    @transaction.atomic
    def noter() -> None:
        nonlocal version
        version = str(dossier.version)  # once told that the case has changed, one may save what one sees
        version_attendue(lue or None)(dossier)
        noter_inventaire(dossier=dossier, acteur=request.acteur, releve=form.releve())

    if reussit(form, noter):
        oublier(dossier, request.acteur)
        messages.success(request, "L’inventaire est enregistré.")
        return redirect("requisitions:inventaire", cle=dossier.cle)
    return _gardee(request, dossier, form, version, _principaux(request), form.tapees(request.POST))


@require_POST
def garder_inventaire(request: Requete, cle: UUID) -> HttpResponse:
    """Autosave of the page."""
    dossier, _ = ouvrir(request, cle)
    _permis(dossier, request.acteur)
    request.sans_trace = True
    if arrive_trop_tard(dossier, request.acteur, request.POST.get("version", "")):
        return HttpResponse(status=204)
    try:
        version = request.POST.get("version", "")
        lignes = _formulaire(dossier).tapees(request.POST)
        brouillon = _conserver(request, dossier, version, _principaux(request), lignes)
    except AutreFenetre:
        return JsonResponse({}, status=409)
    return JsonResponse({"enregistre_a": timezone.localtime(brouillon.modifie_le).strftime("%H:%M")})


def _permis(dossier: Dossier, acteur: Acteur) -> None:
    permettre(
        peut_preparer(dossier, acteur)
        if type_acte(dossier.variante).inventaire
        else non("Cet acte n’a pas d’inventaire.")
    )


def _formulaire(dossier: Dossier) -> type[InventaireForm]:
    return EffetsForm if type_acte(dossier.variante).chaine else InventaireForm


def _principaux(request: Requete) -> dict[str, Any]:
    return {nom: request.POST.get(nom, "") for nom in PRINCIPAUX}


def _conserver(
    request: Requete, dossier: Dossier, version: str, dite: dict[str, Any], lignes: Mapping[str, Any]
) -> Brouillon:
    valeurs = {**dite, "version": version, "lignes": lignes}
    return conserver(dossier, request.acteur, valeurs, request.POST.get(CHAMP, ""))


def _gardee(
    request: Requete,
    dossier: Dossier,
    form: InventaireForm,
    version: str,
    dite: dict[str, Any],
    lignes: Mapping[str, Any],
) -> HttpResponse:
    """The page as it was typed. What another window kept stays there, and nothing of this one is lost."""
    try:
        brouillon: Brouillon | None = _conserver(request, dossier, version, dite, lignes)
    except AutreFenetre:
        messages.warning(request, DEUX_FENETRES)
        brouillon = garde(dossier, request.acteur)
    return _page(request, dossier, form, version, brouillon)


def _reprise(request: Requete, dossier: Dossier) -> HttpResponse:
    """What was being typed, else what is written."""
    if brouillon := garde(dossier, request.acteur):
        tapee = brouillon.donnees[PAGE]
        form = _formulaire(dossier)(initial=tapee, lignes=tapee["lignes"])
        return _page(request, dossier, form, tapee["version"], brouillon, repris=True)
    form = _formulaire(dossier)(initial=_dite(dossier), lignes=_recues(dossier))
    return _page(request, dossier, form, str(dossier.version), None)


def _page(
    request: Requete,
    dossier: Dossier,
    form: InventaireForm,
    version: str,
    brouillon: Brouillon | None,
    *,
    repris: bool = False,
) -> HttpResponse:
    pieces, corrigees = pieces_de(dossier), {str(ligne["cle"].value() or "") for ligne in form.lignes["pieces"].forms}
    contexte = {
        "dossier": dossier,
        "form": form,
        "brouillon": brouillon,
        "repris": repris,
        "version": version,
        "titre_acte": lecture.titre(dossier),
        "etat": lecture.etat_lu(dossier, request.acteur),
        "ouvert": WORKFLOW.verdict("preparer_reponse", dossier, request.acteur),
        "pieces": pieces,
        "corrigees": corrigees,
        "demande": consigne(dossier.requisition, request.acteur)[1],
        "objets": type_acte(dossier.variante).chaine,
        "scelles": scelles_de(dossier),
        "rayees": dossier.pieces_saisies.exclude(rayee_le=None).select_related("rayee_par"),
    }
    return render(request, f"requisitions/{'effets' if contexte['objets'] else 'inventaire'}.html", contexte)


def _dite(dossier: Dossier) -> dict[str, Any]:
    """What is said once; the archives may have said before that the copy is made."""
    if tete := Inventaire.objects.filter(dossier=dossier).first():
        return {"copie_conservee": tete.copie_conservee, "impossible": tete.impossible}
    preparation = preparation_de(dossier)
    return {"copie_conservee": bool(preparation and preparation.prete)}


def _recues(dossier: Dossier) -> dict[str, list[dict[str, Any]]]:
    """The lines that stand on the page: pieces already written stand in its table, and are corrected one by one."""
    return {
        "scelles": [{"cle": s.cle, "numero": s.numero, "genre": s.genre, "motif": s.motif} for s in scelles_de(dossier)]
        or [{}],
        "pieces": [] if dossier.pieces_saisies.exists() else [{}],
        "reserves": [
            {"cle": r.cle, "auteur": r.auteur, "texte": r.texte, "au_pv": r.au_pv} for r in reserves_de(dossier)
        ],
        "signatures": [{"cle": s.cle, "qualite": s.qualite, "nom": s.nom} for s in dossier.signatures.vivantes()]
        or [{}],
        "passages": _mains(dossier),
    }


def _mains(dossier: Dossier) -> list[dict[str, Any]]:
    """Before anything is written, whoever confirmed the preservation order is the first known hand."""
    ecrites = [
        {"cle": p.cle, "nom": p.nom, "le": timezone.localtime(p.le), "lieu": p.lieu, "interruption": p.interruption}
        for p in passages_de(dossier)
    ]
    gel = getattr(dossier, "gel", None)
    if ecrites or gel is None or gel.confirme_le is None:
        return ecrites or [{}]
    return [{"nom": str(gel.confirme_par), "le": timezone.localtime(gel.confirme_le), "lieu": gel.support}]


def _apres_le_geste(request: Requete, dossier: Dossier) -> HttpResponse:
    geste, _, reste = request.POST["geste"].partition(":")
    formulaire = _formulaire(dossier)
    lignes, dite = formulaire.tapees(request.POST, vides=True), _principaux(request)
    lue = request.POST.get("version", "")
    a_jour = lue == str(dossier.version)
    if geste == "ligne" and reste in lignes:
        lignes[reste] = [*lignes[reste], {}][: MAXIMUMS[reste]]
    elif geste == "retirer":
        dite["rayees"] = _retirer(lignes, reste, dite["rayees"])
    elif geste == "corriger" and (piece := _piece(dossier, reste)) and _absente(lignes, reste):
        lignes["pieces"] = [*lignes["pieces"], _saisie(piece)][: MAXIMUMS["pieces"]]
    elif geste in {"rayer", "retablir"} and (piece := _piece(dossier, reste)):
        _rayer(request, dossier, piece, retablir=geste == "retablir")
    version = str(dossier.version) if a_jour else lue
    return _gardee(request, dossier, formulaire(initial=dite, lignes=lignes), version, dite, lignes)


def _rayer(request: Requete, dossier: Dossier, piece: PieceSaisie, *, retablir: bool) -> None:
    try:
        rayer_piece(dossier=dossier, acteur=request.acteur, cle=piece.cle, retablir=retablir)
        dossier.refresh_from_db()
    except TransitionRefusee as refus:
        messages.error(request, str(refus))


def _retirer(lignes: dict[str, list[dict[str, Any]]], reste: str, rayees: str) -> str:
    """Take a line off the page; one that was written before is struck out when the page is saved."""
    prefixe, _, rang = reste.partition(":")
    if prefixe not in lignes or not rang.isdecimal() or int(rang) >= len(lignes[prefixe]):
        return rayees
    retiree = lignes[prefixe].pop(int(rang))
    # A piece taken off is no longer being corrected; it is struck out by its own button.
    connue = prefixe != "pieces" and retiree.get("cle")
    return ",".join(mot for mot in (rayees, str(retiree["cle"]) if connue else "") if mot)


def _piece(dossier: Dossier, cle: str) -> PieceSaisie | None:
    return next((piece for piece in dossier.pieces_saisies.all() if str(piece.cle) == cle), None)


def _absente(lignes: Mapping[str, list[dict[str, Any]]], cle: str) -> bool:
    return all(str(ligne.get("cle")) != cle for ligne in lignes["pieces"])


def _saisie(piece: PieceSaisie) -> dict[str, Any]:
    """A written line as its form shows it."""
    return {
        "cle": str(piece.cle),
        "nature": piece.nature,
        "date": piece.date,
        "auteur": piece.auteur,
        "pages": piece.pages,
        "support": piece.support,
        "empreinte": piece.empreinte,
        "logiciels": piece.logiciels,
        "responsable": piece.responsable,
        "scelle": piece.scelle.numero if piece.scelle else "",
        "motif": piece.motif,
    }
