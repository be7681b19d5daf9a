"""What makes a tree safe to follow at night: no loop, no dead end, nothing out of reach, few clicks.

Each fault is a French sentence that names the question and says what to change.
"""

from collections import Counter, deque
from collections.abc import Iterator
from typing import NamedTuple

from fiches.arbre.modele import Arbre, Question

# From the home page: one click on the situation, then one an answer.
CLICS_MAXIMUM = 6


class Faute(NamedTuple):
    """`lieu` is the identifier of the question or conclusion to correct, empty for the whole tree."""

    lieu: str
    phrase: str


def fautes(arbre: Arbre) -> list[Faute]:
    """Everything wrong with the tree; empty when it can be published."""
    if not arbre.questions:
        return [Faute("", "L’arbre n’a aucune question : ajoutez la première.")]
    trouvees = [*_doubles(arbre), *(faute for question in arbre.questions for faute in _question(arbre, question))]
    boucle = cycle(arbre)
    if boucle:
        chemin = " → ".join(f"« {_titre(arbre, identifiant)} »" for identifiant in boucle)
        trouvees.append(Faute(boucle[0], f"Ces questions tournent en boucle : {chemin}. Changez l’une des réponses."))
    trouvees += _hors_d_atteinte(arbre)
    if not boucle:
        trouvees += _trop_longs(arbre)
    return trouvees


def _doubles(arbre: Arbre) -> Iterator[Faute]:
    compte = Counter([*(q.id for q in arbre.questions), *(c.id for c in arbre.conclusions)])
    for identifiant, nombre in compte.items():
        if nombre > 1:
            yield Faute(identifiant, f"L’identifiant « {identifiant} » est donné {nombre} fois : gardez-en un.")


def _question(arbre: Arbre, question: Question) -> Iterator[Faute]:
    nom = f"La question « {question.texte} »"
    if not question.reponses:
        yield Faute(question.id, f"{nom} est une impasse : ajoutez au moins deux réponses.")
    elif len(question.reponses) == 1:
        yield Faute(question.id, f"{nom} n’a qu’une réponse : ajoutez-en une autre ou retirez la question.")
    vues: set[str] = set()
    for reponse in question.reponses:
        if not reponse.vers:
            yield Faute(question.id, f"{nom} : la réponse « {reponse.texte} » ne mène nulle part. Choisissez la suite.")
        elif arbre.question(reponse.vers) is None and arbre.conclusion(reponse.vers) is None:
            yield Faute(
                question.id,
                f"{nom} : la réponse « {reponse.texte} » mène à « {reponse.vers} », qui n’existe pas. "
                "Choisissez une autre suite.",
            )
        mot = reponse.texte.casefold().strip()
        if mot in vues:
            yield Faute(question.id, f"{nom} propose deux fois « {reponse.texte} » : gardez une seule réponse.")
        vues.add(mot)


def _suites(arbre: Arbre, identifiant: str) -> list[str]:
    """The questions that may follow this one."""
    question = arbre.question(identifiant)
    suites = [reponse.vers for reponse in question.reponses] if question else []
    return [suite for suite in dict.fromkeys(suites) if arbre.question(suite)]


def cycle(arbre: Arbre) -> list[str]:
    """The questions of one loop, the first one repeated at the end; empty when there is none."""
    finies: set[str] = set()
    for depart in arbre.questions:
        chemin: list[str] = []
        piles = [[depart.id]] if depart.id not in finies else []
        while piles:
            if not piles[-1]:
                piles.pop()
                if chemin:
                    finies.add(chemin.pop())
                continue
            suivante = piles[-1].pop()
            if suivante in chemin:
                return [*chemin[chemin.index(suivante) :], suivante]
            if suivante not in finies:
                chemin.append(suivante)
                piles.append(_suites(arbre, suivante))
    return []


def plus_courts(arbre: Arbre) -> dict[str, tuple[int, ...]]:
    """For each question and conclusion in reach, the ranks of the answers of a shortest way to it."""
    if not arbre.questions:
        return {}
    chemins: dict[str, tuple[int, ...]] = {arbre.questions[0].id: ()}
    file = deque(chemins)
    while file:
        ici = file.popleft()
        question = arbre.question(ici)
        for rang, reponse in enumerate(question.reponses if question else (), start=1):
            if reponse.vers and reponse.vers not in chemins:
                chemins[reponse.vers] = (*chemins[ici], rang)
                file.append(reponse.vers)
    return chemins


def _hors_d_atteinte(arbre: Arbre) -> Iterator[Faute]:
    atteints = plus_courts(arbre)
    for question in arbre.questions:
        if question.id not in atteints:
            yield Faute(question.id, f"Aucune réponse ne mène à la question « {question.texte} ».")
    for conclusion in arbre.conclusions:
        if conclusion.id not in atteints:
            yield Faute(conclusion.id, f"Aucune réponse ne mène à la conclusion « {conclusion.titre} ».")


def clics(arbre: Arbre) -> dict[str, int]:
    """For each question, the most clicks from the home page to a conclusion beyond it. The tree has no loop."""
    restants: dict[str, int] = {}

    def restant(identifiant: str) -> int:
        if identifiant not in restants:
            restants[identifiant] = 1 + max((restant(suite) for suite in _suites(arbre, identifiant)), default=0)
        return restants[identifiant]

    depuis: dict[str, int] = {arbre.questions[0].id: 1}
    file = deque(depuis)
    while file:
        ici = file.popleft()
        for suite in _suites(arbre, ici):
            if depuis.get(suite, 0) < depuis[ici] + 1:
                depuis[suite] = depuis[ici] + 1
                file.append(suite)
    return {identifiant: avant + restant(identifiant) for identifiant, avant in depuis.items()}


def _trop_longs(arbre: Arbre) -> Iterator[Faute]:
    """Only the last question of a way too long is named: that is where to shorten."""
    for identifiant, nombre in clics(arbre).items():
        derniere = not _suites(arbre, identifiant)
        if nombre > CLICS_MAXIMUM and derniere:
            yield Faute(
                identifiant,
                f"Il faut {nombre} clics depuis l’accueil pour répondre à « {_titre(arbre, identifiant)} » : "
                f"{CLICS_MAXIMUM} au plus. Regroupez des questions.",
            )


def _titre(arbre: Arbre, identifiant: str) -> str:
    question = arbre.question(identifiant)
    return question.texte if question else identifiant
