"""What the executing person records of the act, and the summons of the Ordre to a seizure."""

from typing import Any

from django.db import transaction

from convention.acteur import Acteur
from documents.models import Fichier
from dossiers.classes import Classe
from dossiers.models import Dossier
from dossiers.models.participation import Part
from dossiers.participations import Octroi, accorder
from dossiers.pieces import joindre
from dossiers.suivi import relater, verrouiller
from requisitions import documents, etats
from requisitions.circuit import ORDRE, service
from requisitions.doctrine import ordre_attendu
from requisitions.models import Tri, Volet
from requisitions.policies import peut_controler
from requisitions.types_acte import TypeActe, type_acte
from requisitions.workflow.table import appliquer, exiger, ouverte
from transitions.workflow import TransitionRefusee

SANS_PIECE = {("accord_personne", "refuse")}


@transaction.atomic
def remplir_volet(
    *, dossier: Dossier, acteur: Acteur, reponses: dict[str, Any], fichier: Fichier | None = None
) -> Dossier:
    """Keep the answers and the piece that goes with them; said again as long as nothing has left."""
    dossier = exiger("preparer_reponse", dossier, acteur)
    acte = type_acte(dossier.variante)
    if not acte.volet:
        raise TransitionRefusee("Cet acte ne se remplit pas ici.")
    volet = Volet.objects.filter(dossier=dossier).first() or Volet(dossier=dossier, donnees={})
    volet.donnees = {**volet.donnees, **reponses}
    volet.rempli_par_id = acteur.utilisateur_id
    volet.save()
    if fichier is not None:
        _joindre(dossier, acte, fichier, acteur)
    _piece_presente(dossier, acte, volet.donnees)
    if volet.donnees.get("secret_rappele"):
        _remettre_la_note(dossier)
    return appliquer("preparer_reponse", dossier, acteur)


def _joindre(dossier: Dossier, acte: TypeActe, fichier: Fichier, acteur: Acteur) -> None:
    """A doctor's own writing leaves as it is; a new one replaces the former, which stays in the case."""
    intitule = acte.piece.removeprefix("le ").capitalize()
    for ancien in Tri.objects.filter(piece__dossier=dossier, piece__intitule=intitule):
        ancien.decision = Tri.Decision.ECARTER
        ancien.save()
    piece = joindre(dossier=dossier, intitule=intitule, classe=Classe.MEDICAL, fichier=fichier, acteur=acteur)
    Tri.objects.create(piece=piece, decision=Tri.Decision.REMETTRE, relue_par_id=acteur.utilisateur_id)


def _piece_presente(dossier: Dossier, acte: TypeActe, donnees: dict[str, Any]) -> None:
    dispense = any(donnees.get(champ) == valeur for champ, valeur in SANS_PIECE)
    if acte.piece and not dispense and not dossier.pieces.filter(tri__decision=Tri.Decision.REMETTRE).exists():
        raise TransitionRefusee(f"Joignez {acte.piece}.")


def _remettre_la_note(dossier: Dossier) -> None:
    """The professional's rights and secrecy, in writing, once; the requester never reads it."""
    if not dossier.pieces.filter(intitule=documents.NOTE).exists():
        note = documents.note_au_professionnel(dossier, ouverte(dossier))
        documents.verser(note, dossier, classe=Classe.ADMINISTRATIF, remise_a=[])


@transaction.atomic
def convoquer_ordre(*, dossier: Dossier, acteur: Acteur) -> Dossier:
    """The medical Ordre is told of a seizure, without any name: it takes part and has its summons."""
    dossier = verrouiller(dossier)
    verdict = peut_controler(dossier, acteur)
    if not verdict:
        raise TransitionRefusee(verdict.raison)
    if not ordre_attendu(dossier.variante) or dossier.etat not in etats.INSTRUITE | {etats.RECUE}:
        raise TransitionRefusee("L’Ordre se convoque pour une saisie qui n’a pas encore eu lieu.")
    if dossier.evenements.filter(nom="convoquer_ordre").exists():
        raise TransitionRefusee("L’Ordre est déjà convoqué.")
    ordre = service(ORDRE)
    ligne = "Saisie : présence d’un représentant demandée"
    accorder(
        dossier=dossier,
        octrois=[Octroi(Part.Role.COPIE, ligne, "Présence à une saisie", ordre.nom_externe, service=ordre)],
        acteur=acteur,
    )
    ecrit = documents.convocation_ordre(dossier, ouverte(dossier))
    documents.verser(ecrit, dossier, classe=Classe.ADMINISTRATIF, remise_a=[ordre])
    relater(dossier=dossier, nom="convoquer_ordre", libelle="Ordre des médecins convoqué", acteur=acteur)
    return dossier
