"""What each fictitious seizure took: the operation, its inventory and seals, and the copy that the archives made."""

from datetime import timedelta
from typing import Any

from accueil.demonstration.affaire import Affaire
from accueil.demonstration.comptes import Monde
from requisitions.circuit import ARCHIVES
from requisitions.etats import AFFECTEE
from requisitions.models import Inventaire, PieceSaisie, Preparation, Reserve, Scelle, SignatureSaisie, Volet
from requisitions.policies import SORTIE
from requisitions.volet import garder_moment

RETENUES = (
    ("Compte rendu d’hospitalisation", "novembre 2026", "Service de chirurgie", 3, "copie"),
    ("Dossier de soins", "novembre 2026", "", 41, "copie"),
    ("Ancien dossier papier", "2011 à 2019", "", 86, "original"),
)


def inventorier(monde: Monde, affaires: list[Affaire]) -> list[list[Any]]:
    """Rows table by table, seals before what they hold. A seizure that is only entrusted has its copy, nothing more."""
    tables: dict[type, list[Any]] = {
        modele: [] for modele in (Preparation, Volet, Inventaire, Scelle, PieceSaisie, Reserve, SignatureSaisie)
    }
    for affaire in affaires:
        etat = affaire.dossier.etat
        if affaire.variante != "SAISIE" or not (etat in SORTIE or "affecter" in affaire.dates):
            continue
        for ligne in _preparee(monde, affaire):
            tables[type(ligne)].append(ligne)
        if etat != AFFECTEE:
            for ligne in _faite(affaire):
                tables[type(ligne)].append(ligne)
    return list(tables.values())


def _preparee(monde: Monde, affaire: Affaire) -> list[Any]:
    """By the archives, or noted for them by legal affairs where nobody has an account there."""
    equipe = monde.equipes[ARCHIVES]
    return [
        Preparation(
            dossier=affaire.dossier,
            trouve="complet",
            ancien="trouve",
            copie=True,
            precision="Copie en deux boîtes, armoire 4 des archives.",
            dite_par=equipe[0] if equipe else affaire.parties["guichet"][1],
        )
    ]


def _faite(affaire: Affaire) -> list[Any]:
    dossier, juriste = affaire.dossier, affaire.parties["guichet"][1]
    debut = affaire.dates.get("preparer_reponse") or affaire.fin
    notes = {
        "operation": "saisie_cr",
        "magistrat_present": False,
        "identite_verifiee": True,
        "homonyme_ecarte": True,
        "ordre_presence": "present",
        "debut": garder_moment(debut),
        "fin": garder_moment(debut + timedelta(minutes=70)),
    }
    ferme = Scelle(dossier=dossier, numero=f"{debut:%Y}-{dossier.pk}-A")
    papier = Scelle(dossier=dossier, numero=f"{debut:%Y}-{dossier.pk}-B")
    pieces = [
        PieceSaisie(
            dossier=dossier, rang=rang, nature=nature, date=date, auteur=auteur, pages=pages, support=support,
            scelle=papier if support == "original" else ferme,
        )
        for rang, (nature, date, auteur, pages, support) in enumerate(RETENUES, start=1)
    ]  # fmt: skip
    ecartee = PieceSaisie(
        dossier=dossier, rang=4, nature="Courrier concernant un proche", pages=2, support="copie", sort="exclue",
        motif="tiers",
    )  # fmt: skip
    return [
        Volet(dossier=dossier, donnees=notes, rempli_par=juriste),
        Inventaire(dossier=dossier, copie_conservee=True, rempli_par=juriste),
        ferme,
        papier,
        *pieces,
        ecartee,
        Reserve(dossier=dossier, auteur="ordre", texte="Un courrier concernant un proche a été écarté.", au_pv=True),
        SignatureSaisie(dossier=dossier, qualite="autorite", nom="L’officier commis"),
        SignatureSaisie(dossier=dossier, qualite="ordre", nom="Le conseiller de permanence"),
    ]
