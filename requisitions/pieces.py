"""What each kind of piece may be, by the rows in force; never beyond what the product can check."""

from dataclasses import dataclass, replace

from django.db import transaction

from accounts.roles import Role
from convention.acteur import Acteur
from documents.reception import FILM_LONG, IMAGERIE, MO, PIECES, Accueil
from journal.carnet import noter
from requisitions.models import ReglePiece
from transitions.verdict import OUI, Verdict, non
from transitions.workflow import TransitionRefusee


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of piece and the most that it may be."""

    libelle: str
    plafond: Accueil


GENRES = {
    "acte": Genre("Réquisition signée et ses compléments", PIECES),
    "piece": Genre("Pièce versée à la réponse", PIECES),
    "images": Genre("Images de vidéoprotection", FILM_LONG),
    "imagerie": Genre("Imagerie médicale", IMAGERIE),
}


def accueil(genre: str) -> Accueil:
    """What this kind accepts now."""
    plafond = GENRES[genre].plafond
    regle = ReglePiece.objects.filter(genre=genre).first()
    if regle is None:
        return plafond
    types = {mime: extension for mime, extension in plafond.types.items() if extension in regle.extensions}
    phrase = f"Seuls les fichiers {_ou(list(types.values()))} sont acceptés ici."
    return replace(plafond, types=types, taille=min(regle.taille_mo * MO, plafond.taille), phrase=phrase)


def aide(regle: Accueil) -> str:
    """The line under a file field."""
    return f"{_ou(list(regle.types.values()))}, {regle.taille // MO}\u00a0Mo au plus."


def _ou(extensions: list[str]) -> str:
    majuscules = [extension.upper() for extension in extensions]
    return " ou ".join([", ".join(majuscules[:-1]), majuscules[-1]] if len(majuscules) > 1 else majuscules)


def peut_fixer_pieces(acteur: Acteur) -> Verdict:
    permis = acteur.a(Role.JURISTE, Role.REFERENT)
    return OUI if permis else non("Les pièces acceptées se fixent par les affaires juridiques ou la référente.")


@transaction.atomic
def fixer(*, acteur: Acteur, genre: str, extensions: list[str], taille_mo: int) -> ReglePiece:
    """Add the row that is in force from now on; files already received do not change."""
    if not (verdict := peut_fixer_pieces(acteur)):
        raise TransitionRefusee(verdict.raison)
    plafond = GENRES[genre].plafond
    inconnues = [extension for extension in extensions if extension not in plafond.types.values()]
    if inconnues or not extensions:
        raise TransitionRefusee(
            f"Choisissez parmi {_ou(list(plafond.types.values()))} : l’outil ne vérifie pas autre chose."
        )
    if not 1 <= taille_mo <= plafond.taille // MO:
        raise TransitionRefusee(f"La taille va de 1 à {plafond.taille // MO}\u00a0Mo pour ce genre de pièce.")
    regle = ReglePiece.objects.create(
        genre=genre, extensions=extensions, taille_mo=taille_mo, fixee_par_id=acteur.utilisateur_id
    )
    noter("regle_piece", acteur=acteur, objet="regle_piece", details={"genre": genre, "mo": taille_mo})
    return regle
