"""The standard letters: their variables, their first words, and how a text becomes the letter of one case. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from fiches.prose import rendre

VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_PONCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Genre:
    """`depart`: the words used until a version is in force. `exemple`: what each variable looks like."""

    code: str
    libelle: str
    exemple: Mapping[str, str]
    depart: str


COMMUNES = {
    "numero": "REQ-2026-0347",
    "acte": "Copie d’un dossier médical",
    "requerant": "Cap. Duval, Commissariat de Valenciennes",
    "recue": "le vendredi 27 novembre 2026",
}

GENRES: dict[str, Genre] = {
    genre.code: genre
    for genre in (
        Genre(
            "accuse",
            "Accusé de réception",
            COMMUNES | {"echeance": "lundi 30 novembre 2026 à 9 h", "delai": "Deux jours ouvrés."},
            "Elle porte le numéro {{ numero }}. Rappelez-le dans tout échange.\n\n"
            "Réponse attendue avant le {{ echeance }}. {{ delai }}\n\n"
            "Les affaires juridiques sont votre seul interlocuteur. Cet accusé ne vaut pas accord et ne confirme la "
            "présence d’aucun patient.",
        ),
        Genre(
            "regularisation",
            "Demande de régularisation",
            COMMUNES
            | {
                "avant": "samedi 12 décembre 2026",
                "comment": "dans Trait d’union",
                "delai": "Le délai de réponse est suspendu jusque-là.",
            },
            "Répondez {{ comment }} avant le {{ avant }}. {{ delai }} Rien n’est remis avant la "
            "régularisation ; ce qui devait être gelé reste gelé.",
        ),
        Genre(
            "classement",
            "Classement sans réponse",
            COMMUNES | {"demandee": "vendredi 27 novembre 2026", "avant": "samedi 12 décembre 2026"},
            "L’hôpital vous a demandé le {{ demandee }} de régulariser la réquisition {{ numero }}. Aucune réponse "
            "n’est venue avant le {{ avant }} : elle est classée, et rien n’a été remis.\n\n"
            "Une nouvelle réquisition reste possible. Déposez-la sans attendre si elle porte sur des images ou sur ce "
            "qui s’efface.",
        ),
        Genre(
            "refus",
            "Refus motivé",
            COMMUNES | {"refusee": "vendredi 27 novembre 2026"},
            "Refus prononcé le {{ refusee }}.",
        ),
        Genre(
            "reponse",
            "Réponse à chaque élément",
            COMMUNES,
            "« Non détenu » dit que l’hôpital n’a pas trouvé cet élément. Les pièces fournies sont au bordereau.",
        ),
        Genre(
            "ordre",
            "Convocation de l’Ordre des médecins",
            {"numero": COMMUNES["numero"], "lieu": "Accueil des autorités", "heure": "lundi 30 novembre 2026 à 9 h"},
            "Une opération est annoncée dans l’établissement. Le conseil départemental de l’Ordre est prié de désigner "
            "un représentant et de confirmer sa venue, avec son nom, dans Trait d’union ou aux affaires juridiques.\n\n"
            "Il veille au secret, vérifie que les pièces répondent à la mission et à elle seule, peut faire porter ses "
            "réserves au procès-verbal. Le scellé est fermé.\n\n"
            "Cette convocation ne nomme aucun patient. La réquisition lui est présentée sur place.",
        ),
        Genre(
            "note",
            "Note au professionnel, droits et secret",
            COMMUNES,
            "**Vous êtes convoqué.** Vous vous présentez, et vous prêtez serment si le juge vous entend comme témoin. "
            "Les affaires juridiques peuvent vous accompagner.\n\n"
            "**Le secret reste entier.** Vous taisez ce que vous avez vu, entendu, lu ou compris en soignant, y "
            "compris la venue d’un patient. Une commission rogatoire ne vous en délie pas. Dites alors : « Je suis "
            "tenu au secret professionnel. »\n\n"
            "Si vous êtes mis en cause, vous pouvez révéler le strict nécessaire à votre défense, et demander un "
            "avocat avant de répondre.\n\n"
            "**Si votre place change.** Entendu comme témoin puis mis en cause, vous avez d’autres droits : demandez "
            "qu’ils vous soient dits, et prévenez les affaires juridiques.\n\n"
            "**Vous n’êtes pas seul.** La protection fonctionnelle se demande à la direction. Relisez votre "
            "procès-verbal avant de signer ; vous pouvez refuser de signer.",
        ),
        Genre(
            "restitution",
            "Demande de restitution",
            COMMUNES | {"scelle": "2026-41 A", "demandee": "vendredi 27 novembre 2026"},
            "Le Centre Hospitalier demande la restitution de ce qui a été placé sous le scellé {{ scelle }}, dès que "
            "la procédure le permet (articles 41-4 et 99 du code de procédure pénale).",
        ),
    )
}


def inconnues(genre: str, texte: str) -> list[str]:
    """The variables of a text that this letter does not have, in order; a lone brace is one of them."""
    connues = GENRES[genre].exemple
    fautes = [nom for nom in VARIABLE.findall(texte) if nom not in connues]
    reste = VARIABLE.sub("", texte)
    return list(dict.fromkeys([*fautes, *(accolades for accolades in ("{{", "}}") if accolades in reste)]))


def composer(texte: str, valeurs: Mapping[str, str]) -> SafeString:
    """The text of one letter: a value is plain words, whatever it holds."""
    remplie = VARIABLE.sub(lambda trouve: _neutre(str(valeurs.get(trouve[1], ""))), texte)
    return rendre(remplie, renvois=False)


def _neutre(valeur: str) -> str:
    return _PONCTUATION.sub(r"\\\1", " ".join(valeur.split()))
