"""Pages of those who execute: the doctor, the security desk, the admissions, and the composition of the answer."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render

from convention.acteur import Acteur
from convention.requete import Requete
from documents.televersement import televersement_jusqu_a
from dossiers.classes import Classe
from dossiers.models import Dossier
from dossiers.participations import marquer_lu
from requisitions import lecture
from requisitions.accord_patient import du_patient
from requisitions.designation import accord_de
from requisitions.etats import PAR_ETAT
from requisitions.faits import pieces_de_la_reponse
from requisitions.forms import (
    AccordForm,
    GelForm,
    ImagesForm,
    PerteForm,
    PieceForm,
    PresenceForm,
    SupportForm,
    TriForm,
)
from requisitions.gels import REGLES, duree
from requisitions.lecture.consignes import consigne, gel_de
from requisitions.lecture.pieces import pieces as pieces_lues
from requisitions.levees import Point, a_justifier
from requisitions.models import AccordMedecin, Requisition
from requisitions.policies import (
    peut_confirmer_gel,
    peut_donner_accord,
    peut_instruire,
    peut_mettre_a_disposition,
    peut_preparer,
)
from requisitions.saisie.inventaire import pieces_de
from requisitions.types_acte import type_acte
from requisitions.types_acte.video import TAILLE
from requisitions.views.commun import a_preparer, a_verser, ouvrir, permettre, reussit
from requisitions.views.dossier import personne
from requisitions.views.envoi import attendu
from requisitions.views.levees import levee_possible
from requisitions.views.remplacement import se_recuse
from requisitions.workflow import (
    WORKFLOW,
    confirmer_gel,
    constater_perte,
    constater_presence,
    constats_de_sortie,
    deposer_images,
    donner_accord,
    mettre_a_disposition,
    pieces_a_trier,
    preparer_reponse,
    redeposer,
    remise_en_main_possible,
    trier,
    verser_piece,
)
from requisitions.workflow.execution import EN_MAINS, relue
from transitions.workflow import TransitionRefusee


def tri(request: Requete, cle: UUID) -> HttpResponse:
    """The doctor: bring pieces, sort them, then agree or refuse. `geste` says which of the three forms was sent."""
    dossier, _ = ouvrir(request, cle)
    acteur = request.acteur
    permettre(peut_donner_accord(dossier, acteur))
    marquer_lu(dossier=dossier, acteur=acteur)
    geste = request.POST.get("geste", "accord")
    pieces = pieces_a_trier(dossier)
    formulaires: dict[str, Any] = {
        "verser": PieceForm(*_si(request, geste == "verser"), attendu=attendu(dossier, acteur)),
        "trier": TriForm(*_si(request, geste == "trier"), pieces=pieces, acteur=acteur),
        "accord": AccordForm(*_si(request, geste == "accord")),
    }
    if request.method == "POST" and geste in formulaires:
        verbe, phrase = _gestes_du_medecin(dossier, acteur, formulaires)[geste]
        if reussit(formulaires[geste], verbe):
            messages.success(request, phrase)
            return redirect("requisitions:tri", cle=cle)
    contexte = {
        **_commun(request, dossier),
        **formulaires,
        "erreurs": formulaires.get(geste, formulaires["accord"]),
        "donne": _donne(dossier),
        "ouvert": dossier.etat in EN_MAINS,
        "a_relire": sum(not relue(piece, acteur) for piece in pieces),
        **du_patient(dossier, acteur),
        "peut_se_recuser": se_recuse(dossier, acteur),
        **personne(request, dossier),
    }
    return render(request, "requisitions/tri.html", contexte)


def _donne(dossier: Dossier) -> AccordMedecin | None:
    """What the doctor answered; a silence is no answer of theirs."""
    accord = accord_de(dossier)
    return accord if accord and accord.choix != AccordMedecin.Choix.SILENCE else None


def _gestes_du_medecin(
    dossier: Dossier, acteur: Acteur, formulaires: dict[str, Any]
) -> dict[str, tuple[Callable[[], Any], str]]:
    """What each form of the doctor's page does, and the sentence that says so."""

    def verser() -> None:
        verser_piece(dossier=dossier, acteur=acteur, classe=Classe.MEDICAL, **formulaires["verser"].cleaned_data)

    @transaction.atomic
    def ranger() -> None:
        for piece, decision in formulaires["trier"].decisions():
            trier(dossier=dossier, acteur=acteur, piece=piece, decision=decision)

    def repondre() -> None:
        donner_accord(dossier=dossier, acteur=acteur, **formulaires["accord"].cleaned_data)

    return {
        "verser": (verser, "La pièce est versée."),
        "trier": (ranger, "Le tri est enregistré."),
        "accord": (repondre, "Votre réponse est enregistrée. Les affaires juridiques sont prévenues."),
    }


def _si(request: Requete, concerne: bool) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if concerne and request.method == "POST" else (None, None)


def _commun(request: Requete, dossier: Dossier) -> dict[str, object]:
    lue = lecture.lettre_pour(dossier.requisition, request.acteur)
    return {
        "dossier": dossier,
        "r": lue,
        "demande": lecture.demande(dossier.requisition, lue),
        "titre_acte": lecture.titre(dossier),
        "etat": lecture.etat_lu(dossier, request.acteur),
        "echeance": dossier.echeances.filter(nom="reponse").order_by("-pk").first(),
        "requerant_nom": dossier.requisition.service_requerant.nom_externe,
    }


GELES = "Le gel est confirmé. Le requérant sait que les éléments sont conservés."
PERDUS = "C’est noté. Le requérant lit pourquoi les éléments manquent."


@televersement_jusqu_a(TAILLE)
def gel(request: Requete, cle: UUID) -> HttpResponse:
    """The preservation order, its countdown, and later what is handed over. No medical field comes here."""
    dossier, _ = ouvrir(request, cle)
    acteur = request.acteur
    permettre(peut_confirmer_gel(dossier, acteur))
    marquer_lu(dossier=dossier, acteur=acteur)
    geste = request.POST.get("geste", "")
    formulaires: dict[str, Any] = {
        "geler": GelForm(*_si(request, geste == "geler"), gele=REGLES[dossier.gel.objet]),
        "perdre": PerteForm(*_si(request, geste == "perdre")),
        "images": ImagesForm(*_si(request, geste == "images"), attendu=attendu(dossier, acteur)),
    }
    if geste in formulaires and reussit(
        formulaires[geste], lambda: _gestes_du_gardien(dossier, acteur, geste, formulaires[geste])
    ):
        messages.success(request, _fait_par_le_gardien(geste, formulaires[geste]))
        return redirect("requisitions:gel", cle=cle)
    a_remettre = remise_en_main_possible(dossier, acteur)
    contexte = {
        **_execution(request, dossier),
        **gel_de(dossier, acteur),
        "etat": PAR_ETAT[dossier.etat] if a_remettre else lecture.etat_lu(dossier, acteur),
        "form": formulaires["geler"],
        "autre": formulaires["perdre" if geste == "perdre" else "images"],
        "duree": duree(dossier.gel.objet),
        "exportable": dossier.variante == "VIDEO" and bool(WORKFLOW.verdict("preparer_reponse", dossier, acteur)),
        "preparable": a_preparer(dossier, acteur),
        "a_remettre": a_remettre,
    }
    return render(request, "requisitions/gel.html", {**formulaires, **contexte})


def _gestes_du_gardien(dossier: Dossier, acteur: Acteur, geste: str, form: Any) -> None:
    if geste == "images":
        deposer_images(dossier=dossier, acteur=acteur, **form.cleaned_data)
    else:
        _geler(dossier, acteur, form)


def _fait_par_le_gardien(geste: str, form: Any) -> str:
    if geste == "images":
        return "Les images sont versées. Les affaires juridiques sont prévenues."
    return PERDUS if form.cleaned_data["perte"] else GELES


def _geler(dossier: Dossier, acteur: Acteur, form: GelForm | PerteForm) -> None:
    """Kept, or lost: what was typed of the place is then without object."""
    dit = dict(form.cleaned_data)
    if perte := dit.pop("perte"):
        constater_perte(dossier=dossier, acteur=acteur, perte=perte)
    else:
        confirmer_gel(dossier=dossier, acteur=acteur, **dit)


def _execution(request: Requete, dossier: Dossier) -> dict[str, Any]:
    """What the executing service reads: its order, the person where its role knows of them, its own pieces."""
    lue, lignes = consigne(dossier.requisition, request.acteur)
    return {
        **_commun(request, dossier),
        "r": lue,
        "demande": lignes,
        "pieces": pieces_lues(dossier, request.acteur, inventaire=False),
        **personne(request, dossier),
    }


def reponse(request: Requete, cle: UUID) -> HttpResponse:
    """Prepare and compose: presence for the admissions, pieces by hand, then the inventory to hand over."""
    dossier, r = ouvrir(request, cle)
    acteur = request.acteur
    legal = peut_instruire(dossier, acteur)
    if not legal:
        permettre(peut_preparer(dossier, acteur))
    geste = request.POST.get("geste", "")
    presence = PresenceForm(*_si(request, geste == "presence"))
    versement = PieceForm(*_si(request, geste == "verser"))
    if (geste == "presence" and reussit(presence, lambda: _constater(dossier, acteur, presence))) or (
        geste == "verser" and reussit(versement, lambda: _verser(dossier, acteur, versement))
    ):
        messages.success(request, "La réponse est préparée.")
        return redirect("requisitions:reponse", cle=cle)
    support = SupportForm(*_si(request, geste == "remettre"), lettre=r, alertes=_alertes(dossier, r) if legal else [])
    if geste in {"remettre", "redeposer"} and _remettre(request, dossier, geste, support):
        return redirect("requisitions:dossier", cle=dossier.cle)
    commun = {**_commun(request, dossier), **personne(request, dossier)} if legal else _execution(request, dossier)
    contexte = {**commun, **_preparation(dossier, r, acteur), **levee_possible(dossier, r, acteur)}
    contexte |= {
        "presence": presence,
        "versement": versement,
        "support": support,
        "versees": [] if legal else commun["pieces"],
    }
    return render(request, "requisitions/reponse.html", contexte)


def _preparation(dossier: Dossier, r: Requisition, acteur: Acteur) -> dict[str, Any]:
    """What remains to prepare, and for legal affairs what bars the delivery."""
    acte, legal = type_acte(dossier.variante), peut_instruire(dossier, acteur)
    inventaire = pieces_de_la_reponse(dossier)
    preparable = bool(WORKFLOW.verdict("preparer_reponse", dossier, acteur))
    return {
        "acte": acte,
        "a_constater": acte.code == "PRESENCE" and preparable,
        "a_verser": a_verser(dossier, acteur),
        "legal": legal,
        "constats": constats_de_sortie(dossier, r) if legal else [],
        "inventaire": inventaire,
        "nombre_inscrit": sum(piece.retenue for piece in pieces_de(dossier)) if acte.inventaire else 0,
        "medicales": any(piece.classe == Classe.MEDICAL for piece in inventaire) or acte.requis,
        "phrase": r.reponse_texte,
        "verdict": WORKFLOW.verdict("mettre_a_disposition", dossier, acteur),
        "remise": dossier.remises.first(),
    }


def _alertes(dossier: Dossier, r: Requisition) -> list[Point]:
    return a_justifier(constats_de_sortie(dossier, r))


def _constater(dossier: Dossier, acteur: Acteur, form: PresenceForm) -> None:
    constater_presence(dossier=dossier, acteur=acteur, **form.cleaned_data)


@transaction.atomic
def _verser(dossier: Dossier, acteur: Acteur, form: PieceForm) -> None:
    """A piece brought by hand: never medical, a doctor brings those."""
    verser_piece(dossier=dossier, acteur=acteur, classe=Classe.JUDICIAIRE, **form.cleaned_data)
    preparer_reponse(dossier=dossier, acteur=acteur)


def _remettre(request: Requete, dossier: Dossier, geste: str, support: SupportForm) -> bool:
    permettre(peut_mettre_a_disposition(dossier, request.acteur))
    if geste == "redeposer":
        try:
            redeposer(dossier=dossier, acteur=request.acteur)
        except TransitionRefusee as refus:
            messages.error(request, str(refus))
            return False
    elif not reussit(
        support, lambda: mettre_a_disposition(dossier=dossier, acteur=request.acteur, **support.cleaned_data)
    ):
        return False
    messages.success(request, "La réponse est à disposition. Le requérant est prévenu.")
    return True
