"""The PDF addressed to the prosecutor, in the order of the Vade-mecum, in our own words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from documents.empreinte import empreinte
from documents.models import Document
from documents.render import produire, rendre_pdf
from signalements import corps, grilles
from signalements.contenu import Lu, canonique, copies_de, nom_dit
from signalements.recapitulatif import moment, sections, signataire

GENRE, GABARIT = "signalement", "pdf/signalement.html"


def contexte(lu: Lu, le: datetime) -> dict[str, Any]:
    """The values of the template: the same letter at the same moment gives the same file."""
    etablissement = lu.dossier.service_emetteur.institution
    avec_grilles = "grilles" in lu.voie.blocs
    return {
        "lu": lu,
        "lettre": lu.lettre,
        "voie": lu.voie,
        "ecrit": lu.voie.ecrit,
        "copies": [nom_dit(lu, copie) for copie in copies_de(lu)],
        "sections": sections(lu, clair=True),
        "signataire": signataire(lu),
        "danger": grilles.lire(lu.lettre.grille_d, grilles.DANGER, lu.sexe) if avec_grilles else [],
        "emprise": grilles.lire(lu.lettre.grille_e, grilles.EMPRISE, lu.sexe) if avec_grilles else [],
        "schema": dessin(lu),
        "version_grilles": grilles.VERSION,
        "etablissement": etablissement.nom,
        "lieu": etablissement.commune,
        "date": le,
        "transmis": moment(le),
        "reference": lu.dossier.reference or "",
        "titre_courant": f"{lu.voie.mots.nom} {lu.dossier.reference or 'à relire'}",
        "destinataire": lu.lettre.destinataire,
        "empreinte": empreinte(canonique(lu)),
    }


def dessin(lu: Lu) -> list[corps.Vue]:
    """The body diagram, when the voie asks the injuries and there are some."""
    if not lu.lettre.lesions or not lu.voie.demande("lesions"):
        return []
    return corps.dessiner(lu.lettre.lesions, lu.concernee.age if lu.concernee else None)


def produire_signalement(lu: Lu) -> Document:
    """Render, seal and register the document of a letter that is being transmitted."""
    return produire(
        GENRE,
        intitule=lu.voie.titre_document,
        reference=lu.dossier.reference or "",
        objet_cle=lu.dossier.cle,
        dossier_cle=lu.dossier.cle,
        contenu=canonique(lu),
        gabarit=GABARIT,
        contexte=contexte(lu, lu.dossier.transmis_le or timezone.now()),
    )


def apercu(lu: Lu, supplements: Mapping[str, Any] | None = None) -> bytes:
    """The same document before it is sent: marked as such, not registered."""
    return rendre_pdf(GABARIT, {**contexte(lu, timezone.now()), "apercu": True, "empreinte": "", **(supplements or {})})
