"""The last page of a declaration: read again, sign, transmit."""

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from convention.annuaire import fraicheur
from convention.models import Service
from convention.requete import Requete
from journal.carnet import noter
from signalements.contenu import adresse, services_de
from signalements.controles import controler
from signalements.declarations import documents, envoi
from signalements.declarations.contenu import Lue, manquantes, rassembler, sections
from signalements.declarations.forms import SignerForm
from signalements.declarations.views.acces import adresse_de_page, est_brouillon, lire_comme_auteur, pages_affichees
from signalements.remise import ControlesBloquants
from signalements.views.acces import contacts
from transitions.verdict import Constat
from transitions.workflow import TransitionRefusee


def verifier(request: Requete, cle: UUID) -> HttpResponse:
    lue = lire_comme_auteur(request, cle)
    if not est_brouillon(lue):
        return redirect("declarations:dossier", cle=cle)
    constats = _constats(lue, request)
    form = SignerForm(
        request.POST or None,
        voie=lue.voie,
        alertes=any(not c.bloque for c in constats),
        initial={"destinataire": Service.objects.filter(code=lue.voie.destinataire_defaut).first()},
    )
    if request.method == "POST" and form.is_valid():
        try:
            envoi.transmettre(
                dossier=lue.dossier,
                acteur=request.acteur,
                signature=form.signature,
                version=request.POST.get("version"),
            )
        except ControlesBloquants as refus:
            constats = refus.constats
            form.add_error(None, str(refus))
        except TransitionRefusee as refus:
            form.add_error(None, str(refus))
        else:
            messages.success(request, "Déclaration transmise. Le texte est figé.")
            return redirect("declarations:dossier", cle=cle)
    return _montrer(request, lue, form, constats)


def _constats(lue: Lue, request: Requete) -> list[Constat]:
    """What holds the sending before the signature, which answers the rest on this page."""
    choisi = Service.objects.select_related("institution").filter(code=lue.voie.destinataire_defaut).first()
    presume = adresse(choisi) if choisi else next(iter(lue.voie.destinataires))
    faits = replace(
        rassembler(lue, request.acteur),
        destinataire=presume,
        appel=bool(request.POST.get("date_appel")),
        **fraicheur(choisi),
    )
    return controler(faits, lue.voie.controles)


def _montrer(request: Requete, lue: Lue, form: SignerForm, constats: list[Constat]) -> HttpResponse:
    liens = {propre.nom: adresse_de_page(lue, propre.etape) for propre in lue.voie.propres}
    contexte = {
        "lue": lue,
        "form": form,
        "etapes": pages_affichees(lue, "verifier"),
        "sections": [(section, adresse_de_page(lue, section.etape)) for section in sections(lue, dehors=False)],
        "bloquants": [(constat, liens.get(constat.champ, "")) for constat in constats if constat.bloque],
        "alertes": [(constat, liens.get(constat.champ, "")) for constat in constats if not constat.bloque],
        "copies": services_de(lue.voie.copies),
        "manquantes": manquantes(lue),
        "internes": [propre.libelle for propre in lue.voie.propres if propre.nom in lue.voie.internes],
        "contacts": contacts(request, lue.voie.contacts),
    }
    return render(request, "declarations/verifier.html", contexte)


@require_GET
def apercu(request: Requete, cle: UUID) -> HttpResponse:
    """The document as it stands, for its author, before the sending."""
    lue = lire_comme_auteur(request, cle)
    if not est_brouillon(lue):
        return redirect("declarations:dossier", cle=cle)
    reponse = HttpResponse(documents.apercu(lue), content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="{lue.voie.nom_fichier}-apercu.pdf"'
    return reponse


@require_GET
def feuille(request: Requete, cle: UUID, code: str) -> HttpResponse:
    """A sheet to print and sign by hand: its author's, before and after the sending."""
    lue = lire_comme_auteur(request, cle)
    trouvee = next((feuille for feuille in lue.voie.feuilles if feuille.code == code), None)
    if trouvee is None:
        raise Http404
    noter("imprimer", acteur=request.acteur, objet="declaration", cle=cle, details={"feuille": code})
    reponse = HttpResponse(documents.imprimer(lue, trouvee), content_type="application/pdf")
    reponse["Content-Disposition"] = f'attachment; filename="{code}.pdf"'
    return reponse
