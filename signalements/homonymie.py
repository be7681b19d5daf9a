"""Reading under the name of somebody of the case: told before it opens, acknowledged once a session (C49)."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from convention.requete import Requete
from documents.chiffrement import index_aveugle
from journal.carnet import noter
from signalements.contenu import Lu
from signalements.controles import CONTROLES, Faits
from transitions.verdict import Constat

LUS = "homonymies"


def constater(lu: Lu, nom: str) -> Constat | None:
    """What the control says to a reader of this family name."""
    sien = index_aveugle(nom)
    homonyme = bool(sien) and any(personne.index_nom == sien for personne in lu.personnes)
    return CONTROLES["C49"](Faits(voie=lu.voie.code, lecteur_homonyme=homonyme))


def avertir(request: Requete, lu: Lu) -> HttpResponse | None:
    """The page that comes before the case, or None when it may open. Its button is written in the journal."""
    cle = str(lu.dossier.cle)
    lus = request.session.get(LUS, [])
    constat = None if cle in lus else constater(lu, request.user.nom)
    if request.method == "POST":
        if constat:
            request.session[LUS] = [*lus, cle]
            noter("ouvrir_homonyme", acteur=request.acteur, objet="signalement", cle=lu.dossier.cle)
        return redirect(request.path)
    if constat is None:
        return None
    return render(request, "signalements/homonyme.html", {"lu": lu, "constat": constat})
