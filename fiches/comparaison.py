"""The redline of any two versions of a sheet, as one reader may read it, and its paper."""

import uuid

from convention.acteur import Acteur
from documents.empreinte import empreinte
from documents.models import Document
from documents.render import Cachet, cle_stable, produire
from fiches import contenu as contenus
from fiches.lecture import noms
from fiches.models import Fiche, VersionFiche
from presentation.comparaison import Passage, comparer

ESPACE = uuid.UUID("7d0f2a54-6d1e-4a52-9a53-1b0f3c7f2e66")


def changements(avant: VersionFiche, apres: VersionFiche, acteur: Acteur) -> list[Passage]:
    """The passages that differ, word by word, under the names that this reader may read."""
    mots = noms(acteur)
    anciens, nouveaux = (
        contenus.blocs(version.titre, contenus.lire(version.contenu), noms=mots) for version in (avant, apres)
    )
    return [passage for passage in comparer(anciens, nouveaux) if passage.change]


def papier_pret(avant: VersionFiche, apres: VersionFiche, acteur: Acteur) -> Document | None:
    """The PDF of exactly these differences if it was already made; writes nothing."""
    return Document.objects.filter(
        genre=_genre(avant, apres, acteur),
        objet_cle=_objet(avant, apres),
        statut=Document.Statut.EN_VIGUEUR,
        empreinte=empreinte(_contenu(avant, apres, acteur)),
    ).first()


def papier_de(avant: VersionFiche, apres: VersionFiche, acteur: Acteur) -> Document:
    """The redline on paper, one for each reading institution, made once and served again."""
    Fiche.objects.select_for_update().get(pk=apres.fiche_id)
    if existant := papier_pret(avant, apres, acteur):
        return existant
    genre, objet, contenu = _genre(avant, apres, acteur), _objet(avant, apres), _contenu(avant, apres, acteur)
    fiche, convention = apres.fiche, apres.fiche.thematique.convention
    titre = f"Fiche {fiche.numero}, de la version {avant.numero} à la version {apres.numero}"
    reference = f"FICHE-{fiche.numero}-{avant.numero}-{apres.numero}-ECARTS"
    return produire(
        genre,
        intitule=titre,
        reference=reference,
        objet_cle=objet,
        contenu=contenu,
        gabarit="pdf/comparaison.html",
        contexte={
            "avant": avant,
            "apres": apres,
            "changes": changements(avant, apres, acteur),
            "titre_courant": titre,
            "etablissement": convention.etablissement.nom,
            "service": "Convention santé, sécurité, justice",
            "lieu": convention.lieu,
            "date": apres.effet_le or apres.creee_le,
            "reference": reference,
            "empreinte": empreinte(contenu),
        },
        cle=cle_stable(genre, objet, contenu),
        cachet=Cachet(titre),
    )


def _genre(avant: VersionFiche, apres: VersionFiche, acteur: Acteur) -> str:
    place = acteur.principale
    code = place.institution_code.lower() if place else "public"
    return f"ecart-{avant.rang}-{apres.rang}-{code}"[:40]


def _objet(avant: VersionFiche, apres: VersionFiche) -> uuid.UUID:
    """Both versions, in their order: the end of one of them does not outdate what separates them."""
    return uuid.uuid5(ESPACE, f"{avant.cle}:{apres.cle}")


def _contenu(avant: VersionFiche, apres: VersionFiche, acteur: Acteur) -> dict[str, object]:
    place = acteur.principale
    return {
        "fiche": apres.fiche.numero,
        "de": [avant.numero, avant.titre, avant.get_etat_display()],
        "a": [apres.numero, apres.titre, apres.get_etat_display(), apres.motif],
        "pour": place.institution_code if place else "",
        "passages": [
            [passage.intitule, passage.genre, [[segment.genre, segment.texte] for segment in passage.segments]]
            for passage in changements(avant, apres, acteur)
        ],
    }
