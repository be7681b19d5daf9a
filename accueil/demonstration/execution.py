"""What the steps of a fictitious requisition leave in tables of their own: grid, agreements, gel, delivery."""

import random
import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accueil.demonstration.affaire import Affaire
from accueil.demonstration.comptes import Monde
from accueil.demonstration.inventaires import SCELLE_DES_EFFETS
from accueil.demonstration.trajets import REFUS_PROPOSE
from requisitions.circuit import REGIE
from requisitions.delais import du_visa
from requisitions.demonstration import refus_de
from requisitions.gels import CONFIRMER_SOUS, GARDIENS, ecrasement
from requisitions.mentions import proposer
from requisitions.models import (
    AccordMedecin,
    ControleMention,
    Gel,
    Memoire,
    RefusPropose,
    Regularisation,
    Remise,
    Requisition,
)
from requisitions.types_acte import type_acte
from requisitions.workflow.frais import ALPHABET
from requisitions.workflow.instruction import REGULARISER_SOUS

CONFIRMATION = timedelta(minutes=38)
PERDUES = 0.09
VISA = timedelta(minutes=18)
SUPPORT = "Clé chiffrée, coffre du PC sécurité"
FACTURES = {"EX_GAV": "examen", "EX_VICT": "victime", "PREL_ALC": "prelevement"}


def annexes(monde: Monde, affaires: list[Affaire], lettres: list[Requisition], alea: random.Random) -> list[list[Any]]:
    """Rows table by table. Only cases still open have their grid: a closed one is no longer controlled."""
    accords: list[AccordMedecin] = []
    gels: list[Gel] = []
    reprises: list[Regularisation] = []
    remises: list[Remise] = []
    mentions: list[ControleMention] = []
    refus: list[RefusPropose] = []
    for affaire, lettre in zip(affaires, lettres, strict=True):
        dates = affaire.dates
        if objet := type_acte(affaire.variante).gel:
            gels.append(_gel(monde, affaire, lettre, objet, alea))
        if demande := dates.get("regulariser"):
            reprises.append(_reprise(affaire, demande))
        if accord := dates.get("donner_accord"):
            accords.append(_accord(affaire, accord, alea))
        if prete := dates.get("mettre_a_disposition"):
            remises.append(_remise(affaire, prete))
        if propose := refus_propose_le(affaire):
            refus.append(_refus(affaire, lettre, propose))
        if "controler" in dates and affaire.dossier.phase != "clos":
            mentions.extend(_mentions(affaire, lettre))
    return [accords, gels, reprises, remises, mentions, refus, _memoires(monde, affaires, alea)]


def refus_propose_le(affaire: Affaire) -> datetime | None:
    """When legal affairs proposed a refusal: shortly before its visa, or after the control when none came yet."""
    if vise := affaire.dates.get("refuser"):
        return vise - VISA
    return affaire.fin if affaire.trajet.code == REFUS_PROPOSE else None


def _refus(affaire: Affaire, lettre: Requisition, propose_le: datetime) -> RefusPropose:
    vise = affaire.dates.get("refuser")
    motif, texte = refus_de(affaire.variante)
    delai = du_visa(affaire.urgence, timezone.localtime(propose_le))
    return RefusPropose(
        cle=uuid.uuid5(affaire.dossier.cle, "refus"),
        dossier=affaire.dossier,
        motif=lettre.refus_motif or motif,
        texte=lettre.refus_texte or texte,
        viser_avant=delai.echeance_le,
        calcul=delai.calcul,
        propose_le=propose_le,
        propose_par=affaire.parties["guichet"][1],
        decision=RefusPropose.Decision.VISE if vise else "",
        decide_le=vise,
        decide_par=affaire.parties["direction"][1] if vise else None,
    )


def _gel(monde: Monde, affaire: Affaire, lettre: Requisition, objet: str, alea: random.Random) -> Gel:
    gardien = GARDIENS[objet]
    equipe = monde.equipes[gardien]
    repondu = affaire.ouvert_le + CONFIRMATION if affaire.trajet.pas and equipe else None
    perdu = repondu if objet == "VIDEO" and alea.random() < PERDUES else None
    confirme = None if perdu else repondu
    return Gel(
        dossier=affaire.dossier,
        objet=objet,
        service=monde.services[gardien],
        ordonne_le=affaire.ouvert_le,
        ordonne_par=affaire.parties["auteur"][1],
        confirmer_avant=affaire.ouvert_le + CONFIRMER_SOUS,
        ecrasement=ecrasement(
            objet, recue_le=affaire.ouvert_le, periode_du=lettre.periode_du, date_faits=lettre.date_faits
        ),
        confirme_le=confirme,
        confirme_par=equipe[0] if confirme else None,
        support=(SUPPORT if objet == "VIDEO" else "Armoire 4, sous clé") if confirme else "",
        perte=Gel.Perte.AVANT if perdu else "",
        perdu_le=perdu,
        perdu_par=equipe[0] if perdu else None,
    )


def _reprise(affaire: Affaire, le: datetime) -> Regularisation:
    reponse = affaire.dates.get("repondre_regularisation")
    return Regularisation(
        dossier=affaire.dossier,
        points=["M3"],
        texte="Joignez l’autorisation écrite du procureur.",
        avant=min(le + REGULARISER_SOUS, affaire.dates.get("classer", le + REGULARISER_SOUS)),
        demandee_le=le,
        demandee_par=affaire.parties["guichet"][1],
        reponse="L’autorisation est jointe." if reponse else "",
        repondue_le=reponse,
        repondue_par=affaire.parties["auteur"][1] if reponse else None,
    )


def _accord(affaire: Affaire, le: datetime, alea: random.Random) -> AccordMedecin:
    refus = affaire.trajet.code == "refusee_medecin"
    choix = "refuse" if refus else alea.choice(("total", "total", "partiel"))
    return AccordMedecin(
        dossier=affaire.dossier,
        choix=choix,
        motif="" if choix == "total" else "secret",
        identite_verifiee=not refus,
        ins="" if refus else "qualifiee",
        donne_le=le,
        donne_par=affaire.parties["medecin"][1],
    )


def _remise(affaire: Affaire, le: datetime) -> Remise:
    ouverte, confiee = affaire.dates.get("ouvrir_pli"), affaire.dates.get("remettre_en_main")
    sous_scelle = type_acte(affaire.variante).chaine
    return Remise(
        dossier=affaire.dossier,
        numero=1,
        manifeste=[],
        prete_le=le,
        prete_par=affaire.parties["guichet"][1],
        expiration=le + timedelta(days=30),
        ouverte_le=ouverte,
        ouverte_par=affaire.parties["auteur"][1] if ouverte else None,
        support=Remise.Support.SCELLE_FERME if sous_scelle else Remise.Support.PLATEFORME,
        scelle=SCELLE_DES_EFFETS if sous_scelle else "",
        confiee_le=confiee,
        confiee_par=affaire.parties["guichet"][1] if confiee else None,
        porteur="L’officier requérant" if confiee else "",
        identite=Remise.Identite.CARTE if confiee else "",
    )


def _mentions(affaire: Affaire, lettre: Requisition) -> list[ControleMention]:
    """The grid as the app proposes it; every point confirmed once the requisition is validated."""
    dates, acte = affaire.dates, type_acte(affaire.variante)
    propositions = proposer(
        lettre, personne=True, personne_requise=acte.personne, fichier=True, articles=True, infractions=""
    )
    valide = "valider" in dates
    return [
        ControleMention(
            dossier=affaire.dossier,
            numero=proposition.numero,
            rang=rang,
            resultat="conforme" if valide and proposition.resultat != "sans_objet" else proposition.resultat,
            precision=proposition.precision,
            automatique=not valide,
            verifie_le=dates["controler"],
            verifie_par=affaire.parties["guichet"][1],
        )
        for rang, proposition in enumerate(propositions, start=1)
    ]


def _memoires(monde: Monde, affaires: list[Affaire], alea: random.Random) -> list[Memoire]:
    """Fees of the examinations that were handed over, at each step of their claim."""
    regie = monde.services[REGIE]
    equipe = monde.equipes[REGIE]
    memoires = []
    for affaire in affaires:
        acte, fait = FACTURES.get(affaire.variante), affaire.dates.get("ouvrir_pli")
        if acte is None or fait is None or not equipe:
            continue
        situation = alea.choice(("a_etablir", "a_etablir", "depose", "depose", "paye", "rejete"))
        suivi = situation != "a_etablir"
        memoires.append(
            Memoire(
                dossier=affaire.dossier,
                service=regie,
                reference=affaire.dossier.reference or "",
                pseudonyme="".join(alea.choices(ALPHABET, k=8)),
                prescripteur=affaire.dossier.service_emetteur.nom_externe,
                acte=acte,
                acte_du=affaire.ouvert_le,
                ouvert_le=fait,
                ouvert_par=affaire.parties["guichet"][1],
                situation=situation,
                numero=f"FJ-{alea.randint(1000, 9999)}" if suivi else "",
                montant=Decimal(alea.choice(("38.25", "57.50", "62.50"))) if suivi else None,
                motif="Attestation manquante" if situation == "rejete" else "",
                suivi_le=fait + timedelta(days=4) if suivi else None,
                suivi_par=equipe[0] if suivi else None,
            )
        )
    return memoires
