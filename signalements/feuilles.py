"""The sheets that an author prints for one case: neither registered nor sent by the application."""

from django.utils import timezone

from documents.render import rendre_pdf
from signalements.contenu import Lu
from signalements.documents import contexte
from signalements.recapitulatif import dire_information
from signalements.voies.modele import Feuille


def imprimer(lu: Lu, feuille: Feuille) -> bytes:
    """A mute sheet receives nothing of the case: what it does not know it cannot print."""
    if feuille.muette:
        return rendre_pdf(feuille.gabarit, {})
    reponses = lu.lettre.propres or {}
    supplements = {
        "feuille": feuille,
        "titre_courant": f"{feuille.libelle} {lu.dossier.reference or ''}".strip(),
        "empreinte": "",
        "personne": lu.concernee.complete if lu.concernee else "",
        "information": dire_information(lu),
        "dites": {propre.nom: propre.dire(reponses.get(propre.nom)) for propre in lu.voie.propres},
    }
    return rendre_pdf(feuille.gabarit, {**contexte(lu, timezone.now()), **supplements})
