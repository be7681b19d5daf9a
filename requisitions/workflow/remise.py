"""Handing over: what the answer is made of, its controls, its deposit, and the end."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.roles import Role
from convention.acteur import Acteur
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.conservation.conserver import a_reexaminer
from dossiers.models import Dossier, Piece
from dossiers.suivi import relater
from requisitions import documents
from requisitions.audition.aptitude import ECHEANCE as REEVALUATION
from requisitions.circuit import copier_au_parquet
from requisitions.disponibilite import effacee
from requisitions.documents.serment import serment_de
from requisitions.elements import REFUSE, appelle_une_lettre, rien_fourni
from requisitions.faits import pieces_de_la_reponse
from requisitions.gels import remis_par_le_poste
from requisitions.levees import constats_de_sortie
from requisitions.models import Element, Remise, Requisition, Volet
from requisitions.policies import agit
from requisitions.saisie import documents as documents_saisie
from requisitions.saisie import inventaire, ordre
from requisitions.types_acte import type_acte
from requisitions.workflow import pli
from requisitions.workflow.elements import conclure
from requisitions.workflow.instruction import figer
from requisitions.workflow.levees import justifier
from requisitions.workflow.sortie import controler_la_sortie, exiger_le_titre
from requisitions.workflow.table import appliquer, exiger, ouverte
from transitions.workflow import TransitionRefusee

DISPONIBLE = timedelta(days=30)
EFFACEE = "Le contenu a été effacé au terme de sa conservation. Reprenez la réponse, puis préparez-la à nouveau."


@transaction.atomic
def mettre_a_disposition(
    *,
    dossier: Dossier,
    acteur: Acteur,
    support: str = "",
    scelle: str = "",
    nom_relu: bool = False,
    motifs: Mapping[str, str] | None = None,
) -> Dossier:
    """Seal the answer with its inventory and freeze the letter; the requester is told that something waits.

    `support`: what was prepared decides when nobody does. `nom_relu`: a doctor read the name again where the tool did
    not find it. `motifs`: why each alert is passed over.
    """
    dossier = exiger("mettre_a_disposition", dossier, acteur)
    lettre = ouverte(dossier)
    support, scelle = _support(lettre, support, scelle)
    _franchir(dossier, lettre, acteur, motifs or {})
    elements = conclure(dossier, lettre, acteur)
    volet = Volet.objects.select_related("rempli_par").filter(dossier=dossier).first()
    pieces = _composer(dossier, lettre, elements, volet, acteur)
    for piece in pieces:
        if not piece.fichier.servi:
            raise TransitionRefusee(f"«\u00a0{piece.intitule}\u00a0» n’est pas prête. {piece.fichier.mention}")
    manifeste = pli.inventorier(dossier, lettre, pieces)
    controle = controler_la_sortie(dossier, lettre, pieces, acteur, nom_relu=nom_relu)
    dossier = appliquer("mettre_a_disposition", dossier, acteur)
    remise = Remise(
        dossier=dossier, support=support, scelle=scelle if support in pli.SCELLES else "", controle=controle
    )
    _sceller(remise, lettre, pieces, manifeste, acteur)
    _figer(lettre, dossier, manifeste, elements, volet)
    echeances.tenir(dossier=dossier, nom="reponse")
    echeances.tenir(dossier=dossier, nom=ordre.ECHEANCE)
    return dossier


def _support(lettre: Requisition, support: str, scelle: str) -> tuple[str, str]:
    """How it leaves, and under which number: nothing that is kept at the counter is downloaded."""
    support = support or pli.support_attendu(lettre)
    if faute := pli.faute_de_support(lettre, support):
        raise TransitionRefusee(faute)
    scelle = scelle or pli.scelles_attendus(lettre)
    if support in pli.SCELLES and not scelle:
        raise TransitionRefusee("Indiquez le numéro du scellé.")
    return support, scelle


def _figer(
    lettre: Requisition,
    dossier: Dossier,
    manifeste: list[dict[str, object]],
    elements: list[Element],
    volet: Volet | None,
) -> None:
    """What the hash of the letter holds beside it."""
    figer(
        lettre,
        dossier,
        manifeste=manifeste,
        volet=volet.donnees if volet else {},
        elements=[[element.objet, element.decision, element.motif, element.precision] for element in elements],
        inventaire=inventaire.empreinte_de(dossier),
    )


def _franchir(dossier: Dossier, lettre: Requisition, acteur: Acteur, motifs: Mapping[str, str]) -> None:
    """The controls before a delivery: what still blocks was not lifted; each alert passed over says why."""
    constats = constats_de_sortie(dossier, lettre)
    for constat in constats:
        if constat.bloque:
            raise TransitionRefusee(constat.message)
    justifier(dossier, lettre, constats, acteur, motifs)


def _composer(
    dossier: Dossier, lettre: Requisition, elements: list[Element], volet: Volet | None, acteur: Acteur
) -> list[Piece]:
    """The letter that answers each item, when one is called for, then the matter of the answer."""
    decisions = [element.decision for element in elements]
    pieces = pieces_de_la_reponse(dossier)
    if lettre.type_acte == "PRESENCE":
        pieces.append(_ecrire_presence(dossier, lettre))
    if type_acte(lettre.type_acte).chaine and not rien_fourni(decisions):
        pieces.append(_ecrire_effets(dossier, lettre))
    elif type_acte(lettre.type_acte).ecrit and not rien_fourni(decisions):
        pieces.append(_ecrire_volet(dossier, lettre, volet))
        pieces += [signe] if volet and (signe := serment_de(dossier, volet)) else []
    if not pieces and not rien_fourni(decisions) and not pli.sur_support(lettre):
        raise TransitionRefusee("La réponse est vide. Versez au moins une pièce.")
    if appelle_une_lettre(decisions):
        pieces.append(_ecrire_reponse(dossier, lettre, elements, acteur))
    return pieces


def _ecrire_reponse(dossier: Dossier, lettre: Requisition, elements: list[Element], acteur: Acteur) -> Piece:
    """A refusal, even of one item, reaches the parquet at once; the requester reads it with the bundle."""
    refus = any(element.decision == REFUSE for element in elements)
    copie = [copier_au_parquet(dossier, lettre, acteur, "Réquisition refusée en partie")] if refus else []
    ecrit = documents.reponse_elements(dossier, lettre, elements)
    return documents.verser(ecrit, dossier, classe=Classe.JUDICIAIRE, remise_a=copie)


def _ecrire_presence(dossier: Dossier, lettre: Requisition) -> Piece:
    if not lettre.reponse_texte:
        raise TransitionRefusee("La présence n’a pas été vérifiée.")
    ecrit = documents.reponse_presence(dossier, lettre, le=timezone.now())
    return documents.verser(ecrit, dossier, classe=Classe.IDENTITE, remise_a=[])


def _ecrire_volet(dossier: Dossier, lettre: Requisition, volet: Volet | None) -> Piece:
    """A doctor's paper is medical: legal affairs see its number in the inventory, the requester its words."""
    acte = type_acte(lettre.type_acte)
    if volet is None:
        raise TransitionRefusee("L’exécutant n’a rien noté encore.")
    rediger = documents_saisie.inventaire if acte.saisie else documents.ecrit_du_volet
    ecrit = rediger(dossier, lettre, volet)
    classe = Classe.MEDICAL if acte.requis else Classe.IDENTITE if acte.criteres else Classe.JUDICIAIRE
    return documents.verser(ecrit, dossier, classe=classe, remise_a=[])


def _ecrire_effets(dossier: Dossier, lettre: Requisition) -> Piece:
    """The desk that keeps the objects prints it: both hands sign it at the counter."""
    ecrit = documents_saisie.inventaire_des_effets(dossier, lettre)
    return documents.verser(ecrit, dossier, classe=Classe.ADMINISTRATIF, remise_a=[dossier.gel.service])


def _sceller(
    remise: Remise, lettre: Requisition, pieces: list[Piece], manifeste: list[dict[str, object]], acteur: Acteur
) -> None:
    """What is handed over at the counter is nowhere to download."""
    dossier = remise.dossier
    remise.numero, remise.manifeste = dossier.remises.count() + 1, manifeste
    remise.expiration, remise.prete_par_id = timezone.now() + DISPONIBLE, acteur.utilisateur_id
    remise.bordereau = documents.bordereau(dossier, lettre, remise)
    if not remise.en_main:
        remise.fichier = pli.assembler(dossier, pieces, manifeste, remise.bordereau)
    remise.save()
    remise.pieces.set(pieces)
    a_reexaminer(dossier)
    lecteurs = [lettre.service_requerant]
    if remise.en_main and remis_par_le_poste(lettre.type_acte):
        lecteurs.append(dossier.gel.service)  # the desk that hands over what it keeps prints the inventory
    documents.verser(remise.bordereau, dossier, classe=Classe.ADMINISTRATIF, remise_a=lecteurs)


@transaction.atomic
def redeposer(*, dossier: Dossier, acteur: Acteur) -> Dossier:
    """The answer expired before it was fetched: put the same bundle back for thirty days."""
    ancienne = dossier.remises.first()
    if ancienne is None or not ancienne.expiree:
        raise TransitionRefusee("La réponse est encore disponible.")
    if effacee(ancienne):
        raise TransitionRefusee(EFFACEE)
    exiger_le_titre(dossier, dossier.requisition)
    dossier = appliquer("redeposer", dossier, acteur)
    remise = Remise.objects.create(
        dossier=dossier,
        numero=ancienne.numero + 1,
        support=ancienne.support,
        scelle=ancienne.scelle,
        manifeste=ancienne.manifeste,
        fichier=ancienne.fichier,
        bordereau=ancienne.bordereau,
        expiration=timezone.now() + DISPONIBLE,
        prete_par_id=acteur.utilisateur_id,
    )
    remise.pieces.set(ancienne.pieces.all())
    a_reexaminer(dossier)
    return dossier


@transaction.atomic
def clore(*, dossier: Dossier, acteur: Acteur) -> Dossier:
    dossier = appliquer("clore", dossier, acteur)
    echeances.tenir(dossier=dossier, nom=REEVALUATION)
    return dossier


@transaction.atomic
def contester(*, dossier: Dossier, acteur: Acteur, motif: str) -> Dossier:
    """A nullity or a complaint: the case opens again and nothing of it may be purged meanwhile (R-48).

    What the hospital writes of it may quote a patient: it stays with those who instruct.
    """
    maison = agit(dossier, acteur, Role.JURISTE)
    dossier = appliquer("contester", dossier, acteur, commentaire="" if maison else motif)
    if maison:
        nom, libelle = "motif_contestation", "Motif de la contestation"
        relater(dossier=dossier, nom=nom, libelle=libelle, acteur=acteur, commentaire=motif, reserve=True)
    return dossier
