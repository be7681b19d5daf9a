"""What a version of a fiche says: the structure of `VersionFiche.contenu` and its blocks with stable identifiers.

The page, the comparison and the remarks all speak of a passage by the identifier of its block.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from accounts.roles import Role
from documents.empreinte import empreinte as empreinte_canonique
from fiches.actes import est_connu
from fiches.arbre import controle, modele, secret
from fiches.arbre.secret import Table
from fiches.forme import Chemin, Probleme, choix, entier, facultatif, liste, markdown, motif, objet, texte
from presentation.comparaison import Bloc
from presentation.typographie import typographier

CODES = motif(r"[A-Z0-9][A-Za-z0-9-]{1,39}", "CHV-URG")
IDENTIFIANT = motif(r"(etapes|roles)-\d{1,3}", "etapes-1")
ANCRE = motif(r"etapes-\d{1,3}|essentiel|accord|eviter|delais|pratique|textes", "etapes-1")
CIBLE = motif(r"[a-z_]+(:[A-Z0-9_]+)?", "signalement:VC_SANS_ACCORD")
FORME_ACTION = objet({"libelle": texte(60, vide=True), "cible": facultatif(CIBLE)})
CHAMPS = {
    "situation": texte(200),
    "icone": motif(r"[a-z-]+", "heart"),
    "public": liste(choix(Role.values), minimum=1),
    "urgence": texte(300),
    "action": FORME_ACTION,
    "essentiel": liste(markdown(400, en_ligne=True), minimum=1),
    "accord": objet({"titre": texte(120), "texte": markdown(3000)}),
    "etapes": liste(
        objet(
            {"titre": texte(120), "qui": texte(160), "quand": texte(120), "texte": markdown(1500)},
            en_plus={"id": IDENTIFIANT},
        ),
        minimum=1,
    ),
    "qui_fait_quoi": liste(
        objet(
            {"acteur": texte(120), "actions": liste(markdown(400, en_ligne=True), minimum=1)},
            en_plus={"id": IDENTIFIANT},
        ),
        minimum=1,
    ),
    "delais": liste(objet({"objet": texte(160), "delai": texte(120), "source": texte(160, vide=True)})),
    "a_eviter": liste(markdown(400, en_ligne=True)),
    "textes": liste(objet({"reference": CODES, "portee": markdown(400, en_ligne=True)})),
    "contacts": liste(CODES, minimum=1),
    "modeles": liste(texte(160)),
    "en_pratique": liste(markdown(600, en_ligne=True)),
}
QUESTION = objet(
    {
        "question": texte(240),
        "reponses": liste(texte(200), minimum=2),
        "bonne": entier(),
        "explication": texte(300),
        "passage": ANCRE,
    }
)
# Absent from a fiche that has none: its content, and so its hash, says nothing of them. `bonne` is a rank, from 1.
FACULTATIFS = {"arbre": modele.FORME, "secret": secret.FORME, "controle": liste(QUESTION)}
_forme = objet(CHAMPS, en_plus=FACULTATIFS)


@dataclass(frozen=True, slots=True)
class Etape:
    id: str
    titre: str
    qui: str
    quand: str
    texte: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one party does."""

    id: str
    acteur: str
    actions: list[str]


@dataclass(frozen=True, slots=True)
class Delai:
    objet: str
    delai: str
    source: str


@dataclass(frozen=True, slots=True)
class Texte:
    reference: str
    portee: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question that helps the reader check what was understood; `passage` is where the answer stands."""

    question: str
    reponses: list[str]
    bonne: int
    explication: str
    passage: str


@dataclass(frozen=True, slots=True)
class Contenu:
    situation: str
    icone: str
    public: list[str]
    urgence: str
    action: dict[str, str | None]
    essentiel: list[str]
    accord: dict[str, str]
    etapes: list[Etape]
    qui_fait_quoi: list[Part]
    delais: list[Delai]
    a_eviter: list[str]
    textes: list[Texte]
    contacts: list[str]
    modeles: list[str]
    en_pratique: list[str]
    arbre: modele.Arbre | None = None
    secret: Table | None = None
    controle: list[Question] = field(default_factory=list)

    def en_json(self) -> dict[str, Any]:
        brut = asdict(self)
        return {champ: _listes(brut[champ]) for champ in brut if champ not in FACULTATIFS or brut[champ]}


class ContenuInvalide(ValueError):
    def __init__(self, problemes: list[Probleme]) -> None:
        super().__init__(" ".join(probleme.message for probleme in problemes))
        self.problemes = problemes


def lire(brut: Mapping[str, Any]) -> Contenu:
    """Check, put in French typography and give missing identifiers. Raises ContenuInvalide with every fault."""
    problemes = list(_forme(dict(brut), ()))
    if problemes:
        raise ContenuInvalide(problemes)
    propre = _typographier_champs(brut)
    lu = Contenu(
        **{
            **propre,
            "etapes": [Etape(**ligne) for ligne in _identifier(propre["etapes"], "etapes")],
            "qui_fait_quoi": [Part(**ligne) for ligne in _identifier(propre["qui_fait_quoi"], "roles")],
            "delais": [Delai(**ligne) for ligne in propre["delais"]],
            "textes": [Texte(**ligne) for ligne in propre["textes"]],
            "arbre": modele.lire(propre.get("arbre")),
            "secret": secret.lire(propre.get("secret")),
            "controle": [Question(**ligne) for ligne in propre.get("controle", [])],
        }
    )
    problemes = [
        *(Probleme(("arbre", faute.lieu), faute.phrase) for faute in (controle.fautes(lu.arbre) if lu.arbre else ())),
        *(Probleme(("secret", *chemin), phrase) for chemin, phrase in (secret.fautes(lu.secret) if lu.secret else ())),
        *_controle_faux(lu),
    ]
    if problemes:
        raise ContenuInvalide(problemes)
    return lu


def _controle_faux(contenu: Contenu) -> Iterator[Probleme]:
    """Two questions or none, a right answer that exists, a passage that exists."""
    ancres = {etape.id for etape in contenu.etapes} | {"essentiel", "accord", "eviter", "delais", "pratique", "textes"}
    if len(contenu.controle) not in {0, 2}:
        yield Probleme(("controle",), "le contrôle de lecture compte deux questions, ou aucune.")
    for rang, question in enumerate(contenu.controle):
        if len(question.reponses) > 4:
            yield Probleme(("controle", rang, "reponses"), "une question a quatre réponses au plus.")
        if not 1 <= question.bonne <= len(question.reponses):
            yield Probleme(("controle", rang, "bonne"), "la bonne réponse n’est pas dans la liste.")
        if question.passage not in ancres:
            yield Probleme(("controle", rang, "passage"), f"le passage « {question.passage} » n’est pas dans la fiche.")


def avec_arbre(contenu: Contenu, arbre: modele.Arbre) -> Contenu:
    """The same content with a tree that was not checked: to say what is wrong with it."""
    return replace(contenu, arbre=arbre)


def _listes(valeur: Any) -> Any:
    """Tuples as the lists that JSON gives back: one content, one value, wherever it was read from."""
    if isinstance(valeur, Mapping):
        return {nom: _listes(contenu) for nom, contenu in valeur.items()}
    return [_listes(element) for element in valeur] if isinstance(valeur, list | tuple) else valeur


def empreinte(titre: str, contenu: Contenu) -> str:
    """What the partners approve: the title and every word of the content."""
    return empreinte_canonique({"titre": titre, "contenu": contenu.en_json()})


def blocs(titre: str, contenu: Contenu, *, noms: Mapping[str, str] | None = None) -> list[Bloc]:
    """The passages in reading order. `noms` gives the words of reference keys and service codes."""
    noms = noms or {}
    return [
        Bloc("titre", "Titre", [titre]),
        Bloc("situation", "Situation", [contenu.situation]),
        Bloc("public", "Pour qui", [_court(role) for role in contenu.public]),
        Bloc("urgence", "Urgence", [contenu.urgence]),
        Bloc("essentiel", "L’essentiel", contenu.essentiel),
        Bloc("accord", contenu.accord["titre"], contenu.accord["texte"].split("\n")),
        *(Bloc(e.id, f"Étape : {e.titre}", [e.titre, f"{e.qui} · {e.quand}", e.texte]) for e in contenu.etapes),
        Bloc("eviter", "À éviter", contenu.a_eviter),
        *(Bloc(p.id, f"Qui fait quoi : {p.acteur}", [p.acteur, *p.actions]) for p in contenu.qui_fait_quoi),
        Bloc("delais", "Délais", [" · ".join(filter(None, (d.objet, d.delai, d.source))) for d in contenu.delais]),
        Bloc("textes", "Les textes", [f"{noms.get(t.reference, t.reference)} : {t.portee}" for t in contenu.textes]),
        Bloc("pratique", "En pratique", contenu.en_pratique),
        Bloc("modeles", "Modèles", contenu.modeles),
        Bloc("contacts", "Contacts", [noms.get(code, code) for code in contenu.contacts]),
        *(Bloc(*passage) for passage in (*modele.passages(contenu.arbre, noms), *secret.passages(contenu.secret))),
        *(
            Bloc(f"controle-{rang}", f"Question {rang}", [q.question, *_reponses(q), q.explication])
            for rang, q in enumerate(contenu.controle, 1)
        ),
    ]


def _reponses(question: Question) -> list[str]:
    """Each answer, the right one marked, so that a change of the right one shows in the comparison."""
    return [f"{'Oui' if rang == question.bonne else 'Non'} : {mots}" for rang, mots in enumerate(question.reponses, 1)]


def _court(role: str) -> str:
    """« Soignant » of « Soignant : signale, certifie… »."""
    return re.split(r"\s:", str(Role(role).label))[0]


def _typographier_champs(valeur: Any, champ: str = "") -> Any:
    """Every text but codes and identifiers."""
    if isinstance(valeur, Mapping):
        return {nom: _typographier_champs(contenu, nom) for nom, contenu in valeur.items()}
    if isinstance(valeur, list | tuple):
        return [_typographier_champs(element, champ) for element in valeur]
    codes = champ in {"id", "reference", "contacts", "public", "cible", "icone", "passage"}
    return typographier(valeur) if isinstance(valeur, str) and not codes else valeur


def _identifier(lignes: Iterable[dict[str, Any]], prefixe: str) -> Iterator[dict[str, Any]]:
    """Keep the identifiers already given; a new line takes the next free number."""
    lignes = list(lignes)
    pris = {ligne["id"] for ligne in lignes if ligne.get("id")}
    rang = max((int(identifiant.rpartition("-")[2]) for identifiant in pris), default=0)
    for ligne in lignes:
        if not ligne.get("id"):
            rang += 1
        yield {**ligne, "id": ligne.get("id") or f"{prefixe}-{rang}"}


def chemins_inconnus(
    contenu: Contenu, references: set[str], services: set[str], derogations: set[str]
) -> Iterator[tuple[Chemin, str]]:
    """References, contacts, derogations and acts that nothing bears. A fiche knows its own derogations too."""
    for rang, article in enumerate(contenu.textes):
        if article.reference not in references:
            yield ("textes", rang, "reference"), f"la référence « {article.reference} » n’existe pas."
    for rang, code in enumerate(contenu.contacts):
        if code not in services:
            yield ("contacts", rang), f"le contact « {code} » n’existe pas dans l’annuaire."
    propres = contenu.secret.codes if contenu.secret else set()
    for derogation in contenu.secret.derogations if contenu.secret else ():
        for cle in set(derogation.references) - references:
            yield ("secret", derogation.code), f"{derogation.code} : la référence « {cle} » n’existe pas."
    for conclusion in contenu.arbre.conclusions if contenu.arbre else ():
        cible = conclusion.acte["cible"]
        inconnus = (
            ("la référence", set(conclusion.bases) - references),
            ("le contact", set(conclusion.appeler) - services),
            ("la dérogation", set(conclusion.derogations) - derogations - propres),
            ("l’acte", {cible} if cible and not est_connu(cible) else set()),
        )
        for quoi, codes in inconnus:
            for code in sorted(codes):
                yield ("arbre", conclusion.id), f"Conclusion « {conclusion.titre} » : {quoi} « {code} » n’existe pas."
