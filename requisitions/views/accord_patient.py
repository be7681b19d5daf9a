"""What the person says of the copy of their record, noted by legal affairs or by the named doctor."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from convention.requete import Requete
from requisitions.accord_patient import peut_noter_l_accord
from requisitions.adresses import adresse
from requisitions.forms.accord_patient import AccordPatientForm
from requisitions.models import AccordPatient
from requisitions.views.commun import decision, ouvrir, permettre, reussit
from requisitions.workflow import noter_accord_patient

FAIT = "C’est noté. L’accord du médecin reste attendu\u00a0: celui de la personne ne le remplace pas."


def accord_patient(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_noter_l_accord(dossier, request.acteur))
    note = AccordPatient.objects.filter(dossier=dossier).first()
    initial = {"valeur": note.valeur, "recueilli_le": note.recueilli_le} if note else {}
    form = AccordPatientForm(request.POST or None, initial=initial)
    if request.method == "POST" and reussit(
        form, lambda: noter_accord_patient(dossier=dossier, acteur=request.acteur, **form.cleaned_data)
    ):
        messages.success(request, FAIT)
        return redirect(adresse(dossier, request.acteur))
    return decision(request, dossier, form, "Ce que dit la personne", "Noter sa réponse")
