"""What the executing person records of the act."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Fichier
from dossiers import echeances
from dossiers.classes import Classe
from dossiers.models import Dossier
from dossiers.pieces import joindre
from requisitions import documents
from requisitions.audition import PATIENT, PROFESSIONNEL
from requisitions.audition.aptitude import avec_reevaluation
from requisitions.documents.serment import SERMENT, rediger, serment_de
from requisitions.models import Tri, Volet
from requisitions.notifications import relater_en_interne
from requisitions.saisie import ordre
from requisitions.types_acte import TypeActe, type_acte
from requisitions.workflow.constat import exiger_discretes, suivre_le_volet
from requisitions.workflow.table import appliquer, exiger, ouverte
from transitions.workflow import TransitionRefusee

SANS_PIECE = {("accord_personne", "refuse"), ("accord_personne", "empeche")}


@transaction.atomic
def remplir_volet(
    *,
    dossier: Dossier,
    acteur: Acteur,
    reponses: dict[str, Any],
    fichier: Fichier | None = None,
    justificatif: Fichier | None = None,
) -> Dossier:
    """Keep the answers and the piece that goes with them; said again as long as nothing has left."""
    dossier = exiger("preparer_reponse", dossier, acteur)
    acte = type_acte(dossier.variante)
    if not acte.volet:
        raise TransitionRefusee("Cet acte ne se remplit pas ici.")
    volet = Volet.objects.filter(dossier=dossier).first() or Volet(dossier=dossier, donnees={})
    _tracer_le_statut(dossier, volet.donnees, reponses, acteur)
    volet.donnees = {**volet.donnees, **reponses}
    if dossier.variante == PATIENT:
        volet.donnees = avec_reevaluation(volet.donnees)
        exiger_discretes(volet.donnees.get("conditions", ""))
    volet.rempli_par_id = acteur.utilisateur_id
    volet.save()
    if volet.donnees.get("serment") == "ecrit" and serment_de(dossier, volet) is None:
        _preter_serment(dossier, acteur)
    if volet.donnees.get("ordre_presence"):
        echeances.tenir(dossier=dossier, nom=ordre.ECHEANCE)
    if fichier is not None:
        _joindre(dossier, acte, fichier, acteur)
    if justificatif is not None:
        _justifier(dossier, acte, justificatif, acteur)
    _piece_presente(dossier, acte, volet.donnees)
    if volet.donnees.get("secret_rappele"):
        _remettre_la_note(dossier)
    suivre_le_volet(dossier, volet, acteur)
    return appliquer("preparer_reponse", dossier, acteur)


def _preter_serment(dossier: Dossier, acteur: Acteur) -> None:
    """The doctor's own paper, which legal affairs read and which leaves with the answer (R-12)."""
    ecrit = rediger(dossier, medecin=acteur.nom, quand=timezone.now())
    joindre(
        dossier=dossier,
        intitule=SERMENT,
        classe=Classe.IDENTITE,
        fichier=ecrit.fichier,
        acteur=acteur,
        document=ecrit,
    )


def _tracer_le_statut(dossier: Dossier, avant: dict[str, Any], reponses: dict[str, Any], acteur: Acteur) -> None:
    """A professional expected as a witness, then as a suspect: the change is an event, the words stay in the block."""
    ancien, nouveau = avant.get("entendu"), reponses.get("entendu")
    if dossier.variante == PROFESSIONNEL and ancien and nouveau and ancien != nouveau:
        relater_en_interne(
            dossier=dossier, nom="changer_statut", libelle="Changement de statut du professionnel, tracé", acteur=acteur
        )


def _joindre(dossier: Dossier, acte: TypeActe, fichier: Fichier, acteur: Acteur) -> None:
    """A doctor's own writing leaves as it is; a new one replaces the former, which stays in the case."""
    intitule = acte.piece.removeprefix("le ").capitalize()
    for ancien in Tri.objects.filter(piece__dossier=dossier, piece__intitule=intitule):
        ancien.decision = Tri.Decision.ECARTER
        ancien.save()
    piece = joindre(dossier=dossier, intitule=intitule, classe=Classe.MEDICAL, fichier=fichier, acteur=acteur)
    Tri.objects.create(piece=piece, decision=Tri.Decision.REMETTRE, relue_par_id=acteur.utilisateur_id)


def _justifier(dossier: Dossier, acte: TypeActe, fichier: Fichier, acteur: Acteur) -> None:
    """The requester's own paper, whoever put it in: it is no matter of the answer."""
    joindre(
        dossier=dossier,
        intitule=acte.justificatif,
        classe=Classe.JUDICIAIRE,
        fichier=fichier,
        acteur=acteur,
        au_nom_de=dossier.service_emetteur,
    )


def _piece_presente(dossier: Dossier, acte: TypeActe, donnees: dict[str, Any]) -> None:
    dispense = any(donnees.get(champ) == valeur for champ, valeur in SANS_PIECE)
    if acte.piece and not dispense and not dossier.pieces.filter(tri__decision=Tri.Decision.REMETTRE).exists():
        raise TransitionRefusee(f"Joignez {acte.piece}.")


def _remettre_la_note(dossier: Dossier) -> None:
    """The professional's rights and secrecy, in writing, once; the requester never reads it."""
    if not dossier.pieces.filter(intitule=documents.NOTE).exists():
        note = documents.note_au_professionnel(dossier, ouverte(dossier))
        documents.verser(note, dossier, classe=Classe.ADMINISTRATIF, remise_a=[])
