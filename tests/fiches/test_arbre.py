"""Decision trees without a database: what is refused, in which words, and that a tree accepted always ends."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fiches.arbre import edition
from fiches.arbre.controle import CLICS_MAXIMUM, clics, cycle, fautes, plus_courts
from fiches.arbre.modele import Arbre, lire
from fiches.arbre.parcours import ParcoursInconnu, adresse_de, suivre
from fiches.dessin import branche


def question(rang: int, *vers: str, texte: str = "") -> dict[str, Any]:
    reponses = [{"texte": f"Réponse {place}", "vers": cible} for place, cible in enumerate(vers, start=1)]
    return {"id": f"q-{rang}", "texte": texte or f"Question {rang}", "aide": "", "reponses": reponses}


def conclusion(rang: int) -> dict[str, Any]:
    return {"id": f"c-{rang}", "titre": f"Conclusion {rang}", "reponse": "OUI", "resume": "Faites-le."}


def arbre(questions: list[dict[str, Any]], conclusions: int) -> Arbre:
    lu = lire({"questions": questions, "conclusions": [conclusion(rang) for rang in range(1, conclusions + 1)]})
    assert lu is not None
    return lu


def phrases(lu: Arbre) -> str:
    return " ".join(faute.phrase for faute in fautes(lu)).replace("\u00a0", " ")


BON = [question(1, "q-2", "c-1"), question(2, "c-1", "c-2")]


def test_un_arbre_sain_n_a_aucune_faute() -> None:
    assert fautes(arbre(BON, 2)) == []


@pytest.mark.parametrize(
    ("questions", "conclusions", "phrase"),
    [
        ([], 1, "L’arbre n’a aucune question"),
        ([question(1, "q-2", "c-1"), question(2, "q-1", "c-1")], 1, "tournent en boucle : « Question 1 » → « Question 2 »"),
        ([question(1, "q-1", "c-1")], 1, "tournent en boucle : « Question 1 » → « Question 1 »"),
        ([question(1, "q-2", "c-1"), question(2)], 1, "La question « Question 2 » est une impasse"),
        ([question(1, "c-1")], 1, "« Question 1 » n’a qu’une réponse"),
        ([question(1, "", "c-1")], 1, "la réponse « Réponse 1 » ne mène nulle part"),
        ([question(1, "c-9", "c-1")], 1, "mène à « c-9 », qui n’existe pas"),
        ([question(1, "c-1", "c-1"), question(2, "c-1", "c-1")], 1, "Aucune réponse ne mène à la question « Question 2 »"),
        ([question(1, "c-1", "c-1")], 2, "Aucune réponse ne mène à la conclusion « Conclusion 2 »"),
        ([question(1, "c-1", "c-1"), question(1, "c-1", "c-1")], 1, "L’identifiant « q-1 » est donné 2 fois"),
    ],
)  # fmt: skip
def test_une_faute_nomme_la_question_et_dit_quoi_faire(questions: list[Any], conclusions: int, phrase: str) -> None:
    assert phrase in phrases(arbre(questions, conclusions))


def test_deux_reponses_de_memes_mots_sont_refusees() -> None:
    double = question(1, "c-1", "c-2")
    double["reponses"][1]["texte"] = " réponse 1"
    assert "propose deux fois" in phrases(arbre([double], 2))


def test_plus_de_six_clics_depuis_l_accueil_est_refuse() -> None:
    longue = [question(rang, f"q-{rang + 1}", "c-1") for rang in range(1, CLICS_MAXIMUM)]
    longue.append(question(CLICS_MAXIMUM, "c-1", "c-2"))
    trop = arbre(longue, 2)
    assert f"Il faut {CLICS_MAXIMUM + 1} clics depuis l’accueil" in phrases(trop)
    court = [*longue[:4], question(5, "c-1", "c-2")]
    assert fautes(arbre(court, 2)) == []


@st.composite
def arbres(tirer: Any) -> Arbre:
    """Any tree: loops, gaps and unknown targets included."""
    nombre, feuilles = tirer(st.integers(1, 6)), tirer(st.integers(1, 4))
    cibles = (
        [f"q-{rang}" for rang in range(1, nombre + 1)] + [f"c-{rang}" for rang in range(1, feuilles + 1)] + ["", "c-99"]
    )
    questions = [question(rang, *tirer(st.lists(st.sampled_from(cibles), max_size=4))) for rang in range(1, nombre + 1)]
    return arbre(questions, feuilles)


@st.composite
def arbres_sains(tirer: Any) -> Arbre:
    """Each question leads further down or to a conclusion: the way every sound tree is drawn."""
    nombre = tirer(st.integers(1, 4))
    questions = [
        question(
            rang,
            f"q-{rang + 1}" if rang < nombre else f"c-{rang}",
            *tirer(
                st.lists(st.sampled_from([f"c-{rang}", *(f"q-{s}" for s in range(rang + 1, nombre + 1))]), max_size=2)
            ),
            f"c-{rang}",
        )
        for rang in range(1, nombre + 1)
    ]
    return arbre(questions, nombre)


def chemins(lu: Arbre, ici: str, vus: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """An oracle that shares no code with the product: every way from here, stopped at the first repetition."""
    if ici in vus:
        return [(*vus, ici)]
    trouvee = next((q for q in lu.questions if q.id == ici), None)
    if trouvee is None or not trouvee.reponses:
        return [(*vus, ici)]
    return [chemin for reponse in trouvee.reponses for chemin in chemins(lu, reponse.vers, (*vus, ici))]


@settings(max_examples=300, deadline=None)
@given(arbres())
def test_une_boucle_est_toujours_trouvee_et_jamais_inventee(lu: Arbre) -> None:
    repetitions = [c for q in lu.questions for c in chemins(lu, q.id) if len(set(c)) != len(c)]
    assert bool(cycle(lu)) == bool(repetitions)
    boucle = cycle(lu)
    for avant, apres in zip(boucle, boucle[1:], strict=False):
        assert apres in {reponse.vers for reponse in lu.question(avant).reponses}  # type: ignore[union-attr]


@settings(max_examples=300, deadline=None)
@given(arbres())
def test_un_arbre_accepte_mene_toujours_a_une_conclusion_en_six_clics(lu: Arbre) -> None:
    if fautes(lu):
        return
    for chemin in chemins(lu, lu.questions[0].id):
        assert lu.conclusion(chemin[-1]) is not None
        assert len(chemin) <= CLICS_MAXIMUM


@settings(max_examples=200, deadline=None)
@given(arbres_sains(), st.data())
def test_repondre_au_hasard_a_un_arbre_sain_finit_sur_une_conclusion(lu: Arbre, data: st.DataObject) -> None:
    assert fautes(lu) == []
    position = suivre(lu, "")
    for _ in range(CLICS_MAXIMUM):
        if position.question is None:
            break
        _, adresse = data.draw(st.sampled_from(position.suites))
        position = suivre(lu, adresse)
    assert position.conclusion is not None
    assert len(position.pas) + 1 <= max(clics(lu).values()) <= CLICS_MAXIMUM


def test_chaque_question_et_conclusion_a_son_plus_court_chemin() -> None:
    lu = arbre(BON, 2)
    assert plus_courts(lu) == {"q-1": (), "q-2": (1,), "c-1": (2,), "c-2": (1, 2)}
    assert suivre(lu, adresse_de((1, 2))).conclusion == lu.conclusion("c-2")


@pytest.mark.parametrize("adresse", ["0", "3", "1-9", "2-1", "a", "1--1", "-1", "1-", "1" * 40, "١", "<b>"])
def test_une_adresse_inventee_est_refusee(adresse: str) -> None:
    with pytest.raises(ParcoursInconnu):
        suivre(arbre(BON, 2), adresse)


def test_une_reponse_se_change_depuis_la_question_qui_la_portait() -> None:
    position = suivre(arbre(BON, 2), "1-2")
    assert [(pas.question.id, pas.reponse, pas.avant) for pas in position.pas] == [
        ("q-1", "Réponse 1", ""),
        ("q-2", "Réponse 2", "1"),
    ]


def brut() -> edition.Brut:
    return {"questions": copy.deepcopy(BON), "conclusions": [conclusion(1), conclusion(2)]}


def test_un_identifiant_n_est_jamais_donne_deux_fois() -> None:
    sans = edition.supprimer(brut(), "c-1")
    _, identifiant = edition.poser(sans, "conclusions", conclusion(1))
    assert identifiant == "c-3"


def test_retirer_une_conclusion_signale_les_reponses_qui_y_menaient() -> None:
    sans = edition.supprimer(brut(), "c-2")
    assert "la réponse « Réponse 2 » ne mène nulle part" in phrases(edition.lu(sans))


def test_deplacer_garde_les_bords_et_change_le_depart() -> None:
    assert edition.deplacer(brut(), "q-1", -1) == brut()
    assert [ligne["id"] for ligne in edition.deplacer(brut(), "q-2", -1)["questions"]] == ["q-2", "q-1"]


def test_le_dessin_montre_une_boucle_sans_s_y_perdre() -> None:
    boucle = {"questions": [question(1, "q-2", ""), question(2, "q-1", "c-1")], "conclusions": [conclusion(1)]}
    noeud = branche(boucle)
    assert noeud is not None
    suite = noeud.reponses[0][1]
    assert suite is not None
    assert suite.reponses[0][1] is not None
    assert suite.reponses[0][1].deja
    assert noeud.reponses[1][1] is None
