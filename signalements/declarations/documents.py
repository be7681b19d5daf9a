"""The PDF of a declaration. It is addressed outside: what stays in the hospital is not in it."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from documents.empreinte import empreinte
from documents.models import Document
from documents.render import produire, rendre_pdf
from signalements.contenu import services_de
from signalements.declarations.contenu import Lue, canonique, sections, signataire
from signalements.declarations.modele import Feuille
from signalements.recapitulatif import moment

GENRE, GABARIT = "declaration", "pdf/declaration.html"


def contexte(lue: Lue, le: datetime) -> dict[str, Any]:
    """The values of the template: the same letter at the same moment gives the same file."""
    etablissement, voie = lue.dossier.service_emetteur.institution, lue.voie
    ecrit = voie.ecrit_pour(lue.reponses)
    reference = lue.dossier.reference or ""
    return {
        "lue": lue,
        "voie": voie,
        "ecrit": ecrit,
        "copies": services_de(voie.copies),
        "sections": [section for section in sections(lue, dehors=True) if section.lignes],
        "signataire": signataire(lue, dehors=True),
        "pieces": lue.pieces,
        "etablissement": etablissement.nom,
        "lieu": etablissement.commune,
        "date": le,
        "transmis": moment(le),
        "reference": reference,
        "titre_courant": f"{ecrit.intitule} {reference or 'à relire'}",
        "destinataire": lue.lettre.destinataire,
        "empreinte": empreinte(canonique(lue)),
    }


def produire_declaration(lue: Lue) -> Document:
    """Render, seal and register the document of a letter that is being transmitted."""
    return produire(
        GENRE,
        intitule=lue.voie.titre_pour(lue.reponses),
        reference=lue.dossier.reference or "",
        objet_cle=lue.dossier.cle,
        dossier_cle=lue.dossier.cle,
        contenu=canonique(lue),
        gabarit=GABARIT,
        contexte=contexte(lue, lue.dossier.transmis_le or timezone.now()),
    )


def apercu(lue: Lue) -> bytes:
    """The same document before it is sent: marked as such, not registered."""
    return rendre_pdf(GABARIT, {**contexte(lue, timezone.now()), "apercu": True, "empreinte": ""})


def imprimer(lue: Lue, feuille: Feuille) -> bytes:
    """A sheet to sign by hand, with what stays in the hospital."""
    valeurs = {propre.nom: propre.dire(lue.reponses.get(propre.nom)) for propre in lue.voie.propres}
    supplements = {"feuille": feuille, "toutes": sections(lue, dehors=False), "dites": valeurs, "empreinte": ""}
    return rendre_pdf(
        feuille.gabarit, {**contexte(lue, timezone.now()), "titre_courant": feuille.libelle, **supplements}
    )
