"""The inventory of a seizure, or of objects: each line, the pasted list read, and what the controls count."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from dossiers.models import Dossier
from requisitions.controles.modele import Inventorie
from requisitions.elements import rien_fourni
from requisitions.models import Inventaire, Passage, PieceSaisie, Reserve, Scelle
from requisitions.reponses import elements_de, proposees
from requisitions.types_acte import type_acte

MAXIMUM = 400


@dataclass(frozen=True, slots=True)
class LigneScelle:
    numero: str
    genre: str = Scelle.Genre.FERME
    motif: str = ""
    cle: UUID | None = None


@dataclass(frozen=True, slots=True)
class LignePiece:
    """`scelle` is the number of its seal; empty, the only one there is."""

    nature: str
    date: str = ""
    auteur: str = ""
    pages: int | None = None
    support: str = PieceSaisie.Support.COPIE
    sort: str = PieceSaisie.Sort.RETENUE
    motif: str = ""
    scelle: str = ""
    empreinte: str = ""
    logiciels: str = ""
    responsable: str = ""
    cle: UUID | None = None


@dataclass(frozen=True, slots=True)
class LigneReserve:
    auteur: str
    texte: str
    au_pv: bool = False
    cle: UUID | None = None


@dataclass(frozen=True, slots=True)
class LigneSignature:
    qualite: str
    nom: str
    cle: UUID | None = None


@dataclass(frozen=True, slots=True)
class LignePassage:
    """`interruption`: why nobody kept the objects before this hand."""

    le: datetime
    nom: str
    lieu: str
    interruption: str = ""
    cle: UUID | None = None


@dataclass(frozen=True, slots=True)
class Releve:
    """One sending of the page: lines new or corrected, and those struck out. What it does not name stays."""

    copie_conservee: bool = False
    impossible: str = ""
    scelles: tuple[LigneScelle, ...] = ()
    pieces: tuple[LignePiece, ...] = ()
    reserves: tuple[LigneReserve, ...] = ()
    signatures: tuple[LigneSignature, ...] = ()
    passages: tuple[LignePassage, ...] = ()
    rayees: frozenset[UUID] = field(default_factory=frozenset)


def pieces_de(dossier: Dossier) -> list[PieceSaisie]:
    """The living lines, by number."""
    return list(dossier.pieces_saisies.vivantes().select_related("scelle"))


def scelles_de(dossier: Dossier) -> list[Scelle]:
    return list(dossier.scelles.vivantes())


def reserves_de(dossier: Dossier) -> list[Reserve]:
    return list(dossier.reserves.vivantes())


def passages_de(dossier: Dossier) -> list[Passage]:
    """Each hand, in the order of the hours: the last one keeps what is not handed over yet."""
    return list(dossier.passages.vivantes())


def a_remettre_sous_scelle(dossier: Dossier) -> list[Scelle]:
    """The seals of kept objects that leave; none when nothing is given, or for another act."""
    if not type_acte(dossier.variante).chaine or _rien_ne_part(dossier):
        return []
    pris = {piece.scelle_id for piece in pieces_de(dossier) if piece.retenue}
    return [scelle for scelle in scelles_de(dossier) if scelle.pk in pris]


def _rien_ne_part(dossier: Dossier) -> bool:
    return rien_fourni(proposees(dossier, dossier.requisition, elements_de(dossier, dossier.requisition)))


def texte_des_effets(dossier: Dossier) -> str:
    """Every free word that the inventory of kept objects prints: none may tell a ward (R-22)."""
    if not type_acte(dossier.variante).chaine:
        return ""
    mots = [piece.nature for piece in pieces_de(dossier) if piece.retenue]
    mots += [f"{scelle.numero} {scelle.motif}" for scelle in scelles_de(dossier)]
    mots += [f"{p.nom} {p.lieu} {p.interruption}" for p in passages_de(dossier)]
    return "\n".join(mots)


def a_restituer(dossier: Dossier) -> list[Scelle]:
    """The seals that hold what the hospital has no more: an original, an object, or what was not listed."""
    contenu: dict[int, list[PieceSaisie]] = {}
    for piece in pieces_de(dossier):
        if piece.scelle_id:
            contenu.setdefault(piece.scelle_id, []).append(piece)
    return [
        scelle
        for scelle in scelles_de(dossier)
        if scelle.pk not in contenu or any(piece.a_restituer for piece in contenu[scelle.pk])
    ]


def inventorie(dossier: Dossier) -> Inventorie:
    """What the controls read of the rows; nothing that names a piece."""
    tete: Inventaire | None = Inventaire.objects.filter(dossier=dossier).first()
    retenues = [piece for piece in pieces_de(dossier) if piece.retenue]
    scelles, mains = scelles_de(dossier), passages_de(dossier)
    return Inventorie(
        retenues=len(retenues),
        dossiers=tuple(piece.rang for piece in retenues if piece.support != PieceSaisie.Support.OBJET),
        originaux=tuple(piece.rang for piece in retenues if piece.support == PieceSaisie.Support.ORIGINAL),
        sans_scelle=tuple(piece.rang for piece in retenues if piece.scelle_id is None),
        ouverts_sans_motif=tuple(s.numero for s in scelles if s.genre == Scelle.Genre.OUVERT and not s.motif),
        provisoires=sum(scelle.genre == Scelle.Genre.PROVISOIRE for scelle in scelles),
        copie_conservee=bool(tete and tete.copie_conservee),
        impossible=bool(tete and tete.impossible),
        reserves=bool(reserves_de(dossier)),
        signe=dossier.signatures.vivantes().exists(),
        mains=len(mains),
        interruptions=tuple(rang for rang, main in enumerate(mains, start=1) if main.interruption),
    )


def empreinte_de(dossier: Dossier) -> list[list[object]]:
    """What the hash of the frozen letter holds of the inventory."""
    tete: Inventaire | None = Inventaire.objects.filter(dossier=dossier).first()
    if tete is None:
        return []
    lignes: list[list[object]] = [["copie", tete.copie_conservee, tete.impossible]]
    lignes += [["scelle", s.numero, s.genre, s.motif] for s in scelles_de(dossier)]
    lignes += [
        [p.rang, p.nature, p.date, p.auteur, p.pages, p.support, p.sort, p.motif, p.scelle.numero if p.scelle else ""]
        for p in pieces_de(dossier)
    ]
    lignes += [["export", p.rang, p.empreinte, p.logiciels, p.responsable] for p in pieces_de(dossier) if p.empreinte]
    lignes += [["reserve", r.auteur, r.texte, r.au_pv] for r in reserves_de(dossier)]
    lignes += [["signature", s.qualite, s.nom] for s in dossier.signatures.vivantes()]
    lignes += [
        ["passage", p.le.astimezone(UTC).isoformat(), p.nom, p.lieu, p.interruption] for p in passages_de(dossier)
    ]
    return lignes


MOIS = "janv|févr|fevr|mars|avr|mai|juin|juil|août|aout|sept|oct|nov|déc|dec"
PUCE = re.compile(r"^\s*(?:\d{1,3}\s*[.)°/-]|n°\s*\d{1,3}\s*[.):-]?|[-•*–])\s*", re.IGNORECASE)
PAGES = re.compile(r"^([1-9]\d{0,3})\s*(?:p\.?|pages?|feuillets?|ff?\.?)$", re.IGNORECASE)
DATE = re.compile(
    r"^(?:du |le |de )?(?:\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d{2}-\d{2}|(?:19|20)\d{2}|sans date"
    rf"|(?:\d{{1,2}}(?:er)? )?(?:{MOIS})\w*\.?(?: \d{{4}})?)$",
    re.IGNORECASE,
)
AUTEUR = re.compile(r"^(?:dr|pr|docteur|professeur|m\.|mme|mlle|sage-femme|ide)\b", re.IGNORECASE)
SCELLE = re.compile(r"^scell[ée]\s*(?:n°|no|:)?\s*(.+)$", re.IGNORECASE)
SUPPORTS = {
    "copie": "copie",
    "copie certifiee": "copie",
    "copie certifiée": "copie",
    "original": "original",
    "originale": "original",
    "objet": "objet",
}


def lire_la_liste(texte: str) -> list[dict[str, str]]:
    """One line a piece. What is not recognised stays in its nature: nothing that was pasted is lost."""
    return [_lire(PUCE.sub("", ligne, count=1).strip()) for ligne in texte.splitlines() if ligne.strip()]


def lire_les_effets(texte: str) -> list[dict[str, str]]:
    """One line an object, whole: its state is in the same words."""
    lignes = (PUCE.sub("", ligne, count=1).strip() for ligne in texte.splitlines() if ligne.strip())
    return [{"nature": ligne, "support": PieceSaisie.Support.OBJET.value} for ligne in lignes]


def _lire(ligne: str) -> dict[str, str]:
    separateur = r"[;\t|]" if re.search(r"[;\t|]", ligne) else r",\s"
    lue = {"nature": "", "support": PieceSaisie.Support.COPIE.value}
    restes = []
    for rang, mot in enumerate(mot.strip(" .") for mot in re.split(separateur, ligne)):
        if champ := _champ(mot, lue) if rang else None:
            lue[champ[0]] = champ[1]
        elif mot:
            restes.append(mot)
    lue["nature"] = ", ".join(restes)
    return lue


def _champ(mot: str, lue: dict[str, str]) -> tuple[str, str] | None:
    """Which field a piece of a pasted line is, unless the field is already read."""
    if (trouve := PAGES.match(mot)) and "pages" not in lue:
        return "pages", trouve[1]
    if mot.lower() in SUPPORTS:
        return "support", SUPPORTS[mot.lower()]
    if DATE.match(mot) and "date" not in lue:
        return "date", mot
    if (trouve := SCELLE.match(mot)) and "scelle" not in lue:
        return "scelle", trouve[1]
    if AUTEUR.match(mot) and "auteur" not in lue:
        return "auteur", mot
    return None


def numeros(rangs: Iterable[int]) -> str:
    """« n° 1, 3, 5 à 9 »: three in a row or more are said by their ends."""
    suites: list[list[int]] = []
    for rang in sorted(rangs):
        if suites and rang == suites[-1][-1] + 1:
            suites[-1].append(rang)
        else:
            suites.append([rang])
    mots = [f"{suite[0]} à {suite[-1]}" if len(suite) > 2 else ", ".join(map(str, suite)) for suite in suites]
    return f"n°\u00a0{', '.join(mots)}"
