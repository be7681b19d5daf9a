"""The doors of a declaration: not visible is 404, visible and not one's own is 403."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse

from convention.requete import Requete
from dossiers.models import Dossier
from dossiers.models.dossier import Nature
from signalements import etats, policies
from signalements.declarations.contenu import Lue, lire
from signalements.etapes import EtapeAffichee
from transitions.verdict import Verdict


def visible(request: Requete, cle: UUID) -> Dossier:
    dossiers = Dossier.objects.visibles_par(request.acteur).filter(nature=Nature.DECLARATION)
    return get_object_or_404(
        dossiers.select_related("service_emetteur__institution", "fiche_version__fiche", "transmis_par"), cle=cle
    )


def exiger(verdict: Verdict) -> None:
    if not verdict:
        raise PermissionDenied(verdict.raison)


def lire_comme_auteur(request: Requete, cle: UUID) -> Lue:
    dossier = visible(request, cle)
    exiger(policies.est_auteur(dossier, request.acteur))
    return lire(dossier)


def lire_comme_destinataire(request: Requete, cle: UUID) -> Lue:
    dossier = visible(request, cle)
    exiger(policies.est_destinataire(dossier, request.acteur))
    return lire(dossier)


def est_brouillon(lue: Lue) -> bool:
    return bool(lue.dossier.etat == etats.BROUILLON)


def adresse_de_page(lue: Lue, code: str) -> str:
    if code in {"verifier", "pieces"}:
        return reverse(f"declarations:{code}", args=[lue.dossier.cle])
    return reverse("declarations:page", args=[lue.dossier.cle, code])


def suivante(lue: Lue, apres: str = "") -> str:
    """The address to continue with: the page after this one, else the first not done."""
    codes = [page.code for page in lue.voie.pages_toutes]
    if apres:
        return adresse_de_page(lue, codes[codes.index(apres) + 1])
    restent = (page.code for page in lue.voie.parcours if page.code not in lue.lettre.etapes)
    return adresse_de_page(lue, next(restent, codes[-1]))


def pages_affichees(lue: Lue, courante: str) -> list[EtapeAffichee]:
    """The pages with their state, for the side of each."""
    faites = {*lue.lettre.etapes, *(("pieces",) if lue.pieces else ())}
    return [
        EtapeAffichee(
            page.libelle,
            adresse_de_page(lue, page.code),
            "en_cours" if page.code == courante else "fait" if page.code in faites else "a_faire",
            "Facultatif" if page.facultative and page.code not in faites else "",
        )
        for page in lue.voie.pages_toutes
    ]
