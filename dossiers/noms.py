"""Finding a case by the name of a person in it, one error of spelling allowed, for those whom cases are addressed to.

The database compares keyed indices only; the names of the few rows it returns are opened here, then masked again.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from accounts.roles import Role
from convention.acteur import Acteur
from documents.chiffrement import aplatir, indices_approches
from dossiers.models import Dossier, Participation, Personne

CHERCHEURS = (Role.PARQUET, Role.JURISTE, Role.CRIP, Role.ARS)
MINIMUM = 3
EXAMINEES = 200
ADRESSEES = (Participation.Role.DESTINATAIRE, Participation.Role.EXECUTANT, Participation.Role.COPIE)


@dataclass(frozen=True, slots=True)
class Trouvee:
    """A case, and the person as lists show them."""

    dossier: Dossier
    personne: str


def peut_chercher(acteur: Acteur) -> bool:
    """Whoever treats cases under names they are given: not the authors, who have their own list."""
    return acteur.a(*CHERCHEURS)


def ecart_d_au_plus_un(a: str, b: str) -> bool:
    """Same word but for one letter more, less or other, or two neighbours swapped."""
    if abs(len(a) - len(b)) > 1:
        return False
    commun = next((rang for rang, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    x, y = a[commun:], b[commun:]
    return x[1:] == y[1:] or x[1:] == y or x == y[1:] or (x[:2] == y[:2][::-1] and x[2:] == y[2:])


def chercher_un_nom(texte: str, *, acteur: Acteur, limite: int) -> list[Trouvee]:
    """The cases addressed to one's own services that hold this name, the exact ones first."""
    voulu = aplatir(texte)
    if len(voulu) < MINIMUM or not peut_chercher(acteur):
        return []
    adresse = Participation.objects.vivantes().filter(
        content_object=OuterRef("dossier_id"), group_id__in=acteur.groupes, role__in=ADRESSEES
    )
    candidates = (
        Personne.objects.filter(Exists(adresse), indices_nom__overlap=indices_approches(texte))
        .filter(dossier__in=Dossier.objects.visibles_par(acteur))
        .select_related("dossier")
        .order_by("-dossier__derniere_activite", "pk")[:EXAMINEES]
    )
    proches = [personne for personne in candidates if ecart_d_au_plus_un(aplatir(personne.nom or ""), voulu)]
    proches.sort(key=lambda personne: aplatir(personne.nom or "") != voulu)
    return [Trouvee(personne.dossier, personne.masquee) for personne in proches[:limite]]
