"""Writing an inventory: one verb for the whole page, one to strike a piece out or put it back."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from convention.acteur import Acteur
from dossiers.models import Dossier
from requisitions.models import Inventaire, Passage, PieceSaisie, Reserve, Scelle, SignatureSaisie
from requisitions.models.inventaire import LigneDeSaisie
from requisitions.saisie.inventaire import (
    MAXIMUM,
    LignePassage,
    LignePiece,
    LigneReserve,
    LigneScelle,
    LigneSignature,
    Releve,
    pieces_de,
    scelles_de,
)
from requisitions.types_acte import type_acte
from requisitions.workflow.table import appliquer, exiger
from transitions.workflow import TransitionRefusee

L = TypeVar("L", bound=LigneDeSaisie)


@transaction.atomic
def noter_inventaire(*, dossier: Dossier, acteur: Acteur, releve: Releve) -> Dossier:
    """Write the lines of a page: new ones, corrected ones, struck ones. The others stay as they are."""
    dossier = _ouvrir(dossier, acteur)
    tete = Inventaire.objects.filter(dossier=dossier).first() or Inventaire(dossier=dossier)
    tete.copie_conservee, tete.impossible = releve.copie_conservee, releve.impossible
    tete.rempli_par_id = acteur.utilisateur_id
    tete.save()
    for modele in (PieceSaisie, Scelle, Reserve, SignatureSaisie, Passage):
        for ligne in modele.objects.vivantes().filter(dossier=dossier, cle__in=releve.rayees):
            _rayer(ligne, acteur)
    for scelle in releve.scelles:
        _ecrire_scelle(dossier, scelle)
    _ecrire_pieces(dossier, releve.pieces)
    for reserve in releve.reserves:
        _ecrire_reserve(dossier, reserve)
    for signature in releve.signatures:
        _ecrire_signature(dossier, signature)
    for passage in releve.passages:
        _ecrire_passage(dossier, passage)
    return appliquer("preparer_reponse", dossier, acteur)


@transaction.atomic
def rayer_piece(*, dossier: Dossier, acteur: Acteur, cle: UUID, retablir: bool = False) -> PieceSaisie:
    """Its number is not given again; what was struck by mistake comes back as it was."""
    dossier = _ouvrir(dossier, acteur)
    piece: PieceSaisie | None = dossier.pieces_saisies.filter(cle=cle, rayee_le__isnull=not retablir).first()
    if piece is None:
        raise TransitionRefusee("Cette ligne a déjà changé. Relisez l’inventaire.")
    if retablir:
        piece.rayee_le = piece.rayee_par = None
        if piece.scelle and piece.scelle.rayee_le:
            piece.scelle = None
        piece.save()
    else:
        _rayer(piece, acteur)
    appliquer("preparer_reponse", dossier, acteur)
    return piece


def _ouvrir(dossier: Dossier, acteur: Acteur) -> Dossier:
    dossier = exiger("preparer_reponse", dossier, acteur)
    if not type_acte(dossier.variante).inventaire:
        raise TransitionRefusee("Un inventaire se tient pour une saisie, ou pour des effets.")
    return dossier


def _rayer(ligne: LigneDeSaisie, acteur: Acteur) -> None:
    if isinstance(ligne, Scelle) and (pieces := ligne.pieces.vivantes().order_by("rang")):
        rangs = ", ".join(str(piece.rang) for piece in pieces)
        raise TransitionRefusee(
            f"Le scellé {ligne.numero} contient la pièce n°\u00a0{rangs}\u00a0: changez-la d’abord de scellé."
        )
    ligne.rayee_le, ligne.rayee_par_id = timezone.now(), acteur.utilisateur_id
    ligne.save()


def _ecrire_scelle(dossier: Dossier, ecrit: LigneScelle) -> None:
    vivants = {scelle.numero: scelle for scelle in scelles_de(dossier)}
    scelle = _retrouver(Scelle, dossier, ecrit.cle) or Scelle(dossier=dossier)
    if (autre := vivants.get(ecrit.numero)) and autre.pk != scelle.pk:
        raise TransitionRefusee(f"Le numéro de scellé {ecrit.numero} est déjà pris.")
    if not ecrit.numero:
        raise TransitionRefusee("Un scellé porte son numéro.")
    scelle.numero, scelle.genre, scelle.motif = ecrit.numero, ecrit.genre, ecrit.motif
    scelle.save()


def _ecrire_pieces(dossier: Dossier, ecrites: tuple[LignePiece, ...]) -> None:
    scelles = {scelle.numero: scelle for scelle in scelles_de(dossier)}
    rang = dossier.pieces_saisies.aggregate(rang=Max("rang"))["rang"] or 0
    if len(pieces_de(dossier)) + sum(ecrite.cle is None for ecrite in ecrites) > MAXIMUM:
        raise TransitionRefusee(f"Un inventaire compte {MAXIMUM} lignes au plus. Regroupez des pièces.")
    for ecrite in ecrites:
        piece = _retrouver(PieceSaisie, dossier, ecrite.cle)
        if piece is None:
            rang += 1
            piece = PieceSaisie(dossier=dossier, rang=rang)
        _ecrire_piece(piece, ecrite, scelles)


def _ecrire_piece(piece: PieceSaisie, ecrite: LignePiece, scelles: Mapping[str, Scelle]) -> None:
    exclue = ecrite.sort == PieceSaisie.Sort.EXCLUE
    if exclue and not ecrite.motif:
        raise TransitionRefusee(f"Pièce n°\u00a0{piece.rang}\u00a0: dites pourquoi elle est écartée.")
    if ecrite.scelle and ecrite.scelle not in scelles:
        raise TransitionRefusee(f"Le scellé {ecrite.scelle} n’est pas dans la liste des scellés.")
    export = ecrite.support == PieceSaisie.Support.NUMERIQUE
    if export and not (ecrite.empreinte and ecrite.logiciels and ecrite.responsable):
        raise TransitionRefusee(
            f"Pièce n°\u00a0{piece.rang}\u00a0: notez l’empreinte de l’export, ses logiciels et qui en répond."
        )
    piece.empreinte, piece.logiciels, piece.responsable = (
        (ecrite.empreinte, ecrite.logiciels, ecrite.responsable) if export else ("", "", "")
    )
    seul = next(iter(scelles.values())) if len(scelles) == 1 else None
    piece.nature, piece.date, piece.auteur = ecrite.nature, ecrite.date, ecrite.auteur
    piece.pages, piece.support, piece.sort = ecrite.pages, ecrite.support, ecrite.sort
    piece.motif = ecrite.motif if exclue else ""
    piece.scelle = None if exclue else scelles.get(ecrite.scelle, seul)
    piece.save()


def _ecrire_reserve(dossier: Dossier, ecrite: LigneReserve) -> None:
    reserve = _retrouver(Reserve, dossier, ecrite.cle) or Reserve(dossier=dossier)
    reserve.auteur, reserve.texte, reserve.au_pv = ecrite.auteur, ecrite.texte, ecrite.au_pv
    reserve.save()


def _ecrire_signature(dossier: Dossier, ecrite: LigneSignature) -> None:
    signature = _retrouver(SignatureSaisie, dossier, ecrite.cle) or SignatureSaisie(dossier=dossier)
    signature.qualite, signature.nom = ecrite.qualite, ecrite.nom
    signature.save()


def _ecrire_passage(dossier: Dossier, ecrit: LignePassage) -> None:
    if ecrit.le > timezone.now():
        raise TransitionRefusee("Les effets sont gardés depuis une heure passée.")
    passage = _retrouver(Passage, dossier, ecrit.cle) or Passage(dossier=dossier)
    passage.le, passage.nom, passage.lieu, passage.interruption = ecrit.le, ecrit.nom, ecrit.lieu, ecrit.interruption
    passage.save()


def _retrouver(modele: type[L], dossier: Dossier, cle: UUID | None) -> L | None:
    """The living line that the page corrects; one that was struck meanwhile is not written over."""
    if cle is None:
        return None
    lignes: Any = modele.objects
    ligne: L | None = lignes.vivantes().filter(dossier=dossier, cle=cle).first()
    if ligne is None:
        raise TransitionRefusee("Une ligne a été rayée pendant que vous l’écriviez. Relisez l’inventaire.")
    return ligne
