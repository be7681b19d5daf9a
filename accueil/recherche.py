"""Search over what the reader may see: a case by its reference, a fiche by its words, a contact by its service.

Those whom cases are addressed to also find theirs by a name (`dossiers.noms`).
"""

from typing import NamedTuple

from django.db.models import Q
from django.urls import reverse

from convention.acteur import Acteur
from convention.models import Service
from convention.portee import institutions_de
from dossiers.models import Dossier
from dossiers.noms import chercher_un_nom
from dossiers.registre import type_de
from fiches.lecture import pour
from fiches.models import VersionFiche

LIMITE = 10


class Resultat(NamedTuple):
    genre: str
    titre: str
    detail: str
    adresse: str


def chercher(texte: str, acteur: Acteur) -> list[Resultat]:
    """At most ten results of each kind."""
    return [*_dossiers(texte, acteur), *_noms(texte, acteur), *_fiches(texte, acteur), *_contacts(texte, acteur)]


def _noms(texte: str, acteur: Acteur) -> list[Resultat]:
    return [
        Resultat(
            "Dossier",
            trouvee.dossier.reference or "",
            trouvee.personne,
            type_de(trouvee.dossier).adresse(trouvee.dossier, acteur),
        )
        for trouvee in chercher_un_nom(texte, acteur=acteur, limite=LIMITE)
    ]


def _dossiers(texte: str, acteur: Acteur) -> list[Resultat]:
    trouves = Dossier.objects.visibles_par(acteur).filter(reference__icontains=texte).order_by("-derniere_activite")
    return [
        Resultat(
            "Dossier",
            dossier.reference or "",
            type_de(dossier).workflow.etats[dossier.etat].libelle,
            type_de(dossier).adresse(dossier, acteur),
        )
        for dossier in trouves[:LIMITE]
    ]


def _fiches(texte: str, acteur: Acteur) -> list[Resultat]:
    versions = (
        VersionFiche.objects.filter(Q(titre__icontains=texte) | Q(contenu__situation__icontains=texte))
        .filter(pour(acteur), etat=VersionFiche.Etat.EN_VIGUEUR)
        .select_related("fiche")
        .order_by("fiche__numero")
    )
    return [
        Resultat(
            "Fiche",
            version.titre,
            f"Fiche {version.fiche.numero}",
            reverse("fiches:fiche", args=[version.fiche.numero]),
        )
        for version in versions[:LIMITE]
    ]


def _contacts(texte: str, acteur: Acteur) -> list[Resultat]:
    """A service of one's own house by its name, of another house by its outer name only."""
    services = Service.objects.filter(
        Q(nom__icontains=texte, institution_id__in=acteur.institutions) | Q(nom_externe__icontains=texte)
    ).filter(institution__in=institutions_de(acteur).order_by().values("pk"))
    return [
        Resultat(
            "Contact",
            service.nom if service.institution_id in acteur.institutions else service.nom_externe,
            service.institution.nom_court,
            reverse("convention:annuaire"),
        )
        for service in services.select_related("institution").order_by("nom")[:LIMITE]
    ]
