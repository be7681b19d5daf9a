"""The elimination list handed to the archives before a destruction (code du patrimoine). Nothing nominative in it."""

from typing import Any

from django.utils import timezone

from documents.empreinte import empreinte
from documents.models import Fichier
from dossiers.conservation.effacement import recenser
from dossiers.models import Conservation, Dossier


def etablir(dossier: Dossier, suivi: Conservation) -> dict[str, Any]:
    """What would be destroyed today: dates, rule, counts of rows, and the hash of each file."""
    trouve = recenser(dossier)
    fichiers = [
        {"cle": str(f.cle), "type": f.extension, "octets": f.taille, "empreinte": f.empreinte, "etat": f.etat_fichier}
        for f in Fichier.objects.filter(pk__in=trouve.fichiers).order_by("pk")
    ]
    contenu = {
        "reference": suivi.reference,
        "nature": suivi.nature,
        "variante": dossier.variante,
        "ouvert": _jour(dossier.cree_le),
        "transmis": _jour(dossier.transmis_le),
        "clos": _jour(dossier.clos_le),
        "depart": str(suivi.depart),
        "echeance": str(suivi.echeance),
        "regle": str(suivi.regle),
        "lignes": {modele._meta.label_lower: len(lignes) for modele, lignes in _contenu(trouve.lignes)},
        "fichiers": fichiers,
    }
    return {**contenu, "empreinte": empreinte(contenu)}


# What lives around the content and moves without changing what is destroyed.
AUTOUR = {"dossiers.participation", "dossiers.participationpersonnelle", "dossiers.evenement", "dossiers.miseenattente"}


def _contenu(lignes: Any) -> list[Any]:
    return sorted(
        (ligne for ligne in lignes if ligne[0]._meta.label_lower not in AUTOUR),
        key=lambda ligne: str(ligne[0]._meta.label_lower),
    )


def _jour(moment: Any) -> str:
    return str(timezone.localdate(moment)) if moment else ""
