"""The PDF of a review: its canonical content, then its rendering."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from bilans.indicateurs import INDICATEURS, Releve, serialiser
from bilans.models import BilanAnnuel, Commentaire
from bilans.presentation import chapitres, vue_d_ensemble
from bilans.secret_statistique import MOINS, NON_AFFICHE, SEUIL
from convention.models import Signataire
from documents.empreinte import empreinte
from documents.models import Document
from documents.render import produire


def produire_bilan(bilan: BilanAnnuel, releves: Sequence[Releve]) -> Document:
    """Render, seal and register the PDF of a review."""
    contenu = canonique(bilan, releves)
    return produire(
        "bilan",
        intitule=f"Bilan annuel {bilan.annee}",
        reference=bilan.reference,
        objet_cle=bilan.cle,
        contenu=contenu,
        gabarit="pdf/bilan.html",
        contexte=contexte(bilan, releves, contenu),
    )


def canonique(bilan: BilanAnnuel, releves: Sequence[Releve]) -> dict[str, Any]:
    """What the hash covers: the year, its state, the protected figures, the comments."""
    commentaires = Commentaire.objects.filter(bilan=bilan).select_related("institution").order_by("institution__code")
    return {
        "reference": bilan.reference,
        "annee": bilan.annee,
        "etat": bilan.etat,
        "convention": bilan.convention.code,
        "releves": serialiser(releves),
        "commentaires": {ligne.institution.code: ligne.texte for ligne in commentaires},
    }


def contexte(bilan: BilanAnnuel, releves: Sequence[Releve], contenu: dict[str, Any]) -> dict[str, Any]:
    cles, dessins = vue_d_ensemble(releves)
    convention = bilan.convention
    return {
        "bilan": bilan,
        "convention": convention,
        "etablissement": convention.etablissement.nom,
        "lieu": convention.lieu,
        "date": timezone.localdate(),
        "reference": bilan.reference,
        "version": convention.version,
        "titre_courant": f"Bilan annuel {bilan.annee}",
        "empreinte": empreinte(contenu),
        "arrete_le": bilan.gele_le or timezone.now(),
        "signataires": Signataire.objects.filter(convention=convention).select_related("institution").order_by("ordre"),
        "commentaires": Commentaire.objects.filter(bilan=bilan).select_related("institution"),
        "cles": cles,
        "dessins": dessins,
        "chapitres": chapitres(releves),
        "indicateurs": INDICATEURS,
        "seuil": SEUIL,
        "moins": MOINS,
        "non_affiche": NON_AFFICHE,
    }
