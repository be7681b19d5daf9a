"""Every way to falsify one row of a chain, one byte or one row at a time; pure functions over `Ligne`."""

import json
import random
import uuid
from collections.abc import Callable

from journal.chaine import Ligne

Fenetre = list[Ligne]


def _un_octet(texte: str | None, hasard: random.Random) -> str:
    """The same text, one character changed; an absent value becomes a present one."""
    if not texte:
        return str(uuid.UUID(int=hasard.getrandbits(128)))
    rang = hasard.randrange(len(texte))
    autre = hasard.choice([lettre for lettre in "0123456789abcdef" if lettre != texte[rang]])
    return f"{texte[:rang]}{autre}{texte[rang + 1 :]}"


def _colonne(nom: str) -> Callable[[Fenetre, int, random.Random], Fenetre]:
    def changer(fenetre: Fenetre, rang: int, hasard: random.Random) -> Fenetre:
        ligne = fenetre[rang]
        avant = getattr(ligne, nom)
        apres = avant ^ (1 << hasard.randrange(12)) if nom == "numero" else _un_octet(avant, hasard)
        return [*fenetre[:rang], ligne._replace(**{nom: apres}), *fenetre[rang + 1 :]]

    return changer


def _echanger(fenetre: Fenetre, rang: int, hasard: random.Random) -> Fenetre:
    """Two neighbours exchange all but their numbers."""
    un, deux = fenetre[rang], fenetre[rang + 1]
    paire = [deux._replace(numero=un.numero), un._replace(numero=deux.numero)]
    return [*fenetre[:rang], *paire, *fenetre[rang + 2 :]]


def _effacer(fenetre: Fenetre, rang: int, hasard: random.Random) -> Fenetre:
    return [*fenetre[:rang], *fenetre[rang + 1 :]]


def _inserer(fenetre: Fenetre, rang: int, hasard: random.Random) -> Fenetre:
    """A forged row between two, with a new content and the next number."""
    forgee = fenetre[rang]._replace(contenu=fenetre[rang].contenu.replace("essai", "fraude"))
    return [*fenetre[: rang + 1], forgee._replace(numero=forgee.numero + hasard.randrange(2)), *fenetre[rang + 1 :]]


def _fuseau(fenetre: Fenetre, rang: int, hasard: random.Random) -> Fenetre:
    """The same instant, otherwise written."""
    ligne = fenetre[rang]
    texte = hasard.choice([ligne.le[:-1] + "+00:00", ligne.le[:-1] + "+0000", ligne.le.replace("T", " ")])
    return [*fenetre[:rang], ligne._replace(le=texte), *fenetre[rang + 1 :]]


def _ordre_des_cles(fenetre: Fenetre, rang: int, hasard: random.Random) -> Fenetre:
    ligne = fenetre[rang]
    inverse = dict(reversed(json.loads(ligne.contenu).items()))
    contenu = json.dumps(inverse, ensure_ascii=False, separators=(",", ":"))
    return [*fenetre[:rang], ligne._replace(contenu=contenu), *fenetre[rang + 1 :]]


ALTERATIONS: dict[str, Callable[[Fenetre, int, random.Random], Fenetre]] = {
    **{nom: _colonne(nom) for nom in Ligne._fields},
    "echange": _echanger,
    "effacement": _effacer,
    "insertion": _inserer,
    "fuseau": _fuseau,
    "ordre_des_cles": _ordre_des_cles,
}
