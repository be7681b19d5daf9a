"""General instructions: read by those who require and those who control, declared and revoked by the prosecutor."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from convention.models import Rattachement
from convention.requete import Requete
from requisitions.forms.instructions import InstructionForm
from requisitions.instructions import declarer, peut_declarer, revoquer
from requisitions.models import InstructionGenerale
from requisitions.policies import peut_deposer, peut_simuler
from requisitions.types_acte import libelles
from requisitions.views.commun import permettre, reussit
from transitions.workflow import TransitionRefusee


def instructions(request: Requete) -> HttpResponse:
    acteur = request.acteur
    permettre(peut_simuler(acteur))
    form = InstructionForm(request.POST or None)
    if request.method == "POST":
        permettre(peut_declarer(acteur))
        if reussit(form, lambda: declarer(acteur=acteur, **form.cleaned_data)):
            messages.success(request, "L’instruction est déclarée. Les contrôles la connaissent dès maintenant.")
            return redirect("requisitions:instructions")
    contexte = {
        "form": form,
        "declare": peut_declarer(acteur).permis,
        "depose": peut_deposer(acteur).permis,
        "lignes": [_ligne(instruction) for instruction in InstructionGenerale.objects.all()[:100]],
    }
    return render(request, "requisitions/instructions.html", contexte)


def _ligne(instruction: InstructionGenerale) -> dict[str, object]:
    actes, qualites = libelles(), dict(Rattachement.Qualite.choices)
    jour = timezone.localdate()
    if instruction.revoquee_le:
        etat = ("mute", "Révoquée")
    elif instruction.fin < jour:
        etat = ("mute", "Expirée")
    else:
        etat = ("ok", "En cours") if instruction.debut <= jour else ("info", "À venir")
    return {
        "instruction": instruction,
        "actes": ", ".join(actes.get(code, code) for code in instruction.types_acte),
        "qualites": ", ".join(qualites.get(code, code) for code in instruction.qualites),
        "ton": etat[0],
        "etat": etat[1],
        "revocable": not instruction.revoquee_le and instruction.fin >= jour,
    }


@require_POST
def revocation(request: Requete, pk: int) -> HttpResponse:
    permettre(peut_declarer(request.acteur))
    try:
        revoquer(acteur=request.acteur, instruction=get_object_or_404(InstructionGenerale, pk=pk))
        messages.success(request, "L’instruction est révoquée. Elle ne couvre plus aucun dépôt.")
    except TransitionRefusee as refus:
        messages.warning(request, str(refus))
    return redirect("requisitions:instructions")
