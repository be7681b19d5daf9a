"""A file received on a page and hung on a draft."""

from convention.requete import Requete
from documents.reception import FichierRefuse, recevoir
from dossiers.classes import Classe
from dossiers.models import Dossier
from dossiers.pieces import joindre
from signalements.saisies import PieceForm
from transitions.workflow import TransitionRefusee


def deposer(request: Requete, dossier: Dossier, form: PieceForm, classe: Classe) -> bool:
    """False: refused, and the form says why beside the file."""
    envoye = form.cleaned_data["fichier"]
    try:
        joindre(
            dossier=dossier,
            intitule=form.cleaned_data["intitule"],
            classe=classe,
            fichier=recevoir(envoye.name, envoye),
            acteur=request.acteur,
        )
    except (FichierRefuse, TransitionRefusee) as refus:
        form.add_error("fichier", str(refus))
        return False
    return True
