"""The page of whoever executes an act that has fields of its own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from convention.requete import Requete
from dossiers.models import Dossier
from dossiers.participations import marquer_lu
from requisitions import lecture
from requisitions.audition.seances import de_l_audition
from requisitions.conclusions_orales import conclusions_dites
from requisitions.forms.volet import VoletForm
from requisitions.lecture.consignes import consigne
from requisitions.lecture.pieces import pieces as pieces_lues
from requisitions.models import Convocation, Requisition, Volet
from requisitions.policies import peut_instruire, peut_preparer
from requisitions.saisie.ordre import notes
from requisitions.types_acte import type_acte
from requisitions.views.commun import classes_lues, ouvrir, permettre, reussit
from requisitions.views.dossier import personne
from requisitions.views.remplacement import se_recuse
from requisitions.workflow import WORKFLOW, constats_de_sortie, remplir_volet
from transitions.verdict import non

# Not about what the executing person writes.
D_AUTRES = frozenset({"R-43", "R-45"})


def volet(request: Requete, cle: UUID) -> HttpResponse:
    """Kept again as long as nothing has left; the controls say at once what would bar the delivery."""
    dossier, r = ouvrir(request, cle)
    acteur, acte = request.acteur, type_acte(dossier.variante)
    permettre(peut_preparer(dossier, acteur) if acte.volet else non("Cet acte ne se remplit pas ici."))
    marquer_lu(dossier=dossier, acteur=acteur)
    rempli = Volet.objects.filter(dossier=dossier).first()
    form = VoletForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        acte=acte,
        classes=classes_lues(acteur),
        donnees={
            "entendu": r.entendu_comme,
            **notes(Convocation.objects.filter(dossier=dossier).first()),
            **(rempli.donnees if rempli else {}),
        },
    )
    if request.method == "POST" and reussit(
        form,
        lambda: remplir_volet(dossier=dossier, acteur=acteur, reponses=form.reponses(), **form.fichiers()),
    ):
        messages.success(request, "C’est enregistré. Les affaires juridiques sont prévenues.")
        a_inventorier = type_acte(dossier.variante).inventaire and not hasattr(dossier, "inventaire")
        return redirect("requisitions:inventaire" if a_inventorier else "requisitions:volet", cle=cle)
    contexte = {"form": form, **_contexte(request, dossier, r, rempli=rempli is not None)}
    return render(request, "requisitions/volet.html", contexte)


def _contexte(request: Requete, dossier: Dossier, r: Requisition, *, rempli: bool) -> dict[str, Any]:
    acteur = request.acteur
    return {
        "dossier": dossier,
        "acte": type_acte(dossier.variante),
        "titre_acte": lecture.titre(dossier),
        "etat": lecture.etat_lu(dossier, request.acteur),
        "echeance": dossier.echeances.filter(nom="reponse").order_by("-pk").first(),
        "requerant_nom": r.service_requerant.nom_externe,
        "demande": consigne(r, acteur)[1],
        "constats": [c for c in constats_de_sortie(dossier, r) if c.numero not in D_AUTRES] if rempli else [],
        "ouvert": WORKFLOW.verdict("preparer_reponse", dossier, acteur),
        "pieces": pieces_lues(dossier, acteur, inventaire=False),
        "legal": peut_instruire(dossier, acteur),
        "peut_se_recuser": se_recuse(dossier, acteur),
        **personne(request, dossier),
        **de_l_audition(dossier, acteur),
        **conclusions_dites(dossier, acteur),
    }
