"""What is written of a fictitious case of either letter: deadlines, draft, outcome, request, complement."""

import random
from collections.abc import Callable
from datetime import datetime
from typing import Any

from accueil.demonstration.affaire import Affaire, echoir, tirer_cle
from documents.empreinte import empreinte
from dossiers.models import Brouillon, Message
from dossiers.models.brouillon import DUREE
from signalements import etats
from signalements.delais import delai_accuse, delai_suite
from signalements.models import Complement, Suite
from signalements.voies.modele import Delais
from signalements.workflow import ACCUSE, SUITE

Issue = Callable[[Affaire, datetime, random.Random], dict[str, Any]]


def poser_les_echeances(affaire: Affaire, delais: Delais) -> None:
    """The clocks of a sending, held, suspended or running as its steps say."""
    dates = affaire.dates
    if not (debut := dates.get("transmettre")):
        return
    suite = dates.get("enregistrer_suite") or dates.get("reorienter")
    terme, calcul = delai_accuse(debut, delais)
    tenu = dates.get("accuser_reception") or suite
    echoir(affaire, ACCUSE, "Accuser réception", debut, terme, calcul, tenue=tenu)
    terme, calcul = delai_suite(debut, delais, affaire.urgence)
    demande, reponse = dates.get("demander_complement"), dates.get("completer")
    if demande and reponse:
        terme += reponse - demande
    suspendue = None if reponse else demande
    echoir(affaire, SUITE, "Première suite", debut, terme, calcul, tenue=suite, suspendue=suspendue)


def ecrits(
    affaires: list[Affaire], alea: random.Random, *, issue: Issue, question: str, reponse: str
) -> list[list[Any]]:
    """Outcomes, requests and complements, one for each step that writes one."""
    suites: list[Suite] = []
    demandes: list[Message] = []
    complements: list[Complement] = []
    for affaire in affaires:
        dates = affaire.dates
        if le := dates.get("enregistrer_suite") or dates.get("reorienter"):
            suites.append(_suite(affaire, le, alea, issue))
        if le := dates.get("demander_complement"):
            demandes.append(_demande(affaire, le, question))
        if le := dates.get("completer"):
            complements.append(_complement(affaire, le, alea, reponse))
    return [suites, demandes, complements]


def _suite(affaire: Affaire, le: datetime, alea: random.Random, issue: Issue) -> Suite:
    service, personne = affaire.parties["destinataire"]
    return Suite(
        cle=tirer_cle(alea),
        dossier=affaire.dossier,
        date=le.date(),
        service=service,
        enregistree_le=le,
        enregistree_par=personne,
        **issue(affaire, le, alea),
    )


def _demande(affaire: Affaire, le: datetime, texte: str) -> Message:
    service, personne = affaire.parties["destinataire"]
    return Message(
        dossier=affaire.dossier,
        auteur=personne,
        service=service,
        vers_service=affaire.dossier.service_emetteur,
        objet="Complément demandé",
        texte=texte,
        envoye_le=le,
    )


def _complement(affaire: Affaire, le: datetime, alea: random.Random, texte: str) -> Complement:
    return Complement(
        cle=tirer_cle(alea),
        dossier=affaire.dossier,
        numero=1,
        texte=texte,
        fige_le=le,
        fige_par=affaire.parties["auteur"][1],
        empreinte=empreinte({"reference": affaire.reference, "numero": 1, "texte": texte}),
    )


def brouillons(affaires: list[Affaire], alea: random.Random, genre: str) -> list[Brouillon]:
    """A case still being written belongs to its author's draft."""
    return [
        Brouillon(
            cle=tirer_cle(alea),
            proprietaire=affaire.parties["auteur"][1],
            genre=genre,
            dossier=affaire.dossier,
            donnees={},
            cree_le=affaire.ouvert_le,
            modifie_le=affaire.ouvert_le,
            expire_le=affaire.ouvert_le + DUREE,
        )
        for affaire in affaires
        if affaire.etat == etats.BROUILLON
    ]
