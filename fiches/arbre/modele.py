"""What a decision tree is made of, and the shape in which it is stored in the content of a version.

Identifiers (`q-1`, `c-1`) are stable from one version to the next: the comparison and the remarks speak by them.
The first question is where everybody starts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from fiches.forme import choix, facultatif, liste, motif, objet, texte

QUESTION, CONCLUSION = motif(r"q-\d{1,3}", "q-1"), motif(r"c-\d{1,3}", "c-1")
CODE = motif(r"[A-Z0-9][A-Za-z0-9-]{1,39}", "CHV-URG")
DEROGATION = motif(r"[DX]\d{2}", "D01")
CIBLE = motif(r"[a-z_]+(:[A-Z0-9_]+)?", "signalement:VC_SANS_ACCORD")
REPONSES = {"OUI": "Oui", "NON": "Non", "SELON": "Selon les cas"}
AVIS = {
    "CDOM": "Ordre des médecins",
    "JURIDIQUE": "Affaires juridiques",
    "DPO": "Protection des données",
    "ETHIQUE": "Espace éthique",
}
SANS_ACTE: Mapping[str, str | None] = {"libelle": "", "cible": None}
FORME = objet(
    {
        "questions": liste(
            objet(
                {
                    "id": QUESTION,
                    "texte": texte(200),
                    "reponses": liste(objet({"texte": texte(160), "vers": texte(10, vide=True)})),
                },
                en_plus={"aide": texte(600, vide=True)},
            )
        ),
        "conclusions": liste(
            objet(
                {"id": CONCLUSION, "titre": texte(120), "reponse": choix(REPONSES), "resume": texte(300)},
                en_plus={
                    "derogations": liste(DEROGATION),
                    "bases": liste(CODE),
                    "destinataires": liste(texte(160)),
                    "dire": liste(texte(300)),
                    "taire": liste(texte(300)),
                    "accord": texte(400, vide=True),
                    "appeler": liste(CODE),
                    "document": texte(160, vide=True),
                    "acte": objet({"libelle": texte(60, vide=True), "cible": facultatif(CIBLE)}),
                    "avis": liste(choix(AVIS)),
                },
            )
        ),
    }
)


@dataclass(frozen=True, slots=True)
class Reponse:
    """One answer; `vers` names the question or the conclusion that follows."""

    texte: str
    vers: str


@dataclass(frozen=True, slots=True)
class Question:
    id: str
    texte: str
    reponses: tuple[Reponse, ...] = ()
    aide: str = ""


@dataclass(frozen=True, slots=True)
class Conclusion:
    """A leaf. With `derogations`, the answer depends on who reads; `reponse` is then only what the tree says itself."""

    id: str
    titre: str
    reponse: str
    resume: str
    derogations: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    destinataires: tuple[str, ...] = ()
    dire: tuple[str, ...] = ()
    taire: tuple[str, ...] = ()
    accord: str = ""
    appeler: tuple[str, ...] = ()
    document: str = ""
    acte: Mapping[str, str | None] = field(default_factory=lambda: dict(SANS_ACTE))
    avis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arbre:
    questions: tuple[Question, ...]
    conclusions: tuple[Conclusion, ...]

    def question(self, identifiant: str) -> Question | None:
        return next((question for question in self.questions if question.id == identifiant), None)

    def conclusion(self, identifiant: str) -> Conclusion | None:
        return next((conclusion for conclusion in self.conclusions if conclusion.id == identifiant), None)


def lire(brut: Mapping[str, Any] | None) -> Arbre | None:
    """The tree of a content already checked by FORME; None when the fiche has none."""
    if brut is None:
        return None
    return Arbre(
        questions=tuple(
            Question(**{**ligne, "reponses": tuple(Reponse(**reponse) for reponse in ligne["reponses"])})
            for ligne in brut["questions"]
        ),
        conclusions=tuple(Conclusion(**_tuples(ligne)) for ligne in brut["conclusions"]),
    )


def _tuples(ligne: Mapping[str, Any]) -> dict[str, Any]:
    return {champ: tuple(valeur) if isinstance(valeur, list) else valeur for champ, valeur in ligne.items()}


def passages(arbre: Arbre | None, noms: Mapping[str, str]) -> Iterator[tuple[str, str, list[str]]]:
    """Every question and conclusion in words: identifier, title, lines. What the comparison and the remarks show."""
    if arbre is None:
        return
    titres = {question.id: question.texte for question in arbre.questions}
    titres |= {conclusion.id: conclusion.titre for conclusion in arbre.conclusions}
    for question in arbre.questions:
        reponses = [f"{ligne.texte} → {titres.get(ligne.vers, ligne.vers)}" for ligne in question.reponses]
        yield question.id, f"Que faire, question : {question.texte}", [question.texte, question.aide, *reponses]
    for conclusion in arbre.conclusions:
        yield conclusion.id, f"Que faire, conclusion : {conclusion.titre}", list(_phrases(conclusion, noms))


def _phrases(conclusion: Conclusion, noms: Mapping[str, str]) -> Iterator[str]:
    yield conclusion.titre
    yield f"{REPONSES[conclusion.reponse]}. {conclusion.resume}"
    listes = (
        ("Dérogations", conclusion.derogations),
        ("Base légale", [noms.get(cle, cle) for cle in conclusion.bases]),
        ("Destinataire", conclusion.destinataires),
        ("À dire", conclusion.dire),
        ("À taire", conclusion.taire),
        ("Accord", [conclusion.accord] if conclusion.accord else []),
        ("Appeler", [noms.get(code, code) for code in conclusion.appeler]),
        ("Document", [conclusion.document] if conclusion.document else []),
        ("Acte", [mot for mot in (conclusion.acte["libelle"], conclusion.acte["cible"]) if mot]),
        ("Avis possible", [AVIS[code] for code in conclusion.avis]),
    )
    for intitule, lignes in listes:
        if lignes:
            yield f"{intitule} : {' · '.join(lignes)}"
