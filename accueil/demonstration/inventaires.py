"""What each fictitious seizure took, and the objects that were kept: inventory, seals, hands, the archives’ copy."""

import uuid
from datetime import timedelta
from typing import Any

from accueil.demonstration.affaire import Affaire
from accueil.demonstration.comptes import Monde
from accueil.demonstration.copie import reserver
from requisitions.circuit import ARCHIVES
from requisitions.etats import AFFECTEE
from requisitions.models import Inventaire, Passage, PieceSaisie, Preparation, Reserve, Scelle, SignatureSaisie, Volet
from requisitions.policies import SORTIE
from requisitions.types_acte import type_acte
from requisitions.volet import garder_moment

RETENUES = (
    ("Compte rendu d’hospitalisation", "novembre 2026", "Service de chirurgie", 3, "copie"),
    ("Dossier de soins", "novembre 2026", "", 41, "copie"),
    ("Ancien dossier papier", "2011 à 2019", "", 86, "original"),
)
EFFETS = ("Veste bleue, manche coupée, tachée", "Téléphone noir, éteint, écran fendu", "Chaussure gauche, pointure 42")
SCELLE_DES_EFFETS = "EF-1"


def inventorier(monde: Monde, affaires: list[Affaire]) -> list[list[Any]]:
    """Rows table by table, seals before what they hold. A seizure that is only entrusted has its copy, nothing more."""
    saisies = [
        affaire
        for affaire in affaires
        if affaire.variante == "SAISIE" and (affaire.dossier.etat in SORTIE or "affecter" in affaire.dates)
    ]
    faites = [affaire for affaire in saisies if affaire.dossier.etat != AFFECTEE]
    premier = reserver(Scelle, 2 * len(faites)) if faites else 0
    tables: dict[type, list[Any]] = {Preparation: [_preparee(monde, affaire) for affaire in saisies]}
    for rang, affaire in enumerate(faites):
        for ligne in _faite(affaire, rang + 1, premier + 2 * rang):
            tables.setdefault(type(ligne), []).append(ligne)
    garder = [affaire for affaire in affaires if type_acte(affaire.variante).chaine and _inventoriee(affaire)]
    suivant = reserver(Scelle, len(garder)) if garder else 0
    for rang, affaire in enumerate(garder):
        for ligne in _effets(affaire, suivant + rang):
            tables.setdefault(type(ligne), []).append(ligne)
    return list(tables.values())


def _inventoriee(affaire: Affaire) -> bool:
    return "preparer_reponse" in affaire.dates


def _effets(affaire: Affaire, pk: int) -> list[Any]:
    """Found at the admission, then locked away by the security desk."""
    dossier, (_, agent) = affaire.dossier, affaire.parties["executant"]
    scelle = Scelle(pk=pk, dossier=dossier, numero=SCELLE_DES_EFFETS, cle=_cle(affaire, "scelle"))
    mains = ((0, "L’agent d’accueil", "Vestiaire fermé"), (38, str(agent), "Armoire 4, sous clé"))
    tete = Inventaire(dossier=dossier, rempli_le=affaire.dates["preparer_reponse"], rempli_par=agent)
    pieces = [
        PieceSaisie(
            dossier=dossier, cle=_cle(affaire, f"effet {rang}"), rang=rang, nature=nature, support="objet",
            scelle=scelle,
        )
        for rang, nature in enumerate(EFFETS, start=1)
    ]  # fmt: skip
    passages = [
        Passage(
            dossier=dossier, cle=_cle(affaire, f"main {minutes}"), nom=nom, lieu=lieu,
            le=affaire.ouvert_le + timedelta(minutes=minutes),
        )
        for minutes, nom, lieu in mains
    ]  # fmt: skip
    return [tete, scelle, *pieces, *passages]


def _preparee(monde: Monde, affaire: Affaire) -> Preparation:
    """By the archives, or noted for them by legal affairs where nobody has an account there."""
    equipe = monde.equipes[ARCHIVES]
    return Preparation(
        dossier=affaire.dossier,
        trouve="complet",
        ancien="trouve",
        copie=True,
        precision="Copie en deux boîtes, armoire 4 des archives.",
        dite_le=affaire.dates.get("affecter") or affaire.fin,
        dite_par=equipe[0] if equipe else affaire.parties["guichet"][1],
    )


def _faite(affaire: Affaire, rang: int, pk: int) -> list[Any]:
    dossier, juriste = affaire.dossier, affaire.parties["guichet"][1]
    debut = affaire.dates.get("preparer_reponse") or affaire.fin
    notes = {
        "operation": "saisie_cr",
        "magistrat_present": False,
        "identite_verifiee": True,
        "ins": "qualifiee",
        "homonyme_ecarte": True,
        "ordre_presence": "present",
        "debut": garder_moment(debut),
        "fin": garder_moment(debut + timedelta(minutes=70)),
        "lieu": "Salle de réunion de la direction",
        "presents": "L’officier commis\nLe conseiller de permanence de l’Ordre\nLa directrice adjointe",
    }
    ferme, papier = (
        Scelle(pk=pk + place, dossier=dossier, numero=f"SC-{rang}{lettre}", cle=_cle(affaire, lettre))
        for place, lettre in enumerate("AB")
    )
    return [
        Volet(dossier=dossier, donnees=notes, rempli_le=debut, rempli_par=juriste).recopier(),
        Inventaire(dossier=dossier, copie_conservee=True, rempli_le=debut, rempli_par=juriste),
        ferme,
        papier,
        *_pieces(affaire, ferme, papier),
        Reserve(
            dossier=dossier,
            cle=_cle(affaire, "reserve"),
            auteur="ordre",
            texte="Un courrier concernant un proche a été écarté.",
            au_pv=True,
        ),
        SignatureSaisie(dossier=dossier, cle=_cle(affaire, "officier"), qualite="autorite", nom="L’officier commis"),
        SignatureSaisie(
            dossier=dossier, cle=_cle(affaire, "ordre"), qualite="ordre", nom="Le conseiller de permanence"
        ),
    ]


def _pieces(affaire: Affaire, ferme: Scelle, papier: Scelle) -> list[PieceSaisie]:
    pieces = [
        PieceSaisie(
            dossier=affaire.dossier, cle=_cle(affaire, str(rang)), rang=rang, nature=nature, date=date, auteur=auteur,
            pages=pages, support=support, scelle=papier if support == "original" else ferme,
        )
        for rang, (nature, date, auteur, pages, support) in enumerate(RETENUES, start=1)
    ]  # fmt: skip
    ecartee = PieceSaisie(
        dossier=affaire.dossier, cle=_cle(affaire, "4"), rang=4, nature="Courrier concernant un proche", pages=2,
        support="copie", sort="exclue", motif="tiers",
    )  # fmt: skip
    return [*pieces, ecartee]


def _cle(affaire: Affaire, nom: str) -> uuid.UUID:
    return uuid.uuid5(affaire.dossier.cle, f"inventaire:{nom}")
