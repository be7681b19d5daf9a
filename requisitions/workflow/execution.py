"""What the house does once the requisition stands: pieces, agreement, presence, pictures."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from convention.acteur import Acteur
from documents.models import Fichier
from dossiers.classes import Classe
from dossiers.models import Dossier, Piece
from dossiers.pieces import joindre
from dossiers.suivi import verrouiller
from requisitions import documents, etats
from requisitions.controles import controler as controler_faits
from requisitions.controles import r21, r22
from requisitions.designation import peut_constater_le_silence
from requisitions.documents import attestations
from requisitions.faits import faits_de
from requisitions.ins import faute_d_identite
from requisitions.models import AccordMedecin, Tri
from requisitions.notifications import relater_en_interne
from requisitions.policies import est_medecin_designe, peut_preparer
from requisitions.types_acte import type_acte
from requisitions.types_acte.presence import phrase, reponse_imposee
from requisitions.workflow.table import appliquer, exiger, ouverte
from transitions.workflow import TransitionRefusee

EN_MAINS = frozenset({etats.AFFECTEE, etats.EN_EXECUTION})


@transaction.atomic
def verser_piece(*, dossier: Dossier, acteur: Acteur, intitule: str, fichier: Fichier, classe: Classe) -> Piece:
    """Bring a piece of the answer. It is read by nobody else before it is sorted and handed over."""
    dossier = verrouiller(dossier)
    permis = est_medecin_designe(dossier, acteur) or bool(peut_preparer(dossier, acteur))
    if not permis or dossier.etat not in EN_MAINS:
        raise TransitionRefusee("Les pièces se versent par l’exécutant, une fois la demande confiée.")
    piece = joindre(dossier=dossier, intitule=intitule, classe=classe, fichier=fichier, acteur=acteur)
    relater_en_interne(dossier=dossier, nom="verser_piece", libelle="Pièce versée", acteur=acteur)
    return piece


@transaction.atomic
def trier(
    *,
    dossier: Dossier,
    acteur: Acteur,
    piece: Piece,
    decision: str,
    occultee: Fichier | None = None,
    consigne: dict[str, Any] | None = None,
) -> Tri:
    """The doctor's decision on one piece; masking brings the copy that leaves instead, and what it hides."""
    dossier = verrouiller(dossier)
    if not est_medecin_designe(dossier, acteur) or dossier.etat not in EN_MAINS:
        raise TransitionRefusee("Le tri est celui du médecin désigné, tant que la réponse n’est pas partie.")
    tri = Tri.objects.filter(piece=piece).first() or Tri(piece=piece)
    if decision == Tri.Decision.OCCULTER and occultee is not None:
        tri.consigne = consigne or {}
        tri.occultee = joindre(
            dossier=dossier,
            intitule=f"{piece.intitule}, copie occultée"[:120],
            classe=Classe.MEDICAL,
            fichier=occultee,
            acteur=acteur,
        )
    if decision == Tri.Decision.OCCULTER and tri.occultee_id is None:
        raise TransitionRefusee(f"Préparez d’abord la copie occultée de «\u00a0{piece.intitule}\u00a0».")
    if decision != Tri.Decision.OCCULTER:
        tri.occultee, tri.consigne = None, {}
    tri.decision, tri.relue_par_id = decision, acteur.utilisateur_id
    tri.save()
    return tri


def pieces_a_trier(dossier: Dossier) -> list[Piece]:
    """Medical pieces in question, masked copies apart."""
    return list(
        dossier.pieces.filter(classe=Classe.MEDICAL, tri_origine=None)
        .select_related("fichier", "tri")
        .order_by("deposee_le", "pk")
    )


@transaction.atomic
def donner_accord(
    *,
    dossier: Dossier,
    acteur: Acteur,
    choix: str,
    motif: str = "",
    commentaire: str = "",
    identite_verifiee: bool = False,
    ins: str = "",
) -> Dossier:
    """The doctor's named answer. Agreeing supposes pieces, all read; refusing supposes nothing but a ground."""
    dossier = exiger("donner_accord", dossier, acteur)
    if choix != AccordMedecin.Choix.REFUSE:
        _pieces_relues(dossier, acteur)
        _identite_confirmee(identite_verifiee, ins)
    elif not motif:
        raise TransitionRefusee("Indiquez le motif de votre refus.")
    accord = AccordMedecin.objects.create(
        dossier=dossier,
        choix=choix,
        motif=motif,
        commentaire=commentaire,
        identite_verifiee=identite_verifiee,
        ins=ins,
        donne_par_id=acteur.utilisateur_id,
    )
    _signer_la_fiche(dossier, accord, acteur)
    return appliquer("donner_accord", dossier, acteur)


@transaction.atomic
def constater_le_silence(*, dossier: Dossier, acteur: Acteur, motif: str) -> AccordMedecin:
    """Nobody answered, nobody refused: nothing leaves without an agreement, and the way is the seizure (R-13).

    The doctor may still answer as long as nothing was sent.
    """
    dossier = verrouiller(dossier)
    if not (verdict := peut_constater_le_silence(dossier, acteur)):
        raise TransitionRefusee(verdict.raison)
    accord: AccordMedecin = AccordMedecin.objects.create(
        dossier=dossier, choix=AccordMedecin.Choix.SILENCE, donne_par_id=acteur.utilisateur_id
    )
    libelle = "Silence du médecin désigné constaté"
    relater_en_interne(dossier=dossier, nom="silence", libelle=libelle, acteur=acteur, commentaire=motif)
    return accord


def _signer_la_fiche(dossier: Dossier, accord: AccordMedecin, acteur: Acteur) -> None:
    """The doctor's own piece: they read it, legal affairs too, and nobody else."""
    lettre = ouverte(dossier)
    dite = attestations.de_l_accord(dossier, lettre, accord, pieces_a_trier(dossier))
    fiche = documents.fiche_du_medecin(dossier, lettre, dite)
    joindre(
        dossier=dossier,
        intitule=fiche.intitule,
        classe=Classe.IDENTITE,
        fichier=fiche.fichier,
        acteur=acteur,
        document=fiche,
    )


def relue(piece: Piece, acteur: Acteur) -> bool:
    """Sorted by this very doctor: what a replaced one decided is not theirs."""
    tri: Tri | None = getattr(piece, "tri", None)
    return tri is not None and tri.relue_par_id == acteur.utilisateur_id


def _pieces_relues(dossier: Dossier, acteur: Acteur) -> None:
    pieces = pieces_a_trier(dossier)
    if not pieces:
        raise TransitionRefusee("Aucune pièce versée. Ajoutez les pièces demandées, ou refusez.")
    reste = sum(not relue(piece, acteur) for piece in pieces)
    if reste:
        raise TransitionRefusee(f"{reste} pièces n’ont pas été relues." if reste > 1 else "1 pièce n’a pas été relue.")
    if all(piece.tri.decision == Tri.Decision.ECARTER for piece in pieces):
        raise TransitionRefusee("Toutes les pièces sont écartées. Refusez la remise, ou gardez-en une.")


def _identite_confirmee(identite_verifiee: bool, ins: str) -> None:
    """R-14, said while the doctor still has the pieces under their eyes."""
    if not identite_verifiee:
        raise TransitionRefusee("Vérifiez l’identité du patient sur chaque pièce, puis cochez la case.")
    if faute := faute_d_identite(ins):
        raise TransitionRefusee(faute)


@transaction.atomic
def constater_presence(
    *, dossier: Dossier, acteur: Acteur, constatee: str, protegee: bool, sortie_le: date | None = None
) -> Dossier:
    """Note what the admissions found; the answer is worded here, and a protected stay gets the neutral one."""
    dossier = exiger("preparer_reponse", dossier, acteur)
    if constatee == "sorti" and not protegee and sortie_le is None:
        raise TransitionRefusee("Indiquez la date de sortie.")
    lettre = ouverte(dossier)
    lettre.presence_constatee, lettre.presence_protegee, lettre.sortie_le = constatee, protegee, sortie_le
    lettre.presence_constatee_le = timezone.now()
    lettre.reponse_presence = reponse_imposee(constatee, protegee)
    lettre.reponse_texte = phrase(lettre.reponse_presence, sortie_le)
    for constat in controler_faits(faits_de(dossier, lettre), (r21, r22)):
        raise TransitionRefusee(constat.message)
    lettre.save()
    return appliquer("preparer_reponse", dossier, acteur)


@transaction.atomic
def deposer_images(
    *,
    dossier: Dossier,
    acteur: Acteur,
    intitule: str,
    fichier: Fichier | None = None,
    support: str = "",
    empreinte: str = "",
) -> Dossier:
    """The export itself, or the hash of what goes on an encrypted key: the last one given is what leaves."""
    dossier = exiger("preparer_reponse", dossier, acteur)
    if fichier is None and not (support and empreinte):
        raise TransitionRefusee("Ajoutez le fichier, ou notez le support et l’empreinte de la copie.")
    if fichier is not None:
        joindre(dossier=dossier, intitule=intitule, classe=Classe.IDENTITE, fichier=fichier, acteur=acteur)
        support, empreinte = "", ""
    lettre = ouverte(dossier)
    lettre.copie_support, lettre.copie_empreinte = support, empreinte
    lettre.save()
    return appliquer("preparer_reponse", dossier, acteur)


@transaction.atomic
def preparer_reponse(*, dossier: Dossier, acteur: Acteur) -> Dossier:
    """Acts answered by hand: the pieces are there, the answer may be composed."""
    if type_acte(dossier.variante).volet:
        raise TransitionRefusee("Cet acte se remplit sur sa propre page.")
    return appliquer("preparer_reponse", dossier, acteur)
