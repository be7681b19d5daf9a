"""The doors of a declaration, and the way through its pages."""

from django.urls import reverse

from dossiers.models.dossier import Nature
from signalements import etats
from signalements.declarations.contenu import Lue, lire
from signalements.etapes import EtapeAffichee
from signalements.views.portes import Porte

PORTE = Porte(Nature.DECLARATION, lire)
visible, lire_comme_auteur, lire_comme_destinataire = PORTE.visible, PORTE.auteur, PORTE.destinataire


def est_brouillon(lue: Lue) -> bool:
    return bool(lue.dossier.etat == etats.BROUILLON)


def adresse_de_page(lue: Lue, code: str) -> str:
    if code in {"verifier", "pieces", "victimes"}:
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
    faites = {*lue.lettre.etapes, *(("pieces",) if lue.pieces else ()), *(("victimes",) if lue.victimes else ())}
    return [
        EtapeAffichee(
            page.libelle,
            adresse_de_page(lue, page.code),
            "en_cours" if page.code == courante else "fait" if page.code in faites else "a_faire",
            "Facultatif" if page.facultative and page.code not in faites else "",
        )
        for page in lue.voie.pages_toutes
    ]
