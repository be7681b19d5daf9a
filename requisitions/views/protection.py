"""The call to the parquet about a presence that is not revealed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from convention.requete import Requete
from requisitions import lecture
from requisitions.circuit import PARQUET, service
from requisitions.forms.protection import AppelParquetForm
from requisitions.numeros import numero_du_parquet
from requisitions.protection import peut_appeler_le_parquet
from requisitions.views.commun import ouvrir, permettre, reussit
from requisitions.workflow.protection import noter_appel_au_parquet


def protection(request: Requete, cle: UUID) -> HttpResponse:
    dossier, _ = ouvrir(request, cle)
    permettre(peut_appeler_le_parquet(dossier, request.acteur))
    form = AppelParquetForm(request.POST or None)
    parquet = service(PARQUET)
    if numero := numero_du_parquet():
        form.fields["magistrat"].help_text = f"{parquet.nom_externe} : {numero}."

    def noter() -> None:
        donnees = dict(form.cleaned_data)
        informe = donnees.pop("decision") == "informe"
        noter_appel_au_parquet(dossier=dossier, acteur=request.acteur, informe=informe, **donnees)

    if request.method == "POST" and reussit(form, noter):
        messages.success(request, "L’appel est noté. Le requérant n’en lit rien.")
        return redirect("requisitions:dossier", cle=cle)
    contexte = {
        "dossier": dossier,
        "form": form,
        "intitule": "Appeler le parquet",
        "bouton": "Noter l’appel",
        "titre_acte": lecture.titre(dossier),
        "danger": False,
        "demande": None,
    }
    return render(request, "requisitions/decision.html", contexte)
