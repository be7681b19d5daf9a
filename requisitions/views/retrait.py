"""The requester fetches: the inventory first, then the bundle, whose first opening is the receipt."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.elevation import eleve
from convention.requete import Requete
from documents import parties
from documents.coffre import FichierIndisponible
from documents.envoi import servir, servir_octets
from dossiers.participations import marquer_lu
from requisitions import lecture
from requisitions.audition.seances import de_l_audition
from requisitions.lecture.pieces import pieces as pieces_lues
from requisitions.policies import peut_retirer
from requisitions.views.commun import ouvrir, permettre
from requisitions.workflow import arret_du_titre, ouvrir_pli, telecharger_pli
from transitions.workflow import TransitionRefusee

NOTICE = "notice"


@require_GET
def retrait(request: Requete, cle: UUID) -> HttpResponse:
    dossier, r = ouvrir(request, cle)
    permettre(peut_retirer(dossier, request.acteur))
    marquer_lu(dossier=dossier, acteur=request.acteur)
    remise = dossier.remises.select_related("ouverte_par", "fichier").first()
    decoupe = parties.nombre(remise.fichier) if remise and remise.fichier else 1
    contexte = {
        "dossier": dossier,
        "titre_acte": lecture.titre(dossier),
        "etat": lecture.etat_lu(dossier, request.acteur),
        "echeance": dossier.echeances.filter(nom="reponse").order_by("-pk").first(),
        "remise": remise,
        "parties": range(1, decoupe + 1) if decoupe > 1 else (),
        "pieces": pieces_lues(dossier, request.acteur, inventaire=False),
        "arret": arret_du_titre(dossier, r) if remise and not remise.ouverte_le and not remise.confiee_le else "",
        "hopital": "Centre Hospitalier de Valenciennes, accueil des autorités",
        "r": r,
        **de_l_audition(dossier, request.acteur),
    }
    return render(request, "requisitions/retrait.html", contexte)


@require_POST
@eleve
def ouverture(request: Requete, cle: UUID) -> HttpResponse:
    """The first opening, by a person who has just proved who they are: it signs the receipt."""
    dossier, _ = ouvrir(request, cle)
    permettre(peut_retirer(dossier, request.acteur))
    try:
        ouvrir_pli(dossier=dossier, acteur=request.acteur)
        messages.success(request, "Pli ouvert, récépissé signé. Téléchargez le pli, ou ouvrez chaque pièce.")
    except TransitionRefusee as refus:
        messages.error(request, str(refus))
    return redirect("requisitions:retrait", cle=cle)


@require_POST
@eleve
def pli(request: Requete, cle: UUID) -> HttpResponseBase:
    """The opened bundle as a file, or cut in parts; the proof of identity is asked again after five minutes."""
    dossier, _ = ouvrir(request, cle)
    permettre(peut_retirer(dossier, request.acteur))
    partie, nom = request.POST.get("partie", ""), str(dossier.reference)
    if partie != NOTICE and not (partie.isascii() and partie.isdigit() and len(partie) < 5):
        partie = ""
    try:
        fichier = telecharger_pli(dossier=dossier, acteur=request.acteur, partie=partie)
        if partie == NOTICE:
            texte = parties.notice(fichier, nom, dossier.cle).encode()
            return servir_octets(texte, f"{nom}-parties.txt", "text/plain; charset=utf-8")
        if partie:
            rang = int(partie)
            return servir_octets(
                parties.partie(fichier, rang, dossier.cle), parties.nom_de(nom, fichier.extension, rang)
            )
        return servir(fichier, nom, dossier.cle)
    except (TransitionRefusee, FichierIndisponible) as refus:
        messages.error(request, str(refus))
        return redirect("requisitions:retrait", cle=cle)
